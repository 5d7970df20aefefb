// The way to the subgraphs: the same request path over HTTP and in process, within bounds, and nothing of it leaks.
import { type GraphQLDataSource, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { type Deadline, deadlineIn, Gone, limit, until } from '../../infra/http/deadline.ts';
import { traceparentHere } from '../../infra/tracing/trace.ts';
import { ACCOUNT_ROOM, KEEP_HEADER, parseKeep, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { fault } from '../../schema/errors.ts';
import { EXPLAIN_HEADER } from '../../schema/wire/explaining.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, signIdentity } from '../../schema/wire/internal-identity.ts';
import type { Keys } from '../../schema/wire/signing-key.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { type Question, type Reply, type Result, resultIn } from '../execution/answer.ts';
import { type Bulkhead, SubgraphFailure } from './bulkhead.ts';
import type { GatewayContext } from '../context.ts';
import type { ReplyCheck } from '../execution/reply-check.ts';

/** One call of a subgraph: a GraphQL request's body in, a reply out. Once the signal is aborted nobody waits for it. */
export type Call = (request: { body: string; headers: Record<string, string>; signal?: AbortSignal }) => Promise<Reply>;

/** A subgraph as the gateway asks it. */
export interface Upstream {
  name: string;
  /** Undefined for one that is not there: it answers DOWNSTREAM_ERROR. */
  call: Call | undefined;
  /** How long it may take, in ms. */
  timeout: number;
  /** What it may take of the gateway. */
  bulkhead: Bulkhead;
  /** See certainFields. */
  certain: ReadonlySet<string>;
  /** Has what does not fit to the question become null, with an error. */
  check: ReplyCheck;
  /** The subgraph's own. */
  keys: Keys;
  now: () => Date;
}

/** What a subgraph is asked, and for whom. */
export interface Asked {
  who: Identity;
  question: Question;
  /** The question as JSON, where that is there already. */
  body?: string;
  /** Headers that go with it. */
  more?: More;
  /** That of the request that wants to know. */
  deadline?: Deadline;
}

/** What a subgraph answered. The gateway's library takes it for a fetch response. */
export interface Answer {
  ok: true;
  headers: Headers;
  result: Result;
  /** As it came. */
  bytes: number;
}

/**
 * The gateway's source of a subgraph. Every call says who asks and is signed for this subgraph. What fails is noted
 * in the context, so that the fields that are missing can be told.
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

/** Whether one of the entities that were asked for does not exist: what is null for that reason has no error. */
const isEntityAbsent = (data: Result['data']): boolean => {
  const entities = data?.['_entities'];
  return Array.isArray(entities) && entities.includes(null);
};

type More = Readonly<Record<string, string>>;

/** Asks, and has it noted how it went where the answer is explained. */
const explained = ({ explain }: GatewayContext, name: string, asking: (more: More) => Promise<Answer>) =>
  explain ? explain.watch(name, () => asking({ [EXPLAIN_HEADER]: '1' })) : asking({});

/** Where in the answer the things are that are asked about. */
const placeOf = (options: GraphQLDataSourceProcessOptions): readonly (string | number)[] =>
  ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];

/** A field of the root that is null is left out, which is the same: it takes nothing from others that answer a part of it. */
function withoutNulls(result: Result): Result {
  const fields = Object.entries(result.data ?? {});
  const given = fields.filter(([, value]) => value !== null);
  return given.length === fields.length ? result : { ...result, data: Object.fromEntries(given) };
}

type InRequest = Pick<Asked, 'question' | 'body' | 'more'>;

const askIn = (subgraph: Upstream, { identity, deadline }: GatewayContext, asked: InRequest) =>
  ask(subgraph, { ...asked, who: identity, deadline });

/**
 * The account room also sees the browser's refresh token, and says what the browser shall keep. Where that is nothing
 * the session is over: what else the document wants, of whatever room, is wanted by nobody.
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
 * One call of a subgraph, in somebody's name. Rejects with DOWNSTREAM_ERROR, or with DOWNSTREAM_TIMEOUT when the
 * subgraph's time or the request's is over; the call is called off then, and as soon as who wants to know has gone.
 */
export async function ask(subgraph: Upstream, asked: Asked): Promise<Answer> {
  const { timeout, name } = subgraph;
  const left = asked.deadline?.left() ?? Infinity;
  const time = deadlineIn(Math.min(timeout, left));
  const late = () => (left < timeout ? new OutOfTime() : new SubgraphLate());
  using limited = limit(time.left(), late, asked.deadline?.gone);
  const { signal } = limited;
  try {
    // waiting for a place is over in time as well
    return await until(signal, () => subgraph.bulkhead(signal, () => send(subgraph, asked, time, signal)));
  } catch (error) {
    throw shown(name, error, Math.min(timeout, Math.floor(left)));
  }
}

async function send(subgraph: Upstream, asked: Asked, time: Deadline, signal: AbortSignal): Promise<Answer> {
  const { name, call, keys, now, certain, check } = subgraph;
  const { who, question, body = JSON.stringify(question) } = asked;
  try {
    if (!call) throw new Error('it is not there');
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
    // refused before it was read, as by a gateway whose clock is off: the refusal has told it the time
    if (reply.status === 401) reply = await call({ body, headers: signed(), signal });
    // our keys and its own differ: that is ours to mend, and no client can sign in to help it
    if (reply.status === 401) throw new Error('it does not accept our identity');
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

/** The subgraph had all of its time. */
class SubgraphLate extends SubgraphFailure {}
/** The request had no more time for it. */
class OutOfTime extends Error {}

/** What is told of a call that brought nothing: whose fields are missing, and nothing of why. */
function shown(name: string, cause: unknown, waited: number): Error {
  const isLate = cause instanceof SubgraphLate || cause instanceof OutOfTime || cause instanceof Gone;
  const inTime = waited > 0 ? `within ${waited} ms` : 'in the time that the request had left';
  const how = isLate ? `did not answer ${inTime}` : 'did not answer';
  const code = isLate ? 'DOWNSTREAM_TIMEOUT' : 'DOWNSTREAM_ERROR';
  return Object.assign(fault(code, `The ${name} service ${how}; its fields are null.`, { serviceName: name }), {
    cause,
  });
}
