// The operators' part of the graph for dead letters: those of every consumer.
import { accountOfCaller } from '../../../schema/wire/identity.ts';
import type { DeadLetter } from '../../../infra/dead-letters/parking.ts';
import { connection, cursorOf, pageOf } from '../../../schema/terms/connection.ts';
import { either, refusalFields } from '../../../schema/errors.ts';
import { parseEvent } from '../../../schema/events.ts';
import type { Resolvers } from './schema.generated.ts';

const LIST = 'dead letters';
const LONGEST_KEY = 200; // characters; our own keys have 40, and a page of a hundred must stay a reasonable response

export const deadLetterResolvers = {
  Query: {
    async deadLetters(_, { group, ...args }, { deadLetters }) {
      const page = pageOf(LIST, [0], args);
      const consumer = group ?? null;
      const found = await deadLetters.page(consumer, page);
      const cursor = ({ position }: DeadLetter) => cursorOf(LIST, [position]);
      return connection(found, page, cursor, () => deadLetters.count(consumer));
    },
    deadLetter: (_, { id }, { deadLetters }) => deadLetters.show(id),
  },

  Mutation: {
    replayDeadLetter: (_, { id }, { deadLetters, identity }) => deadLetters.replay(id, accountOfCaller(identity)),
    discardDeadLetter: (_, { id }, { deadLetters, identity }) => deadLetters.discard(id, accountOfCaller(identity)),
  },

  DeadLetterResult: either('DeadLetter', 'DeadLetterRefusal'),

  DeadLetterRefusal: refusalFields,

  DeadLetter: {
    group: ({ consumer }) => consumer,
    key: ({ key }) =>
      key && key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY).toWellFormed()}…` : (key ?? null),
    payload: ({ value }) => eventIn(value),
    parkedAt: ({ parkedAt }) => parkedAt.toISOString(),
    settledAt: ({ settledAt }) => settledAt?.toISOString() ?? null,
  },
} satisfies Resolvers;

/** The value as text if it is one of our events; other messages on a topic may hold anything. */
function eventIn(value: DeadLetter['value']): string | null {
  if (typeof value !== 'string') return null;
  try {
    return JSON.stringify(parseEvent(value));
  } catch {
    return null;
  }
}
