// Makes checks in a thread of its own, which starts with the first one: composing takes most of a second, in which this
// process must go on answering.
import { Worker } from 'node:worker_threads';
import type { Computations, Compute } from './computations.ts';
import { openInTurn } from './in-turn.ts';

/** What the thread is asked: one of the computations. */
export interface ThreadQuestion {
  id: number;
  name: keyof Computations;
  args: readonly unknown[];
}

/** What the thread answers: a result, or why there is none. */
export type ThreadAnswer = { id: number } & ({ result: unknown } | { error: string });

/** A computation took too long: its thread was ended. */
export class TooLong extends Error {}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export interface CheckThread {
  compute: Compute;
  close(): Promise<void>;
}

const YOUNG = 64; // MB for young objects: a composition makes many that die at once
const WITHIN = 30_000; // ms; two hundred subgraphs take five seconds, and the command waits for a minute
const OLD = 1024; // MB; two hundred subgraphs need a quarter of it

/**
 * A thread that ends with an error rejects what it was asked; the next check starts another one. Computations
 * run one after the other; one that takes longer than `within` ms rejects with TooLong.
 */
export function openCheckThread(within = WITHIN): CheckThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function end(error: Error): void {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(new URL('./check-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG, maxOldGenerationSizeMb: OLD },
    });
    started.unref(); // it holds no process open
    started.on('message', (answer: ThreadAnswer) => {
      const { resolve, reject } = waiting.get(answer.id) ?? {};
      waiting.delete(answer.id);
      if ('result' in answer) resolve?.(answer.result);
      else reject?.(new Error(`The check failed: ${answer.error}`));
    });
    started.on('error', (error) => {
      if (worker === started) end(error as Error);
    });
    started.on('exit', () => {
      if (worker === started) end(new Error('The thread that checks schemas has ended.'));
    });
    return started;
  }

  /** Asks the thread for one computation, alone: the time limit is that of this one. */
  async function computeAlone(name: keyof Computations, args: readonly unknown[]): Promise<unknown> {
    worker ??= start();
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, name, args } satisfies ThreadQuestion);
    const timer = setTimeout(() => {
      const stuck = worker;
      end(new TooLong(`The computation took longer than ${within} ms.`));
      void stuck?.terminate();
    }, within).unref();
    return promise.finally(() => clearTimeout(timer));
  }

  const inTurn = openInTurn();
  return {
    compute: ((name, ...args) => inTurn(() => computeAlone(name, args))) as Compute,
    async close() {
      const closing = worker;
      end(new Error('The registry is closing.'));
      await closing?.terminate();
    },
  };
}
