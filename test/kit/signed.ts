// Calls a subgraph like the gateway does: requests signed with the tests' own keys.
import type { Clock } from '../../infra/process/clock.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, keysFor, signIdentity } from '../../schema/wire/internal-identity.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';
import type { SubgraphRequest } from '../../subgraphs/runtime/serve.ts';

const master = signingKey(Buffer.alloc(32, 'test'));
const masters: SigningKeys = [master];

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

/** A signed request to a subgraph, with additional `headers`; anonymous unless `who` is given. */
export function signed(
  subgraph: string,
  request: { query: string; variables?: object },
  {
    who = anonymous('0'.repeat(31) + '1'),
    now,
    headers = {},
  }: { who?: Identity; now: Date; headers?: Record<string, string> },
): SubgraphRequest {
  const body = JSON.stringify(request);
  const identity = signIdentity(who, subgraph, body, keysFor(subgraph, masters), now, headers);
  return { body, headers: { ...headers, 'content-type': 'application/json', [IDENTITY_HEADER]: identity } };
}
