// Test vectors for the header by which a subgraph of another team knows the gateway: signed as the gateway signs, with a
// key that protects nothing.
import type { Identity } from '../../../schema/wire/identity.ts';
import { IDENTITY_HEADER, signIdentity } from '../../../schema/wire/internal-identity.ts';
import { signingKey } from '../../../schema/wire/signing-key.ts';
import { GRAPHQL_CALL, type SubgraphRequest } from '../../../schema/wire/subgraph-call.ts';
import { table } from './tables.ts';

/** A request to the subgraph, and what its verification returns. */
export interface Vector {
  name: string;
  subgraph: string;
  /** FARELOOM_IDENTITY_KEY. */
  identityKeys: string;
  /** The time of the verification, in seconds since 1970. */
  now: number;
  request: Pick<SubgraphRequest, 'method' | 'path' | 'headers'> & { body: string };
  /** Null where the request must be refused. */
  caller: Identity | null;
}

type Change = Partial<Omit<Vector, 'name' | 'request'>> & { request?: Partial<Vector['request']> };

const NAME = 'loyalty';
const SIGNED_AT = 1_767_225_600; // 2026-01-01T00:00:00Z
const [KEY, OTHER] = ['a key for test vectors, no secret', 'another key for test vectors ....'].map((text) =>
  Buffer.from(text.slice(0, 32)),
) as [Buffer, Buffer];
const inBase64 = (...keys: readonly Buffer[]): string => keys.map((key) => key.toString('base64')).join();

const traveller: Identity = {
  account: 'acc_01k000000000000000000000a1',
  roles: ['TRAVELLER'],
  scopes: ['points:read'],
  session: 'ses_01k000000000000000000000a1',
  requestId: '0af7651916cd43dd8448eb211c80319c',
  address: '192.0.2.7',
};
const anonymous: Identity = { ...traveller, account: null, roles: [], scopes: [], session: null };

const HEADERS = { 'content-type': 'application/json', 'x-fareloom-time-left': '4987' };
const BODY = JSON.stringify({ query: '{tier(name:"São")}', variables: {} });

/** A request that the gateway signs, with this identity. */
function signed(caller: Identity, request: Partial<Vector['request']> = {}, subgraph = NAME): Vector['request'] {
  const unsigned = { ...GRAPHQL_CALL, body: BODY, headers: HEADERS, ...request };
  const identity = signIdentity(caller, subgraph, unsigned, [signingKey(KEY)], new Date(SIGNED_AT * 1000));
  return { ...unsigned, headers: { ...unsigned.headers, [IDENTITY_HEADER]: identity } };
}

const base = { subgraph: NAME, identityKeys: inBase64(KEY), now: SIGNED_AT, caller: null };
const whole = signed(traveller);
const header = whole.headers[IDENTITY_HEADER] ?? '';
const withHeaders = (headers: Readonly<Record<string, string>>): Change => ({
  request: { headers: { ...whole.headers, ...headers } },
});
const withIdentity = (identity: string): Change => withHeaders({ [IDENTITY_HEADER]: identity });
const [keyId = '', claims = '', mac = ''] = header.split('.');
const forged = Buffer.from(JSON.stringify({ aud: NAME, who: { account: 'acc_another' } })).toString('base64url');

const accepted: readonly [name: string, change: Change][] = [
  ['a signed-in caller', {}],
  ['an anonymous caller', { caller: anonymous, request: signed(anonymous) }],
  ['the second of two keys, while keys are rotated', { identityKeys: inBase64(OTHER, KEY) }],
  ['no other header of ours', { request: signed(traveller, { headers: {} }) }],
  [
    'several headers of ours',
    { request: signed(traveller, { headers: { 'x-fareloom-z': '1', 'x-fareloom-a': '2' } }) },
  ],
  ['another path than GraphQL', { request: signed(traveller, { path: '/points/statement' }) }],
  ['a clock that is 30 seconds behind', { now: SIGNED_AT - 30 }],
  ['a clock that is ahead, in the last second', { now: SIGNED_AT + 89 }],
];

const refused: readonly [name: string, change: Change][] = [
  ['no identity', { request: { headers: HEADERS } }],
  ['another body', { request: { body: BODY.replace('São', 'Rio') } }],
  ['another path', { request: { path: '/points' } }],
  ['another method', { request: { method: 'GET' } }],
  ['another header of ours', withHeaders({ 'x-fareloom-time-left': '60000' })],
  ['an added header of ours', withHeaders({ 'x-fareloom-explain': '1' })],
  ['another subgraph', { request: signed(traveller, {}, 'fare') }],
  ['expired', { now: SIGNED_AT + 90 }],
  ['not valid yet', { now: SIGNED_AT - 31 }],
  ['another key', { identityKeys: inBase64(OTHER) }],
  ['a truncated signature', withIdentity(header.slice(0, -1))],
  ['a truncated identity', withIdentity(header.slice(0, header.lastIndexOf('.')))],
  ['other claims', withIdentity(`${keyId}.${forged}.${mac}`)],
  ['a fourth part', withIdentity(`${header}.x`)],
];

/** All vectors: first those that are accepted. */
export const vectors: readonly Vector[] = [
  ...accepted.map(([name, change]): Vector => ({
    ...base,
    name,
    caller: traveller,
    ...change,
    request: { ...whole, ...change.request },
  })),
  ...refused.map(([name, change]): Vector => ({ ...base, name, ...change, request: { ...whole, ...change.request } })),
];

/** The vectors as JSON, for a test in any language. */
export const vectorsFile = (): string => JSON.stringify({ vectors });

/** What each vector shows. */
export const vectorsTable = (): string =>
  table(
    ['request', 'at', 'caller'],
    vectors.map(({ name, now, caller }) => [name, String(now), caller ? (caller.account ?? 'anonymous') : 'refused']),
  );

/** The parts of the first vector, to compare with while one writes a verification. */
export function vectorExample(): string {
  const said = Buffer.from(claims, 'base64url').toString();
  const lines = [
    `identity key  ${base.identityKeys}`,
    `key id        ${keyId}`,
    `hashed (JSON) ${JSON.stringify(`${BODY}\0x-fareloom-time-left:${HEADERS['x-fareloom-time-left']}`)}`,
    `digest        ${(JSON.parse(said) as { body: string }).body}`,
    `claims        ${said}`,
    `signature     ${mac}`,
  ];
  return ['', '```text', ...lines, '```', ''].join('\n');
}
