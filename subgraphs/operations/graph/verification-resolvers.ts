// The operators' part of the graph for verification on demand.
import { badInput, fault, isRefused } from '../../../schema/errors.ts';
import { gapSentences, overall } from '../rules/verification.ts';
import type { Resolvers } from './schema.generated.ts';

const MOST_NAMES = 200; // twice the number of checks

export const verificationResolvers = {
  Query: {
    async verification(_, { checks = null }, { verification }) {
      const names = checks?.length ?? 1;
      if (names < 1 || names > MOST_NAMES) {
        const message = `${names} names are not possible; 1 to ${MOST_NAMES} are allowed.`;
        throw badInput([{ argument: 'checks', message }]);
      }
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
    totals: ({ totals }) => [...totals],
    because: ({ gap }) => gap && gapSentences[gap],
  },
} satisfies Resolvers;
