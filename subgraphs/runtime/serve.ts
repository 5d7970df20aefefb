// Serves a subgraph from its {name, typeDefs, resolvers, routes}. HTTP and in-process calls take the same path.
import { type DocumentNode, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countReads } from '../../infra/cache/cache-reads.ts';
import type { Clock } from '../../infra/process/clock.ts';
import { inNameOf } from '../../infra/process/failpoint.ts';
import { Gone, limit, until } from '../../infra/http/deadline.ts';
import type { Log } from '../../infra/logging/log.ts';
import { inSpan } from '../../infra/tracing/spans.ts';
import { complete } from '../../schema/composition/shared.ts';
import { TIME_HEADER } from '../../schema/wire/clocks.ts';
import { EXPLAIN_HEADER, WORK_HEADER } from '../../schema/wire/explaining.ts';
import type { Metrics } from '../../infra/metrics/metrics.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { readIdentity } from '../../schema/wire/internal-identity.ts';
import type { SubgraphRoute } from '../../schema/wire/route.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { isGraphql, type SubgraphRequest, type SubgraphResponse } from '../../schema/wire/subgraph-call.ts';
import { parseTimeLeft, TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { traceparentOf } from '../../schema/wire/traceparent.ts';
import { type GraphPart, openGraphql } from './graphql.ts';
import { type HandledRoute, matched, respond } from './routes.ts';

export interface Subgraph extends GraphPart {
  /** Creates the context of one request. A new one for each request, so that data loaders batch within one request. */
  context: (identity: Identity, exchange: Exchange) => object;
  /** What it answers beside the graph. */
  routes?: readonly HandledRoute[];
}

/** Headers of a request and its answer, for the few subgraphs that exchange some with the gateway. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  reply: Record<string, string>;
}

export interface ServedSubgraph {
  name: string;
  /** The paths besides GraphQL that it answers. */
  routes: readonly SubgraphRoute[];
  /**
   * Answers the gateway; any other caller gets 401 before the body is parsed. Header names are in lower case. Answers 504
   * at the deadline set by the gateway: running resolvers finish, and no further one starts.
   */
  handle(request: SubgraphRequest): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

/** Reads the schema.graphql of a subgraph and completes it with the shared definitions that it uses. */
export const readSdl = (dir: string): DocumentNode =>
  parse(complete(readFileSync(join(dir, 'schema.graphql'), 'utf8')));

const json = { 'content-type': 'application/json; charset=utf-8' };
const errorBody = (message: string, code: ErrorCode) => JSON.stringify({ errors: [{ message, extensions: { code } }] });
const unauthenticatedBody = errorBody('This service answers the gateway only.', 'UNAUTHENTICATED');
const notFoundBody = errorBody('This service has no such route.', 'NOT_FOUND');
const timedOutBody = errorBody('The time for this answer is over.', 'DOWNSTREAM_TIMEOUT');

/** The deadline set by the gateway has passed. */
class TimedOut extends Error {}

interface Dependencies {
  keys: SigningKeys;
  now: Clock;
  /** The clock of this process: replies carry its time for the gateway. Without one they carry none. */
  time?: Clock;
  log: Log;
  metrics?: Pick<Metrics, 'resolverFailed'>;
}

/** Builds and starts a subgraph that answers callers who sign with its keys. */
export async function serve(
  subgraph: Subgraph,
  { keys, now, time, metrics, ...system }: Dependencies,
): Promise<ServedSubgraph> {
  const { name, routes = [] } = subgraph;
  const log = system.log.child({ service: name });
  const graphql = await openGraphql(subgraph, log, metrics);

  async function answerGraphql(request: SubgraphRequest, identity: Identity, signal: AbortSignal) {
    const exchange: Exchange = { headers: request.headers, reply: {} };
    const answer = () => graphql.answer(request, () => ({ ...subgraph.context(identity, exchange), identity, signal }));
    if (!(EXPLAIN_HEADER in request.headers)) return withHeaders(await answer(), exchange.reply);
    const { result, reads } = await countReads(answer);
    return withHeaders(result, { ...exchange.reply, [WORK_HEADER]: JSON.stringify(reads) });
  }

  async function answerRoute(request: SubgraphRequest, identity: Identity, signal: AbortSignal) {
    const match = matched(routes, request);
    if (!match) return { status: 404, headers: json, body: notFoundBody };
    const onFailure = () => metrics?.resolverFailed(name, 'INTERNAL_SERVER_ERROR');
    return respond(match, request, { identity, signal }, { log, onFailure });
  }

  async function answerTo(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { headers, signal: gone } = request;
    const identity = readIdentity(request, name, keys, now());
    if (!identity) {
      log.warn('request refused: not signed by the gateway');
      return { status: 401, headers: json, body: unauthenticatedBody };
    }
    const cause = headers['traceparent'] ?? traceparentOf(identity.requestId);
    using limited = limit(parseTimeLeft(headers[TIME_LEFT_HEADER]), () => new TimedOut(), gone);
    const { signal } = limited;
    const answer = () =>
      isGraphql(request) ? answerGraphql(request, identity, signal) : answerRoute(request, identity, signal);
    const answering = () =>
      inSpan(`answer ${name}`, { service: name, cause, isAsked: true }, () => inNameOf(name, answer));
    const response = await until(signal, answering).catch((error: unknown) => {
      if (error instanceof TimedOut || error instanceof Gone) return null;
      throw error;
    });
    return response ?? { status: 504, headers: json, body: timedOutBody };
  }

  return {
    name,
    routes: routes.map(({ route }) => route),
    async handle(request) {
      const response = await answerTo(request);
      return time ? withHeaders(response, { [TIME_HEADER]: String(time().getTime()) }) : response;
    },
    close: () => graphql.close(),
  };
}

const withHeaders = (response: SubgraphResponse, headers: Record<string, string>): SubgraphResponse => ({
  ...response,
  headers: { ...response.headers, ...headers },
});
