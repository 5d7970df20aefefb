// The gateway's source for a subgraph: sends it the operations of a plan, and reads its answers.
import { step } from '../../infra/tracing/spans.ts';
import { ACCOUNT, KEEP_HEADER, parseKeep, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { EXPLAIN_HEADER } from '../../schema/wire/explaining.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { GRAPHQL_CALL } from '../../schema/wire/subgraph-call.ts';
import type { GatewayContext } from '../context.ts';
import { resultIn } from './reply.ts';
import type { Ask, Question, Reply, Result } from './ask.ts';
import { callSubgraph, type SignedHeaders, type Upstream } from './upstream.ts';

/** A subgraph's answer. */
interface Answer {
  headers: Readonly<Record<string, string>>;
  result: Result;
  /** Size of the body as received. */
  bytes: number;
}

/** A subgraph in one version of the supergraph. */
interface Source {
  upstream: Upstream;
  /** See certainFields. */
  certain: ReadonlySet<string>;
}

/** The source of a subgraph. Every call carries the caller's identity and is signed for this subgraph. */
export function sourceOf(subgraph: Source): Ask {
  const { name } = subgraph.upstream;
  const send = name === ACCOUNT ? askAccount : ask;
  return async (question, context): Promise<Reply> => {
    const { headers, result } = await step(`ask ${name}`, {}, () =>
      explained(context, name, (signedHeaders) => send(subgraph, context, { question, signedHeaders })),
    );
    return { result, cacheControl: headers['cache-control'] };
  };
}

/** Makes the call, and records it if the client requested extensions.explain. */
const explained = ({ explain }: GatewayContext, name: string, asking: (headers: SignedHeaders) => Promise<Answer>) =>
  explain ? explain.watch(name, () => asking({ [EXPLAIN_HEADER]: '1' })) : asking({});

/** An operation of a plan, and the headers of our own that go with it. */
interface Asked {
  question: Question;
  signedHeaders: SignedHeaders;
}

const ask = (
  { upstream, certain }: Source,
  { identity, deadline }: GatewayContext,
  { question, signedHeaders }: Asked,
) =>
  callSubgraph(
    upstream,
    { ...GRAPHQL_CALL, who: identity, body: question.body, headers: JSON_BODY, signedHeaders, deadline },
    (response): Answer => ({
      headers: response.headers,
      result: resultIn(response, question, certain),
      bytes: Buffer.byteLength(response.body),
    }),
  );

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * The account subgraph also receives the browser's refresh token and returns the cookies to set. If it clears them, the
 * session has ended: the rest of the operation runs as anonymous in every subgraph.
 */
async function askAccount(subgraph: Source, context: GatewayContext, asked: Asked): Promise<Answer> {
  const { identity, client } = context;
  const { refreshToken } = client;
  const shown = refreshToken === null ? {} : { [REFRESH_HEADER]: refreshToken };
  const signedHeaders = { ...asked.signedHeaders, ...shown };
  const answer = await ask(subgraph, context, { ...asked, signedHeaders });
  const keep = parseKeep(answer.headers[KEEP_HEADER]);
  if (keep !== undefined) client.keep(keep);
  if (keep === null) context.identity = anonymous(identity.requestId, identity.address);
  const retryAfter = answer.headers['retry-after'];
  if (retryAfter) client.retryAfter(retryAfter);
  return answer;
}
