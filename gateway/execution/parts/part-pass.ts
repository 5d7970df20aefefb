// What a pass does more where an answer comes in parts: it waits for fetches, and sends no field twice.
import { onOneLine } from '../paths.ts';
import type { PartPass } from '../compiled/answer-pass.ts';
import type { FetchProgress } from './fetch-progress.ts';
import type { Data, ReplyError, RunState } from '../compiled/run-state.ts';

/** The fields of an object that the client has and that have no fields below; 'null' if the object is null there. */
type Sent = ReadonlySet<string> | 'null';

/** What the client has of one answer. */
export interface Delivered {
  sent: Map<Data, Sent>;
  /** The errors of replies that were sent. */
  told: Set<ReplyError>;
  /** The failed fetches whose errors were sent. */
  failed: Set<number>;
}

export function openPartPass(run: RunState, delivered: Delivered, progress: FetchProgress): PartPass {
  const fresh = new Map<Data, Set<string> | 'null'>();
  const part: PartPass = {
    deferred: [],
    covered: new Set(),
    isOpen: false,
    takesBack: false,
    begin(object) {
      if (part.isOpen) return 'null';
      fresh.set(object, new Set());
      return delivered.sent.get(object);
    },
    send(object, client) {
      const names = fresh.get(object);
      if (names instanceof Set) names.add(client);
    },
    defer: (deferred, object, path) => void part.deferred.push({ deferred, object, path: [...path] }),
    leaveOut(from, object) {
      part.deferred.length = from;
      if (!object) return;
      if (delivered.sent.has(object)) part.takesBack = true;
      fresh.set(object, 'null');
    },
    meetNull(fetches, path) {
      if (progress.isAwaited(fetches)) part.isOpen = true;
      for (const error of run.replyErrors)
        if (fetches.includes(error.fetch) && (!error.nulled || onOneLine(error.nulled, path))) part.cover(error);
    },
    cover(error) {
      if (!delivered.told.has(error)) part.covered.add(error);
    },
    commit() {
      for (const error of part.covered) delivered.told.add(error);
      if (part.takesBack) return;
      for (const [object, names] of fresh) delivered.sent.set(object, joined(delivered.sent.get(object), names));
    },
  };
  return part;
}

const joined = (before: Sent | undefined, names: Sent): Sent =>
  before instanceof Set && names instanceof Set ? new Set([...before, ...names]) : names;
