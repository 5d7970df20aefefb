// What every request carries through the gateway.
import type { Deadline } from '../infra/http/deadline.ts';
import type { Kept } from '../schema/wire/browser-session.ts';
import type { Identity } from '../schema/wire/identity.ts';
import type { Explanation } from './execution/explain.ts';
import type { LostFetch } from './errors/lost-fields.ts';

export interface GatewayContext {
  /** The trace id of the W3C traceparent that came in, or one of our own: 32 hexadecimal digits. */
  traceId: string;
  identity: Identity;
  /** What the program that asks calls itself, cut short; a claim and no more. */
  program: string | null;
  /** What the operation costs before it is run, in the units of gateway/README.md; 0 until it is known. */
  cost: number;
  /** How many seconds ago the answer was given, where it is one that was kept; null for any other. */
  age: number | null;
  /** How long the request is worth an answer. */
  deadline: Deadline;
  /** What the subgraphs were asked in vain. */
  lost: LostFetch[];
  /** Places in the answer, as LostFetch has them, at which a subgraph said that there is no such entity. */
  absent: LostFetch['at'][];
  /** The client as the account room deals with it. */
  client: Client;
  /** Set where the answer is explained: it is of this request alone, so that none is kept, and none that is kept is given. */
  explain?: Explanation;
}

/** Whether nobody is signed in, also by what an account's browser keeps. */
export const isNobody = ({ identity, client }: GatewayContext): boolean =>
  identity.account === null && client.refreshToken === null;

export interface Client {
  /** The refresh token in the browser's cookie. */
  refreshToken: string | null;
  /** Gives the browser its cookies, or takes them. */
  keep(what: Kept): void;
  /** Says in the answer's headers in how many seconds to come again. */
  retryAfter(seconds: string): void;
}
