// Automatic persisted queries, in the cache that all gateways share: a document that one of them was sent is known to all.
import type { ApolloServerOptions } from '@apollo/server';
import { BREAK, Kind, OperationTypeNode, parse, visit } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import { hashOf } from './document-folder.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { publicQueries } from '../../schema/composition/permissions.ts';
import type { GatewayContext } from '../context.ts';
import { rootFields } from './operations.ts';

type PersistedQueries = Exclude<ApolloServerOptions<GatewayContext>['persistedQueries'], false | undefined>;

const KEPT_FOR = 60 * 60; // seconds; a client sends its document once more in the hour, and made-up ones go

/**
 * Where Apollo Server keeps persisted queries. What the cache has under a hash is run only where it has that hash. While
 * the cache is away no persisted query is known, and clients send their documents whole.
 */
export function persistedQueries(cache: Cache, log: Log): PersistedQueries {
  const absent = openOutage(log, 'the cache keeps persisted queries again');

  const trying = <T>(use: () => Promise<T>): Promise<T | undefined> =>
    absent.trying('the cache does not keep persisted queries; clients send their documents whole', use);

  return {
    ttl: KEPT_FOR,
    cache: {
      // keys are apq:HASH
      async get(key) {
        const [text] = (await trying(() => cache.getMany([key]))) ?? [];
        return typeof text === 'string' && `apq:${hashOf(text)}` === key ? text : undefined;
      },
      async set(key, value) {
        if (mayNamePerson(value)) return;
        await trying(() => cache.putMany([{ key, revision: 0, value, ttl: KEPT_FOR * 1000 }]));
      },
      async delete() {
        return undefined; // nobody forgets one before its time
      },
    },
  };
}

/**
 * Whether a document may have personal data in its text: a string that is no variable, in anything but a public query.
 * The cache would keep it for an hour, whatever becomes of the account.
 */
function mayNamePerson(text: string): boolean {
  const document = parse(text, { noLocation: true }); // Apollo Server has found it valid
  const isPublic = document.definitions.every(
    (each) =>
      each.kind !== Kind.OPERATION_DEFINITION ||
      (each.operation === OperationTypeNode.QUERY &&
        rootFields(each, document).every((field) => publicQueries.has(field))),
  );
  if (isPublic) return false;
  let hasText = false;
  visit(document, {
    StringValue() {
      hasText = true;
      return BREAK;
    },
  });
  return hasText;
}
