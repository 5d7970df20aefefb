// Serves a subgraph from its {name, typeDefs, resolvers}. HTTP and in-process calls take the same path.
import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, Kind, parse } from 'graphql';
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
import { type ErrorCode, isKnownCode } from '../../schema/errors.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, readIdentity } from '../../schema/wire/internal-identity.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { scalars } from '../../schema/terms/scalars.ts';
import { refuseUnstorable } from '../../schema/terms/storable-text.ts';
import { parseTimeLeft, TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { traceparentOf } from '../../schema/wire/traceparent.ts';
import { guard, type Guarded } from './guard.ts';
import { inTime, type Timed } from './time-left.ts';

export interface Subgraph {
  name: string;
  typeDefs: DocumentNode;
  resolvers: object;
  /** Creates the context of one request. A new one for each request, so that data loaders batch within one request. */
  context: (identity: Identity, exchange: Exchange) => object;
}

/** Headers of a request and its answer, for the few subgraphs that exchange some with the gateway. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  reply: Record<string, string>;
}

/** A request or an answer on its way to or from a subgraph: HTTP without the socket. */
export interface SubgraphRequest {
  body: string;
  headers: Record<string, string>;
  /** Aborted when the caller has disconnected. */
  signal?: AbortSignal;
}
export interface SubgraphResponse {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface ServedSubgraph {
  name: string;
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
  const log = system.log.child({ service: subgraph.name });
  const used = Object.entries(scalars).filter(([name]) =>
    subgraph.typeDefs.definitions.some((d) => d.kind === Kind.SCALAR_TYPE_DEFINITION && d.name.value === name),
  );
  const server = new ApolloServer<Guarded & Timed>({
    schema: buildSubgraphSchema([
      {
        typeDefs: subgraph.typeDefs,
        resolvers: { ...inTime(guard(subgraph.typeDefs, subgraph.resolvers)), ...Object.fromEntries(used) },
      },
    ]),
    introspection: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false, // no browser reaches a subgraph
    plugins: [refuseUnstorable(), logFailures(subgraph.name, log, metrics), ApolloServerPluginInlineTraceDisabled()],
    logger: log,
  });
  await server.start();

  async function answerTo({ body, headers, signal: gone }: SubgraphRequest): Promise<SubgraphResponse> {
    const identity = readIdentity(headers[IDENTITY_HEADER], subgraph.name, body, keys, now(), headers);
    if (!identity) {
      log.warn('request refused: not signed by the gateway');
      return { status: 401, headers: json, body: unauthenticatedBody };
    }
    const exchange: Exchange = { headers, reply: {} };
    const request: HTTPGraphQLRequest = {
      method: 'POST',
      headers: new HeaderMap(Object.entries(headers)),
      search: '',
      body: JSON.parse(body) as unknown,
    };
    const cause = headers['traceparent'] ?? traceparentOf(identity.requestId);
    const about = { service: subgraph.name, cause, isAsked: true };
    using limited = limit(parseTimeLeft(headers[TIME_LEFT_HEADER]), () => new TimedOut(), gone);
    const { signal } = limited;
    const answer = () =>
      server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: request,
        context: async () => ({ ...subgraph.context(identity, exchange), identity, signal }),
      });
    const answerWithReads = async () => {
      const { result, reads } = await countReads(answer);
      exchange.reply[WORK_HEADER] = JSON.stringify(reads);
      return result;
    };
    const answering = () =>
      inSpan(`answer ${subgraph.name}`, about, () =>
        inNameOf(subgraph.name, EXPLAIN_HEADER in headers ? answerWithReads : answer),
      );
    const response = await until(signal, answering).catch((error: unknown) => {
      if (error instanceof TimedOut || error instanceof Gone) return null;
      throw error;
    });
    if (!response) return { status: 504, headers: json, body: timedOutBody };
    return {
      status: response.status ?? 200,
      headers: { ...Object.fromEntries(response.headers), ...exchange.reply },
      body: response.body.kind === 'complete' ? response.body.string : '',
    };
  }

  return {
    name: subgraph.name,
    async handle(request) {
      const response = await answerTo(request);
      if (time) response.headers = { ...response.headers, [TIME_HEADER]: String(time().getTime()) };
      return response;
    },
    close: () => server.stop(),
  };
}

/** Counts every error, and logs unexpected resolver errors with the trace id of the request in the gateway's log. */
const logFailures = (
  subgraph: string,
  log: Log,
  metrics?: Pick<Metrics, 'resolverFailed'>,
): ApolloServerPlugin<Guarded> => ({
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        const traceId = contextValue.identity.requestId;
        for (const error of errors) {
          const { code } = error.extensions;
          metrics?.resolverFailed(subgraph, isKnownCode(code, false) ? code : 'INTERNAL_SERVER_ERROR');
          if (code !== undefined) continue; // an intended error
          log.error('resolver failed', { traceId, path: error.path, error: error.originalError ?? error });
        }
      },
    };
  },
});
