// Calls a subgraph like the gateway does: requests signed with the tests' own keys.
import type { Clock } from '../../infra/process/clock.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, keysFor, signIdentity } from '../../schema/wire/internal-identity.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';
import { GRAPHQL_CALL, type SubgraphRequest } from '../../schema/wire/subgraph-call.ts';

const master = signingKey(Buffer.alloc(32, 'test'));
export const masters: SigningKeys = [master];

/** The same keys, for separate processes. */
export const INTERNAL_KEYS = master.secret.toString('base64');

/** The identity of a signed-in account; by default a traveller with an account and a session. */
export const signedInAs = (change: Partial<Identity> = {}): Identity => ({
  ...anonymous('0'.repeat(31) + '1', '192.0.2.1'),
  account: 'acc_somebody',
  session: 'ses_somebody',
  roles: ['TRAVELLER'],
  ...change,
});

/** The options of `serve` for these keys. */
export const keeping = (subgraph: string, now: Clock): { keys: SigningKeys; now: Clock } => ({
  keys: keysFor(subgraph, masters),
  now,
});

/** An unsigned GraphQL request to a subgraph. */
export const graphqlRequest = (
  body: string,
  headers: Record<string, string> = {},
): SubgraphRequest & { body: string } => ({
  ...{ ...GRAPHQL_CALL, body },
  headers: { ...headers, 'content-type': 'application/json' },
});

/** The request with the identity of its caller, signed with the subgraph's keys. */
export const withIdentity = <R extends SubgraphRequest>(
  request: R,
  who: Identity,
  subgraph: string,
  keys: SigningKeys,
  now: Date,
): R => ({
  ...request,
  headers: { ...request.headers, [IDENTITY_HEADER]: signIdentity(who, subgraph, request, keys, now) },
});

/** A signed request to a subgraph, with additional `headers`; anonymous unless `who` is given. */
export function signed(
  subgraph: string,
  request: { query: string; variables?: object },
  {
    who = anonymous('0'.repeat(31) + '1'),
    now,
    headers = {},
  }: { who?: Identity; now: Date; headers?: Record<string, string> },
) {
  return withIdentity(graphqlRequest(JSON.stringify(request), headers), who, subgraph, keysFor(subgraph, masters), now);
}
