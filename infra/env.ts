// The configuration: read once, every fault reported at once, frozen.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SigningKey } from '../schema/offer-token.ts';

const second = 1000;

/** What an operator may set; README's table says the same. */
const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: embedded('sqlite:').default('sqlite:.data'),
  REDIS_URL: embedded('memory:').default('memory:'),
  KAFKA_URL: embedded('sqlite:').default('sqlite:.data'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('localhost'),
  DEMO_DATA: z.enum(['on', 'off']).default('on'),
  DEMO_SEED: z.coerce.number().int().default(1),
  CLOCK: z.iso
    .datetime({ offset: true, error: 'give an instant with its offset, as 2019-03-20T00:00:00Z' })
    .transform((text) => new Date(text))
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  LOG_FORMAT: z.enum(['text', 'json']).optional(),
  TRUSTED_PROXIES: z.string().optional(),
  SUBGRAPH_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .max(60 * second)
    .default(5 * second),
  INTERNAL_KEYS: z.string().transform(signingKeys).optional(),
  OFFER_SIGNING_KEYS: z.string().transform(signingKeys).optional(),
  CAPACITY: z.string().transform(capacities).default(usualCapacities()),
  TRAVELLER_SHARES: z.string().transform(shares).default({}),
});

/** The effective configuration. Durations are milliseconds. */
export type Config = Readonly<z.output<typeof variables>>;

/** The configuration in these environment variables. Throws an Error that lists every fault, a line each. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map((issue) => `- ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.join('\n')}`);
}

function embedded(scheme: string) {
  return z.string().startsWith(scheme, `give ${scheme}${scheme === 'sqlite:' ? 'FOLDER, as sqlite:.data' : ''}`);
}

const SHORTEST_KEY = 32; // bytes, as many as HMAC-SHA-256 gives

/** Base64 keys by comma: the first signs, all of them are accepted, so that keys can be rotated. */
function signingKeys(text: string, context: z.RefinementCtx): SigningKey[] {
  return text.split(',').map((key) => {
    const secret = Buffer.from(key.trim(), 'base64');
    if (secret.length < SHORTEST_KEY) {
      context.addIssue(
        `each key needs at least ${SHORTEST_KEY} bytes in base64; make one with: openssl rand -base64 32`,
      );
    }
    return signingKey(secret);
  });
}

/** A key under a name that tells nothing of it. */
export const signingKey = (secret: Buffer): SigningKey => ({
  id: createHash('sha256').update(secret).digest('base64url').slice(0, 8),
  secret,
});

function usualCapacities() {
  return { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 16, FIRST: 8 };
}

/** ECONOMY=180,BUSINESS=12: seats on sale where a fare is filed without a capacity; other cabins keep their usual ones. */
function capacities(text: string, context: z.RefinementCtx) {
  const result = usualCapacities();
  for (const [name, value] of pairs(text)) {
    if (name in result && /^\d{1,4}$/.test(value)) result[name as keyof typeof result] = Number(value);
    else context.addIssue(`${name}=${value}: give CABIN=SEATS by comma, as ECONOMY=180,BUSINESS=12`);
  }
  return result;
}

/** AI=67:10,BA=80:10: what a carrier's child and infant pay in per cent of the adult's fare; others 75 and 10. */
function shares(text: string, context: z.RefinementCtx) {
  const result: Record<string, { CHILD: number; INFANT: number }> = {};
  for (const [carrier, value] of pairs(text)) {
    const [, child, infant] = /^(\d{1,3}):(\d{1,3})$/.exec(value) ?? [];
    if (/^[A-Z0-9]{2}$/.test(carrier) && child && infant)
      result[carrier] = { CHILD: Number(child), INFANT: Number(infant) };
    else context.addIssue(`${carrier}=${value}: give CARRIER=CHILD:INFANT in per cent by comma, as AI=67:10`);
  }
  return result;
}

const pairs = (text: string): [string, string][] =>
  text.split(',').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [name.trim(), value.trim()];
  });
