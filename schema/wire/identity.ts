// The caller's identity, which every subgraph receives with a request.
import { present } from '../values/present.ts';

/** The roles of accounts. Every account is a TRAVELLER; the other roles are granted. */
export const roles = ['TRAVELLER', 'FARE_MANAGER', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** The caller of a request, as verified by the gateway. */
export interface Identity {
  /** The account's id, `acc_...`; null for anonymous callers. */
  account: string | null;
  roles: readonly Role[];
  /** The scopes of the access token; none for anonymous callers. */
  scopes: readonly string[];
  /** The session's id, `ses_...`; null for anonymous callers. */
  session: string | null;
  /** The trace id of the request: 32 hexadecimal digits. */
  requestId: string;
  /** The client's network address; null for the gateway's own queries. */
  address: string | null;
}

/** The caller's account, in a field whose permission is to be signed in: the guard lets no other caller reach it. */
export const accountOfCaller = ({ account }: Identity): string =>
  present(account, 'A field for signed-in callers was reached by an anonymous one.');

/** The caller's session, under the same permission. */
export const sessionOfCaller = ({ session }: Identity): string =>
  present(session, 'A field for signed-in callers was reached without a session.');

/** Whether the query is the gateway's own: every client has an address. */
export const isGateway = ({ account, address }: Identity): boolean => account === null && address === null;

/** The identity of an anonymous caller. */
export const anonymous = (requestId: string, address: string | null = null): Identity => ({
  account: null,
  roles: [],
  scopes: [],
  session: null,
  requestId,
  address,
});
