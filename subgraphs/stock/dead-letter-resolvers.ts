// The operators' door to the dead letters of every consumer.
import type { DeadLetter } from '../../infra/dead-letters/tables.ts';
import { connection, cursorOf, keysOf, pageSize } from '../../schema/connection.ts';
import { parseEvent } from '../../schema/events.ts';
import type { Resolvers } from './schema.generated.ts';

const LIST = 'dead letters';

export const deadLetterResolvers = {
  Query: {
    async deadLetters(_, { group, ...args }, { letters }) {
      const size = pageSize(args);
      const [after] = keysOf(LIST, [0], args) ?? [null];
      const found = await letters.list({ consumer: group ?? null, after, most: size + 1 });
      return connection(found, size, ({ position }) => cursorOf(LIST, [position]));
    },
    deadLetter: (_, { id }, { letters }) => letters.show(id),
  },

  Mutation: {
    replayDeadLetter: (_, { id }, { letters, identity }) => letters.replay(id, identity.account!),
    discardDeadLetter: (_, { id }, { letters, identity }) => letters.discard(id, identity.account!),
  },

  DeadLetterResult: {
    __resolveType: (outcome) => ('refused' in outcome ? 'DeadLetterRefusal' : 'DeadLetter'),
  },

  DeadLetterRefusal: {
    code: ({ refused }) => refused,
    message: ({ because }) => because,
  },

  DeadLetter: {
    group: ({ consumer }) => consumer,
    payload: ({ value }) => eventIn(value),
    parkedAt: ({ parkedAt }) => parkedAt.toISOString(),
    settledAt: ({ settledAt }) => settledAt?.toISOString() ?? null,
  },
} satisfies Resolvers;

/** A text that is an event of ours; what else was on a topic may hold anything. */
function eventIn(value: DeadLetter['value']): string | null {
  if (typeof value !== 'string') return null;
  try {
    return JSON.stringify(parseEvent(value));
  } catch {
    return null;
  }
}
