// One pass over the data of a run: where it is, and the errors of the nulls that it meets.
import { GraphQLError } from 'graphql';
import { MOST_PATHS } from '../../limits/limits.ts';
import { errorAt } from '../failure.ts';
import { onOneLine, type Path } from '../paths.ts';
import type { Steps } from './steps.ts';
import { type Data, type RunState, type Gap, isAbsent, type ReplyError } from './run-state.ts';

export interface Pass {
  run: RunState;
  /** Where the pass is, in the client's names. */
  path: (string | number)[];
  /** Set where the answer comes in parts. */
  part?: PartPass | undefined;
  /** What introspection answered, under the client's names. */
  introspected: Data | undefined;
  /** Whether the null that is completed has no error yet, as its entity does not exist: allowed where a null is. */
  isUnexplained: boolean;
  /** Reports why a field is missing; undefined if a null is not allowed there. */
  reportMissing: (object: Data, fetches: readonly number[], isNonNull: boolean) => null | undefined;
  /** Reports a value that does not fit its type; `fetches` are those that give the field. */
  reportInvalid: (fetches: readonly number[]) => null;
  /** The errors of all fetches and nulls; of a part, only those that belong to it. */
  errors: () => GraphQLError[];
  /** The fetches whose failure has an error in the pass. */
  failed: () => number[];
}

/** What a pass does more where the answer comes in parts. */
export interface PartPass {
  /** Fragments that are left for parts of their own. */
  readonly deferred: Pending[];
  /** Errors of replies that belong to this part: it has their nulls. */
  readonly covered: Set<ReplyError>;
  /** Whether a fetch is in flight that gives a field of the part: what the pass found is worth nothing. */
  isOpen: boolean;
  /** Whether an object that the client has would be null by a field of this part: the part has no data then. */
  takesBack: boolean;
  /** Begins an object, and tells what the client has of it; undefined if it has nothing. */
  begin: (object: Data) => ReadonlySet<string> | 'null' | undefined;
  /** Notes a field that no later part sends. */
  send: (object: Data, client: string) => void;
  defer: (deferred: Deferred, object: Data, path: Path) => void;
  /** Forgets the deferred fragments from a number on: what they are on is null, and so is the object, if given. */
  leaveOut: (from: number, object?: Data) => void;
  /** Called where a field has no value. */
  meetNull: (fetches: readonly number[], path: Path) => void;
  /** Notes an error of a reply as one of this part, unless another part had it. */
  cover: (error: ReplyError) => void;
  /** Takes what was found as sent. */
  commit: () => void;
}

/** A deferred fragment, on the objects of one type. */
export interface Deferred {
  label: string | undefined;
  /** The fragment's fields of an object; if `isWhole`, also those that are deferred within it. */
  complete: (object: Data, pass: Pass, isWhole: boolean) => Data | null;
}

/** A deferred fragment of an object that the client has. */
export interface Pending {
  deferred: Deferred;
  object: Data;
  /** In the client's names. */
  path: Path;
}

/** `services` are the subgraphs of the fetches, by number; `needsOf` a fetch are the fetches that it needs. */
export function openPass(
  run: RunState,
  { services, needs: needsOf }: Pick<Steps, 'services' | 'needs'>,
  introspected: Data | undefined,
  part?: PartPass,
): Pass {
  const path: (string | number)[] = [];
  const found: GraphQLError[] = [];
  const reported = new Map<number, number>(); // errors by fetch
  const invalid = new Map<number, Error>();

  function report(fetch: number | undefined, error: (path: (string | number)[]) => GraphQLError): void {
    const before = reported.get(fetch ?? NO_FETCH) ?? 0;
    reported.set(fetch ?? NO_FETCH, before + 1);
    if (before < MOST_PATHS) found.push(error([...path]));
  }

  function explainedByFailure(fetches: readonly number[]): boolean {
    let isExplained = false;
    for (const fetch of fetches) {
      const failure = run.failed[fetch];
      if (!failure) continue;
      isExplained = true;
      report(fetch, (at) => errorAt(at, failure));
    }
    return isExplained;
  }

  const isReported = (fetches: readonly number[]): boolean =>
    run.replyErrors.some(({ nulled, fetch }) => fetches.includes(fetch) && (!nulled || onOneLine(nulled, path)));

  /** One for each fetch, at however many fields: the log names it once. */
  function noValue(fetch = NO_FETCH): Error {
    const before = invalid.get(fetch);
    if (before) return before;
    const serviceName = services[fetch];
    const error = new GraphQLError('The service did not give a valid value; the field is null.', {
      extensions: { code: 'DOWNSTREAM_ERROR', ...(serviceName !== undefined && { serviceName }) },
    });
    invalid.set(fetch, error);
    return error;
  }

  const explain = (fetches: readonly number[]): void => {
    if (explainedByFailure(fetches) || isReported(fetches)) return;
    const [fetch] = fetches;
    report(fetch, (at) => errorAt(at, noValue(fetch)));
  };

  /** Why the fetches gave the object nothing, if they did not. */
  function gapOf(object: Data, fetches: readonly number[]): Gap | undefined {
    const gaps = run.gaps?.get(object);
    if (!gaps || !fetches.some((fetch) => gaps.has(fetch))) return undefined;
    return isAbsent(run, object) ? 'absent' : 'skipped';
  }

  /** What a skipped fetch needs is missing because a fetch that gives it failed, or gave an error. */
  function explainedByNeeds(fetches: readonly number[]): boolean {
    const needs = new Set(fetches.flatMap((fetch) => [...needsOf(fetch)]));
    const cause = run.failed.findIndex((failure, fetch) => failure && needs.has(fetch));
    if (cause >= 0) return explainedByFailure([cause]);
    const causes = run.replyErrors.filter(({ fetch }) => needs.has(fetch));
    for (const error of causes) part?.cover(error);
    return causes.length > 0;
  }

  const pass: Pass = {
    run,
    path,
    part,
    introspected,
    isUnexplained: false,
    reportMissing(object, fetches, isNonNull) {
      const gap = gapOf(object, fetches);
      if (gap === 'absent') pass.isUnexplained = isNonNull;
      else if (gap !== 'skipped' || !explainedByNeeds(fetches)) explain(fetches);
      return isNonNull ? undefined : null;
    },
    reportInvalid(fetches) {
      explain(fetches);
      return null;
    },
    failed: () => [...reported.keys()],
    errors() {
      if (part) return [...[...part.covered].map(({ error }) => error), ...found];
      const unplaced = run.failed.flatMap((error, fetch) =>
        error && !reported.has(fetch) ? errorAt(undefined, error) : [],
      );
      return [...run.replyErrors.map(({ error }) => error), ...found, ...unplaced];
    },
  };
  return pass;
}

const NO_FETCH = -1;
