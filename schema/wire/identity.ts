// Who is asking: what every room is told of the one behind a request.

/** What somebody may be allowed to do. Everybody with an account is a TRAVELLER; the others are granted. */
export const roles = ['TRAVELLER', 'FARE_MANAGER', 'OPERATOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** The one behind a request, as the gateway verified it. */
export interface Identity {
  /** The account's id, `acc_...`; null for somebody who is not signed in. */
  account: string | null;
  roles: readonly Role[];
  /** The session's id, `ses_...`; null for somebody who is not signed in. */
  session: string | null;
  /** The trace id of the request: 32 hexadecimal digits. */
  requestId: string;
  /** The client's network address; null for what the gateway asks on its own account. */
  address: string | null;
}

/** Whether the gateway itself asks, on its own account: behind every client there is an address. */
export const isGateway = ({ account, address }: Identity): boolean => account === null && address === null;

/** Somebody who is not signed in. */
export const anonymous = (requestId: string, address: string | null = null): Identity => ({
  account: null,
  roles: [],
  session: null,
  requestId,
  address,
});
