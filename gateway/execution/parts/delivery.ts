// Answers in parts: each part as soon as the fetches that give its fields have ended.
import { MOST_PARTS } from '../../limits/limits.ts';
import type { GatewayContext } from '../../context.ts';
import { errorAt } from '../failure.ts';
import type { ExecutionRequest, ExecutionResult, LaterParts, Part } from '../executor.ts';
import type { Path } from '../paths.ts';
import { openPass, type Pass, type Pending } from '../compiled/answer-pass.ts';
import { type Delivered, openPartPass } from './part-pass.ts';
import { openFetchProgress } from './fetch-progress.ts';
import type { Data, RunState } from '../compiled/run-state.ts';
import type { Shape } from '../compiled/shape.ts';
import type { Steps } from '../compiled/steps.ts';

interface Deliverable {
  steps: Steps;
  run: RunState;
  /** The answer without what is deferred, and with it. */
  shapes: { first: Shape; whole: Shape };
  introspected: Data | undefined;
}

/** What one pass over the data found: the data of a part and the fragments that are left for others. */
interface Found {
  data: Data | null;
  errors: Part['errors'];
  deferred: readonly Pending[];
}

/**
 * Runs the plan. Answers when the fetches of the first part have ended; `rest` has the others, each once, and none
 * whose object the client does not have. Fetches that no part waits for are cancelled.
 */
export async function deliver({ steps, run, shapes, introspected }: Deliverable): Promise<ExecutionResult> {
  const over = new AbortController();
  const progress = openFetchProgress();
  const delivered: Delivered = { sent: new Map(), told: new Set(), failed: new Set() };
  let announced = 0;

  /** The part, if all its fetches have ended; `whole` completes it with all that is deferred in it. */
  function find(
    complete: (pass: Pass) => Data | null,
    whole: (pass: Pass) => Data | null,
    path: Path = [],
  ): Found | undefined {
    const part = openPartPass(run, delivered, progress);
    const pass = openPass(run, steps, introspected, part);
    pass.path.push(...path);
    const data = complete(pass);
    if (part.isOpen) return undefined;
    if (complete !== whole && announced + part.deferred.length > MOST_PARTS) return find(whole, whole, path);
    part.commit();
    for (const fetch of pass.failed()) delivered.failed.add(fetch);
    const deferred = part.takesBack || data === null ? [] : part.deferred;
    announced += deferred.length;
    return { data: part.takesBack ? null : data, errors: pass.errors(), deferred };
  }

  /** The errors that no part has: of fields that the client does not have, and those without a path. */
  const remaining = (): Part['errors'] => [
    ...run.replyErrors.filter((error) => !delivered.told.has(error)).map(({ error }) => error),
    ...run.failed.flatMap((error, fetch) => (error && !delivered.failed.has(fetch) ? errorAt(undefined, error) : [])),
  ];

  let pending: readonly Pending[] = [];

  /** The parts that are complete; those that they announce are looked for, too. */
  function take(): Part[] {
    const parts: Part[] = [];
    const left: Pending[] = [];
    for (const queue = [...pending]; queue.length;) {
      const next = queue.shift();
      if (!next) break;
      const { deferred, object, path } = next;
      const found = find(
        (pass) => deferred.complete(object, pass, false),
        (pass) => deferred.complete(object, pass, true),
        path,
      );
      if (!found) left.push(next);
      else {
        parts.push({ path, label: deferred.label, data: found.data, errors: found.errors });
        queue.push(...found.deferred);
      }
    }
    pending = left;
    return parts;
  }

  async function* rest(): AsyncGenerator<LaterParts> {
    try {
      while (pending.length) {
        const parts = take();
        if (!parts.length) await progress.next();
        else yield { parts: pending.length ? parts : withLast(parts, remaining()), hasNext: pending.length > 0 };
      }
    } finally {
      over.abort();
    }
  }

  run.request = until(over.signal, run.request);
  run.ended = progress.ended;
  void steps.run(run).then(progress.finished);
  let first = find(shapes.first, shapes.whole);
  while (!first) {
    await progress.next();
    first = find(shapes.first, shapes.whole);
  }
  pending = first.deferred;
  const { data } = first;
  if (pending.length) return { data, ...errorsIn(first.errors), rest: rest() };
  over.abort();
  return { data, ...errorsIn([...first.errors, ...remaining()]) };
}

const errorsIn = (errors: Part['errors']) => errors.length > 0 && { errors: [...errors] };

const withLast = (parts: readonly Part[], errors: Part['errors']): Part[] =>
  parts.map((part, i) => (i === parts.length - 1 ? { ...part, errors: [...part.errors, ...errors] } : part));

/** The request with a context whose work also ends with the signal. */
function until(over: AbortSignal, request: ExecutionRequest): ExecutionRequest {
  const context = request.context as GatewayContext;
  const { left, gone } = context.deadline;
  return { ...request, context: { ...context, deadline: { left, gone: gone ? AbortSignal.any([gone, over]) : over } } };
}
