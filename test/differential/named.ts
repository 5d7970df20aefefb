// Known differences of Apollo's planner and executor from the oracle, each with a predicate and a sentence.
import type { Case } from './cases.ts';
import type { Difference } from './difference.ts';
import type { Answer, Call } from './executor.ts';
import { fetchesOf, hasPlan, requiresOfSome } from './plan.ts';
import {
  areMutations,
  hasSharedNestedList,
  hasStricterMember,
  isNotFetched,
  requiresBelowNestedLists,
  requiresOneFieldTwice,
} from './predicates.ts';
import { withHarmlessNames, withoutConditions, withoutInterfaceNames, withTypeNames } from './rewrites.ts';

/** A wrong answer. */
export interface Wrong {
  asked: Case;
  answer: Answer;
  differences: readonly Difference[];
}

/** A known difference: either a predicate shows it, or a change of the case without which the answer would be right. */
export type Named = { sentence: string } & (
  | { applies(wrong: Wrong): boolean; isLast?: true }
  | { without(asked: Case): { asked?: Case; around?: (call: Call) => Call } }
);

/** Faults of plans without conditions: every executor has them. */
export const ofPlanner: readonly Named[] = [
  {
    sentence: 'the planner has no plan',
    applies: ({ asked, answer }) =>
      answer.errors.some(({ message = '' }) => message.startsWith('thrown: ')) &&
      !hasPlan(asked.opened.composed.supergraphSdl, asked.document),
  },
  {
    sentence: 'fields require the same field with other arguments',
    applies: ({ asked }) => requiresOneFieldTwice(asked),
  },
  {
    sentence: 'the plan asks a subgraph for a field that it does not resolve there',
    applies: ({ answer }) =>
      answer.errors.some(({ message = '' }) =>
        /^\w+: \S+ is external$|^required fields are missing in null$/.test(message),
      ),
  },
  {
    sentence: 'a fetch requires a field that the plan fetches for some of its objects only',
    isLast: true,
    applies: ({ asked }) => requiresOfSome(asked.opened.composed.supergraphSdl, asked.document),
  },
  {
    sentence: 'the plan does not fetch a field that the client selected',
    isLast: true, // the client may select what no object has
    applies: ({ asked }) => isNotFetched(asked),
  },
];

/** Choices of the gateway's executor, and the faults of the planner. */
export const ofCompiled: readonly Named[] = [
  {
    sentence: 'the null of a mutation has an error',
    applies: ({ asked, differences: found }) =>
      asked.document.trim().startsWith('mutation') &&
      found.every(({ kind, at }) => kind === 'error without a null' && !at.includes('.')),
  },
  ...ofPlanner,
];

/** Faults of Apollo's executor and of plans with conditions, and of the planner. */
export const ofApollo: readonly Named[] = [
  {
    sentence: 'merged fields are answered in another order',
    applies: ({ differences: found }) => found.every(({ kind }) => kind === 'other order of keys'),
  },
  {
    sentence: 'a null in a non-null position has no error',
    applies: ({ asked, differences: found }) =>
      asked.world.missing.length > 0 && found.every(({ kind }) => kind === 'null without an error'),
  },
  {
    sentence: 'a value that the plan renames is lost if it is false, 0 or empty',
    applies: ({ asked, differences: found }) =>
      found.every(
        ({ expected, given }) => (expected === false || expected === 0 || expected === '') && given === null,
      ) && fetchesOf(asked.opened.composed.supergraphSdl, asked.document).some((text) => text.includes('__alias_')),
  },
  {
    sentence: 'the type of an interface counts, where that of its member is never null',
    applies: ({ asked }) => hasStricterMember(asked),
  },
  {
    sentence: 'the path of an error in a list counts only the objects that were fetched',
    applies: ({ asked, answer, differences: found }) =>
      asked.world.faults.length > 0 &&
      answer.errors.length > 0 &&
      found.every(({ kind }) => kind === 'error without a null' || kind === 'null without an error'),
  },
  {
    sentence: 'required fields below a list in a list are sent as null',
    applies: ({ asked }) => requiresBelowNestedLists(asked),
  },
  {
    sentence: 'of a list in a list from two subgraphs only one is answered',
    applies: ({ asked }) => hasSharedNestedList(asked),
  },
  {
    sentence: 'a response name equals a field that the plan adds, or means two fields',
    without: (asked) => ({ asked: withHarmlessNames(asked) }),
  },
  ...ofPlanner,
  {
    sentence: 'the plan does mutations in another order',
    applies: ({ asked, differences: found }) =>
      asked.document.trim().startsWith('mutation') &&
      found.every(({ at, expected, given }) => !at.includes('.') && areMutations(expected, given)),
  },
  {
    sentence: 'a skipped field takes others of its fetch with it',
    without: (asked) => ({ asked: withoutConditions(asked) }),
  },
  {
    sentence: 'an interface that is one object in a subgraph replaces a type name that is known already',
    without: (asked) => ({ around: withoutInterfaceNames(asked) }),
  },
  {
    sentence: 'a fragment inside a fragment is left out, as the plan fetches no type name',
    without: (asked) => ({ asked: withTypeNames(asked) }),
  },
];
