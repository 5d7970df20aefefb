// Talks to the registry over HTTP.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Misused, NotReached, Refused } from './failures.js';
import { findingLines, printable } from './print.js';

const USUAL = 'http://localhost:4009';
const WITHIN = 60_000; // ms; a check of two hundred subgraphs takes ten seconds
const CHECK_CODES = new Set(['CHECK_FAILED', 'VERSION_CHANGED', 'OVERTAKEN']);

/**
 * @typedef {(method: string, path: string, body?: object) => Promise<any>} Ask
 *   Sends a request and returns the answer. Throws Refused with the registry's reason, or NotReached.
 */

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string | undefined} url
 * @returns {Ask}
 */
export function openRegistry(env, url = env['FARELOOM_REGISTRY'] ?? USUAL) {
  if (!URL.canParse(url)) throw new Misused(`${url} is no URL: give --registry http://HOST:PORT.`);
  const token = tokenIn(env);
  if (token === undefined)
    throw new Misused(
      'There is no token: set FARELOOM_TOKEN to the one that `subgraph create` printed, or that operators have.',
    );
  return async (method, path, body) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WITHIN),
    }).catch((error) => {
      const { cause, name } = /** @type {Error & { cause?: NodeJS.ErrnoException }} */ (error);
      const why = name === 'TimeoutError' ? 'it did not answer in time' : (cause?.code ?? 'the connection failed');
      throw new NotReached(
        `The registry at ${url} was not reached: ${why}. Is it running, and is FARELOOM_REGISTRY right?`,
      );
    });
    const answer = await response.json().catch(() => {
      throw new NotReached(`What answers at ${url} is no registry (status ${response.status}).`);
    });
    if (response.ok) return answer;
    throw refusal(response.status, answer, url);
  };
}

/**
 * @param {number} status
 * @param {any} answer
 * @param {string} url
 */
function refusal(status, answer, url) {
  const { code, message, findings } = answer?.error ?? {};
  if (status >= 500 || typeof code !== 'string')
    return new NotReached(printable(`The registry at ${url} failed (status ${status}). ${message ?? ''}`));
  const found = Array.isArray(findings) ? `\n${findingLines(findings).join('\n')}` : '';
  return new Refused(printable(`${code}: ${message}`) + found, CHECK_CODES.has(code));
}

/** The token of the environment; on a laptop the one in the data folder. */
function tokenIn(/** @type {Readonly<Record<string, string | undefined>>} */ env) {
  if (env['FARELOOM_TOKEN']) return env['FARELOOM_TOKEN'];
  if (env['REGISTRY_TOKEN']) return env['REGISTRY_TOKEN'];
  const folder = /^sqlite:(.*)/.exec(env['DATABASE_URL'] ?? 'sqlite:')?.[1] || '.data';
  const file = join(folder, 'registry-token');
  return existsSync(file) ? Buffer.from(readFileSync(file, 'utf8'), 'base64').toString('base64url') : undefined;
}
