// Automatic persisted queries in the cache that all gateways share: a document sent to one gateway is known to all.
import type { ApolloServerOptions } from '@apollo/server';
import { BREAK, Kind, OperationTypeNode, parse, visit } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import { hashOf } from './document-folder.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { HOUR, SECOND } from '../../schema/terms/durations.ts';
import type { GatewayContext } from '../context.ts';
import { rootFields } from './operations.ts';
import { publicQueries } from './public-queries.ts';

type PersistedQueries = Exclude<ApolloServerOptions<GatewayContext>['persistedQueries'], false | undefined>;

const KEPT_FOR = HOUR; // a client sends its document again once an hour, and unused documents expire

/**
 * Apollo Server's store of persisted queries. A cached text is run only if it has the requested hash. While the cache
 * is unavailable, no persisted query is known, and clients send their whole documents.
 */
export function persistedQueries(cache: Cache, log: Log): PersistedQueries {
  const absent = openOutage(log, 'persisted queries available again');

  const trying = <T>(use: () => Promise<T>): Promise<T | undefined> =>
    absent.trying('persisted queries unavailable: cache failed; clients send whole documents', use);

  return {
    ttl: KEPT_FOR / SECOND,
    cache: {
      // keys are apq:HASH
      async get(key) {
        const [text] = (await trying(() => cache.getMany([key]))) ?? [];
        return typeof text === 'string' && `apq:${hashOf(text)}` === key ? text : undefined;
      },
      async set(key, value) {
        if (mayNamePerson(value)) return;
        await trying(() => cache.putMany([{ key, revision: 0, value, ttl: KEPT_FOR }]));
      },
      async delete() {
        return undefined; // entries only expire
      },
    },
  };
}

/**
 * Whether a document's text may contain personal data: a string literal in any operation but a public query. The cache
 * would keep it for an hour, even if the account is deleted.
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
