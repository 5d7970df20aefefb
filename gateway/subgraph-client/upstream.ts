// A subgraph as the gateway calls it: signed, within limits, the same over HTTP and in process.
import { type Deadline, deadlineIn, Gone, limit, until } from '../../infra/http/deadline.ts';
import { traceparentHere } from '../../infra/tracing/trace.ts';
import { graphqlFault as fault } from '../errors/graphql-fault.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, signIdentity } from '../../schema/wire/internal-identity.ts';
import { ROUTE_HEADER } from '../../schema/wire/route.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import type { SubgraphRequest, SubgraphResponse } from '../../schema/wire/subgraph-call.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { type Bulkhead, SubgraphFailure } from './bulkhead.ts';

/** One call of a subgraph. After the signal is aborted the response is unused. */
export type Call = (request: SubgraphRequest) => Promise<SubgraphResponse>;

/** A subgraph and the settings for calling it. */
export interface Upstream {
  name: string;
  /** Undefined if the subgraph is missing: its fields then fail with DOWNSTREAM_ERROR. */
  call: Call | undefined;
  /** Timeout of a call, in ms. */
  timeout: number;
  /** Limits on concurrent calls. */
  bulkhead: Bulkhead;
  /** The subgraph's own signing keys. */
  keys: SigningKeys;
  now: () => Date;
}

/** Headers of our own, which are signed with the caller's identity. */
export type SignedHeaders = Readonly<Record<`x-fareloom-${string}`, string>>;

/** A request to a subgraph, and the identity that sends it. */
export interface Asked extends Pick<SubgraphRequest, 'method' | 'path' | 'body'> {
  who: Identity;
  headers: Readonly<Record<string, string>>;
  signedHeaders: SignedHeaders;
  /** The deadline of the client's request. */
  deadline?: Deadline;
}

/**
 * One call of a subgraph on behalf of an identity; `read` throws an Error if the response is invalid. Rejects with
 * DOWNSTREAM_ERROR, or with DOWNSTREAM_TIMEOUT when the subgraph's time or the request's is over. The call is aborted
 * then, and as soon as the client has disconnected.
 */
export async function callSubgraph<T>(
  subgraph: Upstream,
  asked: Asked,
  read: (response: SubgraphResponse) => T,
): Promise<T> {
  const { timeout, name } = subgraph;
  const left = asked.deadline?.left() ?? Infinity;
  const time = deadlineIn(Math.min(timeout, left));
  const late = () => (left < timeout ? new OutOfTime() : new SubgraphLate());
  using limited = limit(time.left(), late, asked.deadline?.gone);
  const { signal } = limited;
  const send = async (): Promise<T> => {
    try {
      return read(await sent(subgraph, asked, time, signal));
    } catch (cause) {
      throw signal.aborted || cause instanceof SubgraphFailure
        ? cause
        : new SubgraphFailure(`the ${name} service failed`, { cause });
    }
  };
  try {
    // the timeout includes waiting for a slot
    return await until(signal, () => subgraph.bulkhead(signal, send));
  } catch (error) {
    throw shown(name, error, Math.min(timeout, Math.floor(left)));
  }
}

async function sent(
  { name, call, keys, now }: Upstream,
  { who, method, path, body, headers, signedHeaders }: Asked,
  time: Deadline,
  signal: AbortSignal,
): Promise<SubgraphResponse> {
  if (!call) throw new Error('the subgraph is not configured');
  const traceparent = traceparentHere();
  const signed = (): SubgraphRequest => {
    const ours = { ...signedHeaders, [TIME_LEFT_HEADER]: String(Math.ceil(time.left())) };
    const request = {
      ...{ method, path, body, signal },
      headers: { ...headers, ...ours, ...(traceparent !== undefined && { traceparent }) },
    };
    const identity = signIdentity(who, name, request, keys, now());
    return { ...request, headers: { ...request.headers, [IDENTITY_HEADER]: identity } };
  };
  let response = await call(signed());
  // the call was refused unread, as when our clock is wrong: the refusal has corrected the clock, so sign again
  if (isRefused(response, 401)) response = await call(signed());
  // our keys differ from the subgraph's: a server fault, which signing in would not correct
  if (isRefused(response, 401)) throw new Error('the subgraph rejects our signature');
  if (isRefused(response, TIME_IS_OVER)) throw new SubgraphLate();
  return response;
}

const TIME_IS_OVER = 504;

/** Whether the subgraph refused the call with this status, as against a route that responded with it. */
const isRefused = ({ status, headers }: SubgraphResponse, by: number): boolean =>
  status === by && !(ROUTE_HEADER in headers);

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
