// The operators' part of the graph for verification on demand.
import { badInput, fault, isRefused } from '../../../schema/errors.ts';
import { gapSentences, overall } from '../rules/verification.ts';
import type { Resolvers } from './schema.generated.ts';

const MOST_NAMES = 100; // more than there are checks

export const verificationResolvers = {
  Query: {
    async verification(_, { checks = null }, { verification }) {
      if (checks && checks.length > MOST_NAMES)
        throw badInput([
          { argument: 'checks', message: `${checks.length} are too many; 1 to ${MOST_NAMES} are allowed.` },
        ]);
      const result = await verification.verify(checks);
      if (!isRefused(result)) return result;
      const { refused, because } = result;
      throw refused === 'BUSY' ? fault('IN_PROGRESS', because) : badInput([{ argument: 'checks', message: because }]);
    },
  },

  Verification: {
    startedAt: ({ startedAt }) => startedAt.toISOString(),
    outcome: ({ findings }) => overall(findings),
    checks: ({ findings }) => [...findings],
  },

  VerificationCheck: {
    rows: ({ rows, gap }) => (gap === null ? rows : null),
    offending: ({ offending }) => [...offending],
    totals: ({ told }) => [...told],
    because: ({ gap }) => gap && gapSentences[gap],
  },
} satisfies Resolvers;
