// Takes the documents that teams pushed to the registry into the folder of trusted documents.
import { setTimeout as wait } from 'node:timers/promises';
import { deadlineIn } from '../../infra/http/deadline.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { newId, outsideTraces } from '../../infra/tracing/trace.ts';
import { SECOND } from '../../schema/terms/durations.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { pushedAnswer, type PushedPosition, pushedRoute } from '../../schema/wire/registry-routes.ts';
import { forward } from '../subgraph-client/forward.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';
import { documentsIn, hashOf, putDocument } from './document-folder.ts';

interface PushedOptions {
  registry: Upstream;
  /** The folder of the trusted documents. */
  folder: string;
  log: Log;
}

const EVERY = 2 * SECOND; // a push takes effect within seconds; without one the registry reads one index
const WITHIN = 5 * SECOND;

/**
 * Adds what is pushed from now on, and what was pushed before and is missing, until the returned function is called. With
 * the registry away the folder stays as it is.
 */
export function takePushedDocuments({ registry, folder, log }: PushedOptions): () => Promise<void> {
  const closing = new AbortController();
  const away = openOutage(log, 'pushed documents are taken again');
  let position: PushedPosition = { revision: 0, id: '' };

  async function ask(): Promise<readonly (PushedPosition & { text: string })[]> {
    const traceId = newId(16);
    const traceparent = `00-${traceId}-${newId(8)}-00`; // not recorded: a poll is no work of a client
    const answer = await forward(registry, pushedRoute, {
      ...{ params: {}, body: JSON.stringify(position), headers: { 'content-type': 'application/json', traceparent } },
      who: anonymous(traceId),
      deadline: deadlineIn(WITHIN, closing.signal),
    });
    if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
    return pushedAnswer.parse(JSON.parse(String(answer.body))).documents;
  }

  /** Takes all that is new, page by page. */
  async function take(): Promise<void> {
    for (let documents = await ask(); documents.length; documents = await ask()) {
      const known = new Set(await documentsIn(folder));
      for (const { text, revision, id } of documents) {
        if (!known.has(hashOf(text))) await putDocument(folder, text);
        position = { revision, id };
      }
    }
  }

  async function follow(): Promise<void> {
    const { signal } = closing;
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      try {
        await take();
        away.ended();
      } catch (error) {
        if (!isOver()) away.began('pushed documents are not taken; the trusted ones stay', error);
      }
      await wait(EVERY, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  const following = outsideTraces(follow);
  return async () => {
    closing.abort();
    await following;
  };
}
