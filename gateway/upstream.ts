// The way to the subgraphs: the same request path over HTTP and in process, with a deadline, and nothing of it leaks.
import { type GraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { setTimeout as wait } from 'node:timers/promises';
import { traceparentHere } from '../infra/trace.ts';
import { ACCOUNT_ROOM, KEEP_HEADER, parseKeep, REFRESH_HEADER } from '../schema/browser-session.ts';
import { fault } from '../schema/errors.ts';
import { EXPLAIN_HEADER } from '../schema/explaining.ts';
import { anonymous, type Identity } from '../schema/identity.ts';
import { IDENTITY_HEADER, type Keys, signIdentity } from '../schema/internal-identity.ts';
import type { GatewayContext } from './context.ts';

/** One call of a subgraph: a GraphQL request's body in, an answer out. */
export type Call = (request: {
  body: string;
  headers: Record<string, string>;
}) => Promise<{ status: number; body: string; headers: Record<string, string> }>;

/** A subgraph as the gateway asks it. */
export interface Upstream {
  name: string;
  /** Undefined for one that is not there: it answers DOWNSTREAM_ERROR. */
  call: Call | undefined;
  /** How long it may take, in ms. */
  timeout: number;
  /** The subgraph's own. */
  keys: Keys;
  now: () => Date;
}

/**
 * The gateway's source of a subgraph. Every call says who asks and is signed for this subgraph. One that takes longer
 * than `timeout` is given up as DOWNSTREAM_TIMEOUT.
 */
export function upstream(subgraph: Upstream): GraphQLDataSource<GatewayContext> {
  const { name } = subgraph;
  return {
    process(options) {
      const context = options.context as GatewayContext; // this request's own
      // the gateway hands over node-fetch's types and asks for no more than any fetch's Response has
      const fetcher = (_url: string, { body }: { body: string }) =>
        explained(context, name, (more) =>
          name === ACCOUNT_ROOM ? askFor(context, subgraph, body, more) : ask(subgraph, context.identity, body, more),
        );
      type Config = ConstructorParameters<typeof RemoteGraphQLDataSource<GatewayContext>>[0];
      return new RemoteGraphQLDataSource<GatewayContext>({ name, url: name, fetcher } as Config).process(options);
    },
  };
}

type More = Readonly<Record<string, string>>;

/** Asks, and has it noted how it went where the answer is explained. */
const explained = ({ explain }: GatewayContext, name: string, asking: (more: More) => Promise<Response>) =>
  explain ? explain.watch(name, () => asking({ [EXPLAIN_HEADER]: '1' })) : asking({});

/**
 * The account room also sees the browser's refresh token, and says what the browser shall keep. Where that is nothing
 * the session is over: what else the document wants, of whatever room, is wanted by nobody.
 */
async function askFor(context: GatewayContext, subgraph: Upstream, body: string, more: More): Promise<Response> {
  const { identity, client } = context;
  const { refreshToken } = client;
  const shown = refreshToken === null ? {} : { [REFRESH_HEADER]: refreshToken };
  const answer = await ask(subgraph, identity, body, { ...more, ...shown });
  const keep = parseKeep(answer.headers.get(KEEP_HEADER) ?? undefined);
  if (keep !== undefined) client.keep(keep);
  if (keep === null) context.identity = anonymous(identity.requestId, identity.address);
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter) client.retryAfter(retryAfter);
  return answer;
}

/** One call of a subgraph, in somebody's name. Rejects with DOWNSTREAM_ERROR or DOWNSTREAM_TIMEOUT. */
export async function ask(
  { name, call, timeout, keys, now }: Upstream,
  identity: Identity,
  body: string,
  more: More = {},
): Promise<Response> {
  if (!call) return unreachable(name);
  const traceparent = traceparentHere();
  const headers = {
    ...more,
    ...(traceparent !== undefined && { traceparent }),
    'content-type': 'application/json',
    [IDENTITY_HEADER]: signIdentity(identity, name, body, keys, now(), more),
  };
  return within(timeout, name, answerOf(name, call, { body, headers }));
}

async function answerOf(name: string, call: Call, request: Parameters<Call>[0]): Promise<Response> {
  const called = async () => call(request); // one that throws at once has failed like one that rejects
  const answer = await called().catch((cause: unknown) => unreachable(name, cause));
  // our keys and its own differ: that is ours to mend, and no client can sign in to help it
  if (answer.status === 401) return unreachable(name, new Error('it does not accept our identity'));
  if (!isResult(answer.body, request.body))
    return unreachable(name, new Error(`status ${answer.status}, not a GraphQL result`));
  // a refusal comes as 400 with errors inside: they are the answer, not the status
  return new Response(answer.body, { headers: answer.headers });
}

/**
 * Whether it is data, or errors that say why there is none: an answer without either would be null without a reason.
 * Data without a field is none unless the question has conditions; a null field is, as many are null for good reason.
 */
function isResult(body: string, question: string): boolean {
  try {
    const { data, errors } = Object(JSON.parse(body)) as Record<string, unknown>;
    if (errors !== undefined) return Array.isArray(errors) && errors.length > 0;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
    return Object.keys(data).length > 0 || /@(skip|include)\b/.test(question);
  } catch {
    return false;
  }
}

function unreachable(name: string, cause?: unknown): never {
  const message = `The ${name} service did not answer; its fields are null.`;
  throw Object.assign(fault('DOWNSTREAM_ERROR', message, { serviceName: name }), { cause });
}

async function within<T>(timeout: number, name: string, answer: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = wait(timeout, undefined, { signal: done.signal }).then(() => {
    const message = `The ${name} service did not answer within ${timeout} ms; its fields are null.`;
    throw fault('DOWNSTREAM_TIMEOUT', message, { serviceName: name });
  });
  late.catch(() => undefined); // the timer that was called off
  try {
    return await Promise.race([answer, late]);
  } finally {
    done.abort();
    answer.catch(() => undefined); // nobody waits for it any more
  }
}
