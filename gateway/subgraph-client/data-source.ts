// The gateway's data source for a subgraph: sends it the operations of a plan, and reads its answers.
import { type GraphQLDataSource, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ACCOUNT_ROOM, KEEP_HEADER, parseKeep, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { EXPLAIN_HEADER } from '../../schema/wire/explaining.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { GRAPHQL_CALL } from '../../schema/wire/subgraph-call.ts';
import { type Question, type Result, resultIn } from '../execution/answer.ts';
import type { GatewayContext } from '../context.ts';
import { callSubgraph, type SignedHeaders, type Upstream } from './upstream.ts';

/** A subgraph's answer. Apollo's library treats it as a fetch response. */
export interface Answer {
  ok: true;
  headers: Headers;
  result: Result;
  /** Size of the body as received. */
  bytes: number;
}

/**
 * The gateway's data source for a subgraph. Every call carries the caller's identity and is signed for this subgraph.
 * Failed fetches are recorded in the context, so that the missing fields can be reported.
 */
export function dataSourceOf(subgraph: Upstream): GraphQLDataSource<GatewayContext> {
  const { name } = subgraph;
  return {
    async process(options) {
      const context = options.context as GatewayContext; // this request's own
      const question = options.request as Question;
      const fetcher = (_url: string, { body }: { body: string }) =>
        explained(context, name, (signedHeaders) =>
          (name === ACCOUNT_ROOM ? askAccount : ask)(subgraph, context, { question, body, signedHeaders }),
        );
      const config = { name, url: name, fetcher, parseBody: async ({ result }: Answer) => withoutNulls(result) };
      type Config = ConstructorParameters<typeof RemoteGraphQLDataSource<GatewayContext>>[0];
      try {
        const response = await new RemoteGraphQLDataSource<GatewayContext>(config as unknown as Config).process(
          options,
        );
        if (isEntityAbsent(response.data)) context.absent.push(placeOf(options));
        return response;
      } catch (error) {
        context.lost.push({ service: name, query: question.query, at: placeOf(options) });
        throw error;
      }
    },
  };
}

/** Whether one of the requested entities does not exist: a null for that reason has no error. */
const isEntityAbsent = (data: Result['data']): boolean => {
  const entities = data?.['_entities'];
  return Array.isArray(entities) && entities.includes(null);
};

/** Makes the call, and records it if the client requested extensions.explain. */
const explained = ({ explain }: GatewayContext, name: string, asking: (headers: SignedHeaders) => Promise<Answer>) =>
  explain ? explain.watch(name, () => asking({ [EXPLAIN_HEADER]: '1' })) : asking({});

/** The path in the response to the objects of this fetch. */
const placeOf = (options: GraphQLDataSourceProcessOptions): readonly (string | number)[] =>
  ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];

/**
 * Removes null fields of the root, which is equivalent, so that they do not overwrite other subgraphs' parts of the
 * field.
 */
function withoutNulls(result: Result): Result {
  const fields = Object.entries(result.data ?? {});
  const given = fields.filter(([, value]) => value !== null);
  return given.length === fields.length ? result : { ...result, data: Object.fromEntries(given) };
}

/** An operation of a plan, also as JSON, and the headers of our own that go with it. */
interface Asked {
  question: Question;
  body: string;
  signedHeaders: SignedHeaders;
}

const ask = (subgraph: Upstream, { identity, deadline }: GatewayContext, { question, body, signedHeaders }: Asked) =>
  callSubgraph(
    subgraph,
    { ...GRAPHQL_CALL, who: identity, body, headers: JSON_BODY, signedHeaders, deadline },
    (response): Answer => ({
      ok: true,
      headers: new Headers(response.headers),
      result: subgraph.check(resultIn(response, question, subgraph.certain), question),
      bytes: Buffer.byteLength(response.body),
    }),
  );

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * The account subgraph also receives the browser's refresh token and returns the cookies to set. If it clears them, the
 * session has ended: the rest of the operation runs as anonymous in every subgraph.
 */
async function askAccount(subgraph: Upstream, context: GatewayContext, asked: Asked): Promise<Answer> {
  const { identity, client } = context;
  const { refreshToken } = client;
  const shown = refreshToken === null ? {} : { [REFRESH_HEADER]: refreshToken };
  const signedHeaders = { ...asked.signedHeaders, ...shown };
  const answer = await ask(subgraph, context, { ...asked, signedHeaders });
  const keep = parseKeep(answer.headers.get(KEEP_HEADER) ?? undefined);
  if (keep !== undefined) client.keep(keep);
  if (keep === null) context.identity = anonymous(identity.requestId, identity.address);
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter) client.retryAfter(retryAfter);
  return answer;
}
