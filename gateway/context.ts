// The state that the gateway keeps for one request.
import type { Deadline } from '../infra/http/deadline.ts';
import type { Kept } from '../schema/wire/browser-session.ts';
import type { Identity } from '../schema/wire/identity.ts';
import type { AnswerParts } from './execution/parts/later-parts.ts';
import type { Explanation } from './execution/explanation.ts';

export interface GatewayContext {
  /** The trace id of the incoming W3C traceparent, or a new one: 32 hexadecimal digits. */
  traceId: string;
  identity: Identity;
  /** The client's name as it states it, shortened; an unverified claim. */
  program: string | null;
  /** The client's version as it states it, shortened. */
  programVersion: string | null;
  /** The operation's estimated cost, in the units of gateway/README.md; 0 until it is known. */
  cost: number;
  /** Age of a cached response in seconds; null if the response is not from the cache. */
  age: number | null;
  /** When the request times out. */
  deadline: Deadline;
  /** The client's session state, as the account subgraph reads and changes it. */
  client: Client;
  /**
   * Set if the client requested extensions.explain. It describes this request alone, so the response cache is bypassed.
   */
  explain?: Explanation;
  /** Set if the client reads answers in parts. An object of its own, as Apollo Server copies the context. */
  parts?: AnswerParts;
}

/** Whether the request is anonymous: it has neither an account nor a refresh cookie. */
export const isNobody = ({ identity, client }: GatewayContext): boolean =>
  identity.account === null && client.refreshToken === null;

export interface Client {
  /** The refresh token in the browser's cookie. */
  refreshToken: string | null;
  /** Sets the browser's session cookies, or clears them if the value is null. */
  keep(what: Kept): void;
  /** Sets the Retry-After header of the response. */
  retryAfter(seconds: string): void;
}
