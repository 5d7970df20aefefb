// One pass over the data of a run: where it is, and the errors of the nulls that it meets.
import { GraphQLError } from 'graphql';
import { MOST_PATHS } from '../../limits/limits.ts';
import { errorAt } from '../failure.ts';
import { onOneLine } from '../paths.ts';
import type { Steps } from './steps.ts';
import { type Data, type RunState, type Gap, isAbsent } from './run-state.ts';

export interface Pass {
  run: RunState;
  /** Where the pass is, in the client's names. */
  path: (string | number)[];
  /** What introspection answered, under the client's names. */
  introspected: Data | undefined;
  /** Whether the null that is completed has no error yet, as its entity does not exist: allowed where a null is. */
  isUnexplained: boolean;
  /** Reports why a field is missing; undefined if a null is not allowed there. */
  reportMissing: (object: Data, fetches: readonly number[], isNonNull: boolean) => null | undefined;
  /** Reports a value that does not fit its type; `fetches` are those that give the field. */
  reportInvalid: (fetches: readonly number[]) => null;
  /** The errors of all fetches and nulls. */
  errors: () => GraphQLError[];
}

/** `services` are the subgraphs of the fetches, by number; `needsOf` a fetch are the fetches that it needs. */
export function openPass(
  run: RunState,
  { services, needs: needsOf }: Pick<Steps, 'services' | 'needs'>,
  introspected: Data | undefined,
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
    return cause >= 0 ? explainedByFailure([cause]) : run.replyErrors.some(({ fetch }) => needs.has(fetch));
  }

  const pass: Pass = {
    run,
    path,
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
    errors() {
      const unplaced = run.failed.flatMap((error, fetch) =>
        error && !reported.has(fetch) ? errorAt(undefined, error) : [],
      );
      return [...run.replyErrors.map(({ error }) => error), ...found, ...unplaced];
    },
  };
  return pass;
}

const NO_FETCH = -1;
