// Verifies the gateway's calls in a subgraph of another team: copy this file, it needs Node alone. The README of
// subgraphs/ describes the header that it reads, and verify.py is the same in Python.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

const HEADER = 'x-fareloom-identity';
const CLOCK_TOLERANCE = 30; // seconds by which the two clocks may differ
const LARGEST_BODY = 3_000_000; // bytes; the gateway sends far less

/** @typedef {{ account: string | null, roles: string[], scopes: string[], session: string | null, requestId: string, address: string | null }} Caller */
/** @typedef {{ method: string, path: string, headers: Record<string, string | string[] | undefined>, body: Uint8Array }} SignedRequest */

const sha256 = (/** @type {(string | Uint8Array)[]} */ ...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('base64url');

/**
 * The caller of a request, if the gateway signed this request for this subgraph; otherwise null. `identityKeys` is
 * FARELOOM_IDENTITY_KEY: keys in base64, by comma. The body is as received; `now` is in seconds since 1970.
 *
 * @param {string} subgraph
 * @param {string} identityKeys
 * @param {SignedRequest} request
 * @returns {Caller | null}
 */
export function verify(subgraph, identityKeys, { method, path, headers, body }, now = Date.now() / 1000) {
  const [id, claims, mac = '', ...more] = String(headers[HEADER]).split('.');
  const key = identityKeys
    .split(',')
    .map((text) => Buffer.from(text, 'base64'))
    .find((each) => sha256(each).slice(0, 8) === id);
  if (!key || !claims || more.length) return null;
  const expected = createHmac('sha256', key).update(`${id}.${claims}`).digest('base64url');
  if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) return null;
  const { aud, iat, exp, body: digest, who } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const start = method === 'POST' && path === '/graphql' ? body : `${method} ${path}\0${sha256(body)}`;
  const names = Object.keys(headers).filter((name) => name.startsWith('x-fareloom-') && name !== HEADER);
  const actual = sha256(start, ...names.sort().map((name) => `\0${name}:${headers[name]}`));
  const isTimely = iat - CLOCK_TOLERANCE <= now && now < exp + CLOCK_TOLERANCE;
  return aud === subgraph && isTimely && digest === actual ? who : null;
}

/**
 * Middleware for node:http, Connect and Express, in front of everything that reads the body: answers 401 unless the
 * gateway sent the request, and sets `caller`, and `body` to the parsed JSON.
 *
 * @param {string} subgraph
 * @param {string} identityKeys
 */
export const fromGateway =
  (subgraph, identityKeys) =>
  /**
   * @param {import('node:http').IncomingMessage & { originalUrl?: string }} request
   * @param {import('node:http').ServerResponse} response
   * @param {() => void} next
   */
  async (request, response, next) => {
    const isBounded = Number(request.headers['content-length']) <= LARGEST_BODY;
    const body = isBounded ? await buffer(request).catch(() => null) : null;
    const { method = '', url = '', originalUrl: path = url, headers } = request;
    const caller = body && verify(subgraph, identityKeys, { method, path, headers, body });
    if (caller) {
      Object.assign(request, { caller, body: JSON.parse(String(body)) });
      return next();
    }
    response.writeHead(401, { 'content-type': 'application/json', connection: 'close' });
    response.end('{"errors":[{"message":"This service answers the gateway only."}]}');
  };
