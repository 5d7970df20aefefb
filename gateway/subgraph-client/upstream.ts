// Calls to the subgraphs: the same path over HTTP and in process, with limits, and without leaking details to clients.
import { type GraphQLDataSource, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { type Deadline, deadlineIn, Gone, limit, until } from '../../infra/http/deadline.ts';
import { traceparentHere } from '../../infra/tracing/trace.ts';
import { ACCOUNT_ROOM, KEEP_HEADER, parseKeep, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { fault } from '../../schema/errors.ts';
import { EXPLAIN_HEADER } from '../../schema/wire/explaining.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, signIdentity } from '../../schema/wire/internal-identity.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { type Question, type Reply, type Result, resultIn } from '../execution/answer.ts';
import { type Bulkhead, SubgraphFailure } from './bulkhead.ts';
import type { GatewayContext } from '../context.ts';
import type { ReplyCheck } from '../execution/reply-check.ts';

/**
 * One call of a subgraph: takes a GraphQL request's body, returns a reply. After the signal is aborted the reply is
 * unused.
 */
export type Call = (request: { body: string; headers: Record<string, string>; signal?: AbortSignal }) => Promise<Reply>;

/** A subgraph and the settings for calling it. */
export interface Upstream {
  name: string;
  /** Undefined if the subgraph is missing: its fields then fail with DOWNSTREAM_ERROR. */
  call: Call | undefined;
  /** Timeout of a call, in ms. */
  timeout: number;
  /** Limits on concurrent calls. */
  bulkhead: Bulkhead;
  /** See certainFields. */
  certain: ReadonlySet<string>;
  /** Replaces values that do not match the query by null, with an error. */
  check: ReplyCheck;
  /** The subgraph's own signing keys. */
  keys: SigningKeys;
  now: () => Date;
}

/** A query to a subgraph, and the identity that sends it. */
export interface SubgraphQuery {
  who: Identity;
  question: Question;
  /** The question as JSON, if it is already serialized. */
  body?: string;
  /** Additional headers. */
  more?: More;
  /** The deadline of the client's request. */
  deadline?: Deadline;
}

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
export function upstream(subgraph: Upstream): GraphQLDataSource<GatewayContext> {
  const { name } = subgraph;
  return {
    async process(options) {
      const context = options.context as GatewayContext; // this request's own
      const question = options.request as Question;
      const fetcher = (_url: string, { body }: { body: string }) =>
        explained(context, name, (more) =>
          (name === ACCOUNT_ROOM ? askAccountIn : askIn)(subgraph, context, { question, body, more }),
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

type More = Readonly<Record<string, string>>;

/** Makes the call, and records it if the client requested extensions.explain. */
const explained = ({ explain }: GatewayContext, name: string, asking: (more: More) => Promise<Answer>) =>
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

type InRequest = Pick<SubgraphQuery, 'question' | 'body' | 'more'>;

const askIn = (subgraph: Upstream, { identity, deadline }: GatewayContext, asked: InRequest) =>
  ask(subgraph, { ...asked, who: identity, deadline });

/**
 * The account subgraph also receives the browser's refresh token and returns the cookies to set. If it clears them, the
 * session has ended: the rest of the operation runs as anonymous in every subgraph.
 */
async function askAccountIn(subgraph: Upstream, context: GatewayContext, asked: InRequest): Promise<Answer> {
  const { identity, client } = context;
  const { refreshToken } = client;
  const shown = refreshToken === null ? {} : { [REFRESH_HEADER]: refreshToken };
  const answer = await askIn(subgraph, context, { ...asked, more: { ...asked.more, ...shown } });
  const keep = parseKeep(answer.headers.get(KEEP_HEADER) ?? undefined);
  if (keep !== undefined) client.keep(keep);
  if (keep === null) context.identity = anonymous(identity.requestId, identity.address);
  const retryAfter = answer.headers.get('retry-after');
  if (retryAfter) client.retryAfter(retryAfter);
  return answer;
}

/**
 * One call of a subgraph on behalf of an identity. Rejects with DOWNSTREAM_ERROR, or with DOWNSTREAM_TIMEOUT when the
 * subgraph's time or the request's is over. The call is aborted then, and as soon as the client has disconnected.
 */
export async function ask(subgraph: Upstream, asked: SubgraphQuery): Promise<Answer> {
  const { timeout, name } = subgraph;
  const left = asked.deadline?.left() ?? Infinity;
  const time = deadlineIn(Math.min(timeout, left));
  const late = () => (left < timeout ? new OutOfTime() : new SubgraphLate());
  using limited = limit(time.left(), late, asked.deadline?.gone);
  const { signal } = limited;
  try {
    // the timeout includes waiting for a slot
    return await until(signal, () => subgraph.bulkhead(signal, () => send(subgraph, asked, time, signal)));
  } catch (error) {
    throw shown(name, error, Math.min(timeout, Math.floor(left)));
  }
}

async function send(subgraph: Upstream, asked: SubgraphQuery, time: Deadline, signal: AbortSignal): Promise<Answer> {
  const { name, call, keys, now, certain, check } = subgraph;
  const { who, question, body = JSON.stringify(question) } = asked;
  try {
    if (!call) throw new Error('the subgraph is not configured');
    const traceparent = traceparentHere();
    const signed = () => {
      const ours = { ...asked.more, [TIME_LEFT_HEADER]: String(Math.ceil(time.left())) };
      return {
        ...ours,
        ...(traceparent !== undefined && { traceparent }),
        'content-type': 'application/json',
        [IDENTITY_HEADER]: signIdentity(who, name, body, keys, now(), ours),
      };
    };
    let reply = await call({ body, headers: signed(), signal });
    // the call was refused unread, as when our clock is wrong: the refusal has corrected the clock, so sign again
    if (reply.status === 401) reply = await call({ body, headers: signed(), signal });
    // our keys differ from the subgraph's: a server fault, which signing in would not correct
    if (reply.status === 401) throw new Error('the subgraph rejects our signature');
    if (reply.status === TIME_IS_OVER) throw new SubgraphLate();
    const result = check(resultIn(reply, question, certain), question);
    return { ok: true, headers: new Headers(reply.headers), result, bytes: Buffer.byteLength(reply.body) };
  } catch (cause) {
    throw signal.aborted || cause instanceof SubgraphFailure
      ? cause
      : new SubgraphFailure(`the ${name} service failed`, { cause });
  }
}

const TIME_IS_OVER = 504;

/** The subgraph's timeout has passed. */
class SubgraphLate extends SubgraphFailure {}
/** The request's timeout has passed. */
class OutOfTime extends Error {}

/** The error that clients see for a failed call: the service whose fields are missing, but not the cause. */
function shown(name: string, cause: unknown, waited: number): Error {
  const isLate = cause instanceof SubgraphLate || cause instanceof OutOfTime || cause instanceof Gone;
  const inTime = waited > 0 ? `within ${waited} ms` : 'in the time that the request had left';
  const how = isLate ? `did not answer ${inTime}` : 'did not answer';
  const code = isLate ? 'DOWNSTREAM_TIMEOUT' : 'DOWNSTREAM_ERROR';
  return Object.assign(fault(code, `The ${name} service ${how}; its fields are null.`, { serviceName: name }), {
    cause,
  });
}
