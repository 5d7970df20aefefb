// The internal identity: the gateway's signed statement to a subgraph about the caller, which only the gateway can
// make. One HMAC over the claims and the digest of the request, with a key per subgraph: it takes microseconds, and no
// subgraph can call another.
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { CLOCK_TOLERANCE } from './clocks.ts';
import { type Identity, roles } from './identity.ts';
import { derivedKeys, type SigningKeys, type SigningKey } from './signing-key.ts';
import { isGraphql, type SubgraphRequest } from './subgraph-call.ts';

const OURS = 'x-fareloom-'; // the gateway drops such headers from clients

/** The header with the signed identity. */
export const IDENTITY_HEADER = `${OURS}identity`;

const LIVES_FOR = 60; // seconds; every call times out well before

const claims = z.object({
  /** The called subgraph. */
  aud: z.string(),
  /** Seconds since 1970. */
  iat: z.number(),
  exp: z.number(),
  /** The SHA-256 of the request's body, its path and our other headers. */
  body: z.string(),
  who: z.object({
    account: z.string().nullable(),
    roles: z.array(z.enum(roles)).readonly(),
    scopes: z.array(z.string()).readonly().default([]), // a gateway of release 0.1.0 does not say them
    session: z.string().nullable(),
    requestId: z.string(),
    address: z.string().nullable(),
  }),
});

/**
 * The keys of one subgraph, derived from the gateway's master keys. A subgraph cannot derive another's keys from its
 * own, nor those of a team that gets its name later: the generation counts these teams, from 1.
 */
export const keysFor = (subgraph: string, masters: SigningKeys, generation = 1): SigningKeys =>
  derivedKeys(masters, `fareloom subgraph ${subgraph}${generation === 1 ? '' : ` ${generation}`}`);

/** What is signed of a request. */
export type SignedRequest = Pick<SubgraphRequest, 'method' | 'path' | 'body' | 'headers'>;

/**
 * The digest of a request: its body, its path and all our headers. GraphQL is JSON text, which cannot contain the
 * separator, and has no path in its digest, as release 0.1.0 signs it. Other bodies may contain anything, so they enter
 * as a digest of their own, behind their path: no signed body is valid on another path.
 */
function digest(request: SignedRequest): string {
  const { method, path, body, headers } = request;
  const begin = isGraphql(request) ? String(body) : `${method} ${path}\0${hash('sha256', body, 'base64url')}`;
  const ours = Object.entries(headers).filter(([name]) => name.startsWith(OURS) && name !== IDENTITY_HEADER);
  // by name, of which each is there once
  const added = ours.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `\0${name}:${value}`);
  return hash('sha256', begin + added.join(''), 'base64url');
}

const mac = (text: string, { hmac }: SigningKey): Buffer => createHmac('sha256', hmac).update(text).digest();
const seconds = (now: Date): number => Math.floor(now.getTime() / 1000);

/** The header's value for one request: the caller, bound to the subgraph, to this request and to the next minute. */
export function signIdentity(
  who: Identity,
  subgraph: string,
  request: SignedRequest,
  [key]: SigningKeys,
  now: Date,
): string {
  const iat = seconds(now);
  const said = { aud: subgraph, iat, exp: iat + LIVES_FOR, body: digest(request), who } satisfies z.input<
    typeof claims
  >;
  const text = `${key.id}.${Buffer.from(JSON.stringify(said)).toString('base64url')}`;
  return `${text}.${mac(text, key).toString('base64url')}`;
}

/** The caller of a request; null unless the gateway signed it for this subgraph and request within the last minute. */
export function readIdentity(
  request: SignedRequest,
  subgraph: string,
  keys: readonly SigningKey[],
  now: Date,
): Identity | null {
  const [id = '', said, signature, ...rest] = (request.headers[IDENTITY_HEADER] ?? '').split('.');
  const key = keys.find((each) => each.id === id);
  if (!key || !said || !signature || rest.length) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(`${id}.${said}`, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // the signature is valid, so the gateway wrote the claims
  const parsed = claims.safeParse(JSON.parse(Buffer.from(said, 'base64url').toString()));
  if (!parsed.success) return null; // from a gateway of another release
  const { aud, iat, exp, body: bound, who } = parsed.data;
  const at = seconds(now);
  const timely = iat - CLOCK_TOLERANCE <= at && at < exp + CLOCK_TOLERANCE;
  return aud === subgraph && timely && bound === digest(request) ? who : null;
}
