// The configuration: read once, frozen; all faults are reported together.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { adapterUrl, isEmbedded, mailUrl, partnerUrl } from './adapter-url.ts';
import { nearestName } from './nearest-name.ts';
import { ports } from './ports.ts';
import { masked } from './server-url.ts';
import { MOST_TRAVELLERS } from '../../schema/wire/party.ts';
import { type SigningKey, signingKey } from '../../schema/wire/signing-key.ts';

const second = 1000;
/**
 * Subgraphs that an operation depends on get 5 s. Travel and stock add details that a shopper can do without (the
 * guide, the seats left), and a search takes as long as the slowest subgraph.
 */
const USUAL_TIMEOUTS = {
  account: 5 * second,
  fare: 5 * second,
  travel: 1 * second,
  stock: 2 * second,
  order: 5 * second,
  payment: 5 * second,
};

/** The variables that an operator may set; the table in infra/README.md lists the same. */
const variables = z.object({
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  DATABASE_URL: adapterUrl('database').default('sqlite:.data'),
  REDIS_URL: adapterUrl('cache').default('memory:'),
  KAFKA_URL: adapterUrl('bus').default('sqlite:.data'),
  PORT: whole(0, 65_535).optional(), // default: infra/config/ports.ts
  METRICS_PORT: whole(0, 65_535).optional(), // default: metricsPort in infra/config/ports.ts
  HOST: z.string().default('localhost'),
  DEMO_DATA: oneOf('on', 'off').default('on'),
  DEMO_SEED: whole(-(2 ** 31), 2 ** 31 - 1).default(1),
  CLOCK: z.iso
    .datetime({
      offset: true,
      error: ({ input }) => cannotBe(input, 'an instant that exists, with its offset, as 2019-03-20T00:00:00Z'),
    })
    .transform((text) => new Date(text))
    .optional(),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error').default('info'),
  LOG_FORMAT: oneOf('text', 'json').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'give the address of an OTLP collector, as http://localhost:4318' })
    .optional(),
  TRACE_SAMPLING: ratio().default(1),
  DEBUG_KEY: z.string().min(16, 'give at least 16 characters').optional(), // without it, subgraphs and workers do not serve /debug
  TRUSTED_PROXIES: z.string().transform(networks).optional(),
  CORS_ORIGINS: z.string().transform(origins).default([]),
  SLOW_QUERY: whole(0, 600 * second).default(500),
  ANSWER_CACHE: oneOf('on', 'off').default('on'),
  TRUSTED_DOCUMENTS: oneOf('off', 'log', 'enforce').default('off'),
  TRUSTED_DOCUMENTS_FOLDER: z.string().default('.data/documents'),
  REQUEST_TIMEOUT: whole(1, 600 * second).default(10 * second),
  SUBGRAPH_TIMEOUT: z.string().transform(timeouts).default(USUAL_TIMEOUTS),
  SUBGRAPH_IN_FLIGHT: whole(1, 10_000).default(128), // more than the number of password checks that may queue in the account subgraph
  SUBGRAPH_QUEUE: whole(0, 100_000).default(1000),
  ACCOUNT_URL: subgraphAt('account'),
  FARE_URL: subgraphAt('fare'),
  TRAVEL_URL: subgraphAt('travel'),
  STOCK_URL: subgraphAt('stock'),
  ORDER_URL: subgraphAt('order'),
  PAYMENT_URL: subgraphAt('payment'),
  INTERNAL_KEYS: z.string().transform(signingKeys).optional(),
  SUBGRAPH_KEYS: z.string().transform(signingKeys).optional(),
  OFFER_SIGNING_KEYS: z.string().transform(signingKeys).optional(),
  PUBLIC_URL: httpAddress('this gateway').optional(), // default: http://localhost and its port
  TICKET_ISSUER_URL: partnerUrl().default('demo:'),
  TICKET_ISSUER_KEY: z.string().min(16, 'give at least 16 characters').optional(),
  MAIL_URL: mailUrl().default('file:.data/mail'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n@]*@[^\s@>]+>?$/, 'give an address, as Fareloom <tickets@example.org>')
    .default('Fareloom <tickets@fareloom.example>'),
  PAYMENT_PROVIDER_URL: partnerUrl().default('demo:'),
  PAYMENT_PROVIDER_KEY: z.string().min(16, 'give at least 16 characters').optional(),
  PAYMENT_WEBHOOK_SECRET: z.string().transform(webhookSecrets).optional(),
  PAYMENT_WEBHOOK_URL: httpAddress("this gateway's /webhooks/payments").optional(), // default: this path at PUBLIC_URL
  PAYMENT_RETURN_URL: httpAddress('the shop').optional(), // default: PUBLIC_URL
  CAPACITY: z.string().transform(capacities).default(usualCapacities()),
  TRAVELLER_SHARES: z.string().transform(shares).default({}),
  RATE_LIMITS: z.string().transform(rateLimits).default(usualRateLimits()),
  UNPAID_SEATS: z.string().transform(unpaidSeats).default(usualUnpaidSeats()),
  MAX_IN_FLIGHT: whole(1, 100_000).default(400),
  MAX_LOOP_DELAY: whole(1, 60 * second).default(1 * second),
  DRAIN_DELAY: whole(0, 10 * second).optional(), // default: 2 s in production, else 0
});

/** The effective configuration. Durations are milliseconds. */
export type Config = Readonly<z.output<typeof variables>>;

/** Variables that may hold a secret. Each may be given as NAME_FILE instead, the path of a file that contains it. */
const secrets = [
  'DATABASE_URL',
  'REDIS_URL',
  'KAFKA_URL',
  'OFFER_SIGNING_KEYS',
  'INTERNAL_KEYS',
  'SUBGRAPH_KEYS',
  'TICKET_ISSUER_KEY',
  'MAIL_URL',
  'PAYMENT_PROVIDER_KEY',
  'PAYMENT_WEBHOOK_SECRET',
  'DEBUG_KEY',
] as const;

/** The configuration in these environment variables. Throws an Error that lists every fault, one a line. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = [];
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  faults.push(...misspelt(Object.keys(given)));
  for (const name of secrets) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) faults.push(`- ${name}: give it or ${name}_FILE, not both`);
    const content = contentOf(file);
    if (content === undefined) faults.push(`- ${name}_FILE: ${file} cannot be read`);
    else given[name] ??= content;
  }
  const parsed = variables.safeParse(given);
  faults.push(...(parsed.error?.issues ?? []).map((issue) => `- ${String(issue.path[0])}: ${issue.message}`));
  if (!isEmbedded(given['DATABASE_URL'] ?? 'sqlite:') && given['OFFER_SIGNING_KEYS'] === undefined) {
    const why = 'on a real database every process must sign with the same keys; make one with: openssl rand -base64 32';
    faults.push(`- OFFER_SIGNING_KEYS: ${why}`);
  }
  for (const [service, url, names] of [
    ['payment provider', 'PAYMENT_PROVIDER_URL', ['PAYMENT_PROVIDER_KEY', 'PAYMENT_WEBHOOK_SECRET']],
    ['ticket issuer', 'TICKET_ISSUER_URL', ['TICKET_ISSUER_KEY']],
  ] as const) {
    if (isEmbedded(given[url] ?? 'demo:')) continue;
    for (const name of names) {
      if (given[name] === undefined) faults.push(`- ${name}: give it as the ${service} gave it to you`);
    }
  }
  if (parsed.success && !faults.length) return Object.freeze(parsed.data);
  throw new Error(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.join('\n')}`);
}

/**
 * Finds misspelt names: such a variable would leave its part at its default, for example an embedded database in place
 * of the server. If the variable that it resembles is set as well, the name is taken to belong to another program.
 */
function misspelt(names: readonly string[]): string[] {
  const known = [...Object.keys(variables.shape), ...secrets.map((name) => `${name}_FILE`)];
  const missing = known.filter((name) => !names.includes(name));
  return names.flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearestName(name, missing);
    if (meant === undefined) return [];
    return `- ${name}: there is no such variable; did you mean ${meant}? If ${name} belongs to another program, set ${meant} as well`;
  });
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const hidden: readonly string[] = ['PAYMENT_PROVIDER_KEY', 'PAYMENT_WEBHOOK_SECRET', 'TICKET_ISSUER_KEY', 'DEBUG_KEY'];

/** The effective configuration, one `NAME=value` a line, with secrets masked. */
export function describeConfig(config: Config): string[] {
  return Object.keys(variables.shape).map((name) => {
    const value = config[name as keyof Config];
    return `${name}=${value !== undefined && hidden.includes(name) ? '(secret)' : shown(value)}`;
  });
}

function shown(value: Config[keyof Config]): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return masked(String(value));
  if (!Array.isArray(value)) return byName(value);
  return value.map((each) => (typeof each === 'string' ? masked(each) : `(key ${each.id})`)).join(',');
}

/** In the format of the variable: ECONOMY=150,BUSINESS=16 or money=300:60. */
const byName = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? Object.values(value as object).join(':') : value}`)
    .join(',');

/** The issue for a variable that holds no secret: its value, and the values that it may have. */
function cannotBe(given: unknown, allowed: string): string {
  return `it cannot be ${String(JSON.stringify(given)).slice(0, 80)}; give ${allowed}`;
}

function oneOf<const Words extends readonly [string, string, ...string[]]>(...words: Words) {
  const allowed = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z.enum(words, { error: ({ input }) => cannotBe(input, allowed) });
}

function whole(least: number, most: number) {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^-?\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    context.addIssue(cannotBe(text, `a whole number from ${least} to ${most}`));
    return z.NEVER;
  });
}

/** A number from 0 to 1. */
function ratio() {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\d(\.\d{1,9})?$/.test(text) && value <= 1) return value;
    context.addIssue(cannotBe(text, 'a number from 0 to 1, as 0.05'));
    return z.NEVER;
  });
}

const LONGEST_TIMEOUT = 60 * second;

/**
 * 5000, or 5000,order=10000, or order=10000, in ms: a number without a name applies to all subgraphs, one with a name
 * to that subgraph.
 */
function timeouts(text: string, context: z.RefinementCtx): typeof USUAL_TIMEOUTS {
  const parts = text.split(',').map((one) => one.trim());
  const result = { ...USUAL_TIMEOUTS };
  const forAll = parts[0]!.includes('=') ? undefined : parts.shift();
  if (forAll !== undefined)
    for (const name of Object.keys(result)) result[name as keyof typeof result] = Number(forAll);
  const isTimeout = (value: string) =>
    /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= LONGEST_TIMEOUT;
  const isRight = pairs(parts, context).every(([name, value]) => {
    if (Object.hasOwn(result, name)) result[name as keyof typeof result] = Number(value);
    return Object.hasOwn(result, name) && isTimeout(value);
  });
  if ((forAll === undefined || isTimeout(forAll)) && isRight) return result;
  const names = Object.keys(result).join(', ');
  const allowed = `whole numbers from 1 to ${LONGEST_TIMEOUT}, as 5000 or 5000,order=10000, of ${names}`;
  context.addIssue(cannotBe(text, allowed));
  return z.NEVER;
}

/** The addresses of a subgraph that runs as its own process: one URL for each replica, separated by commas. */
function subgraphAt(name: keyof typeof ports) {
  const url = z.string().refine(isOrigin, {
    error: `give http://HOST:PORT by comma and without a path, as http://localhost:${ports[name]}; the gateway adds /graphql`,
  });
  return z
    .string()
    .default(`http://localhost:${ports[name]}`)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(url));
}

/** Whether a URL is only scheme, host and port: a connection pool accepts nothing else. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
}

/** Addresses or ranges separated by commas, in the format of the HTTP server. */
function networks(text: string, context: z.RefinementCtx): string {
  const each = text.split(',').map((one) => one.trim());
  for (const one of each) {
    if (isNetwork(one)) continue;
    context.addIssue(cannotBe(one, 'addresses or ranges by comma, as 10.0.0.1,192.168.0.0/16, or loopback'));
  }
  return each.join(',');
}

/** The origins of web pages separated by commas, in the format of browsers. */
function origins(text: string, context: z.RefinementCtx): string[] {
  return text.split(',').map((each) => {
    const origin = each.trim();
    if (!/^https?:/.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin)
      context.addIssue(cannotBe(origin, 'origins by comma, as https://shop.example,http://localhost:5173'));
    return origin;
  });
}

function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && !rest.length && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most));
}

function httpAddress(of: string) {
  return z.url({ protocol: /^https?$/, error: `give the http address of ${of}` });
}

const SHORTEST_SECRET = 24; // bytes, as Standard Webhooks has it

/**
 * Secrets separated by commas, in base64 with or without whsec_: the demo provider signs with the first; all are
 * accepted.
 */
function webhookSecrets(text: string, context: z.RefinementCtx): string[] {
  return text.split(',').map((each) => {
    const secret = each.trim().replace(/^whsec_/, '');
    const bytes = Buffer.from(secret, 'base64');
    if (bytes.length < SHORTEST_SECRET || bytes.toString('base64') !== secret)
      context.addIssue('each secret needs at least 24 bytes in base64; make one with: openssl rand -base64 32');
    return secret;
  });
}

const SHORTEST_KEY = 32; // bytes, the output size of HMAC-SHA-256

/** Base64 keys separated by commas: the first signs, all are accepted, so that keys can be rotated. */
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

function usualCapacities() {
  return { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 16, FIRST: 8 };
}

/**
 * ECONOMY=180,BUSINESS=12: seats on sale where a fare is filed without a capacity; cabins not listed keep their
 * defaults.
 */
function capacities(text: string, context: z.RefinementCtx) {
  const result = usualCapacities();
  for (const [name, value] of pairs(text.split(','), context)) {
    if (Object.hasOwn(result, name) && /^\d{1,4}$/.test(value)) result[name as keyof typeof result] = Number(value);
    else context.addIssue(`${name}=${value}: give CABIN=SEATS by comma, as ECONOMY=180,BUSINESS=12`);
  }
  return result;
}

/**
 * AI=67:10,BA=80:10: the percentage of the adult's fare that a carrier's child and infant pay; for other carriers 75
 * and 10.
 */
function shares(text: string, context: z.RefinementCtx) {
  const result: Record<string, { CHILD: number; INFANT: number }> = {};
  for (const [carrier, value] of pairs(text.split(','), context)) {
    const [, child, infant] = /^(\d{1,3}):(\d{1,3})$/.exec(value) ?? [];
    if (/^[A-Z0-9]{2}$/.test(carrier) && child && infant)
      result[carrier] = { CHILD: Number(child), INFANT: Number(infant) };
    else context.addIssue(`${carrier}=${value}: give CARRIER=CHILD:INFANT in per cent by comma, as AI=67:10`);
  }
  return result;
}

/** Generous for honest clients; gateway/README.md shows how the numbers are derived. */
function usualRateLimits() {
  return {
    address: { capacity: 4_000_000, perMinute: 1_200_000 },
    account: { capacity: 1_000_000, perMinute: 240_000 },
    client: { capacity: 2_000_000, perMinute: 600_000 },
    'sign-in': { capacity: 600, perMinute: 300 },
    money: { capacity: 300, perMinute: 60 },
  };
}

/** address=1000000:600000,money=300:60: the capacity of a bucket, and its refill a minute; or off. */
function rateLimits(text: string, context: z.RefinementCtx): ReturnType<typeof usualRateLimits> | 'off' {
  if (text === 'off') return text;
  const result = usualRateLimits();
  for (const [name, value] of pairs(text.split(','), context)) {
    const [, capacity, perMinute] = /^([1-9]\d{0,9}):([1-9]\d{0,9})$/.exec(value) ?? [];
    if (Object.hasOwn(result, name) && capacity && perMinute)
      result[name as keyof typeof result] = { capacity: Number(capacity), perMinute: Number(perMinute) };
    else {
      const names = Object.keys(result).join(', ');
      context.addIssue(
        `${name}=${value}: give LIMIT=CAPACITY:PER_MINUTE by comma, as money=300:60, of ${names}; or off`,
      );
    }
  }
  return result;
}

/**
 * Limits on seats that wait for payment: in all, and on one departure. An account may place the largest possible order
 * (six flights for nine travellers), and a family of nine may cancel and try again before its first seats are released.
 * A carrier can have many households behind one address, so an address may hold four times as many in all, and twice as
 * many on one departure.
 */
function usualUnpaidSeats() {
  return { account: { total: 54, departure: 18 }, address: { total: 216, departure: 36 } };
}

/** account=54:18,address=216:36: unpaid seats in all, and on one departure; or off. */
function unpaidSeats(text: string, context: z.RefinementCtx): ReturnType<typeof usualUnpaidSeats> | 'off' {
  if (text === 'off') return text;
  const result = usualUnpaidSeats();
  for (const [name, value] of pairs(text.split(','), context)) {
    const [, total, departure] = /^([1-9]\d{0,5}):([1-9]\d{0,5})$/.exec(value) ?? [];
    if (Object.hasOwn(result, name) && total && departure) {
      const taker = { total: Number(total), departure: Number(departure) };
      result[name as keyof typeof result] = taker;
      if (taker.departure < MOST_TRAVELLERS)
        context.addIssue(
          `${name}=${value}: a party of ${MOST_TRAVELLERS} could never order; give at least ${MOST_TRAVELLERS} seats on one departure`,
        );
      if (taker.departure > taker.total)
        context.addIssue(
          `${name}=${value}: it allows more seats on one departure than in all; give TAKER=IN_ALL:ON_ONE_DEPARTURE`,
        );
    } else {
      const names = Object.keys(result).join(', ');
      context.addIssue(
        `${name}=${value}: give TAKER=IN_ALL:ON_ONE_DEPARTURE by comma, as account=54:18, of ${names}; or off`,
      );
    }
  }
  return result;
}

/** Each NAME=VALUE, with an issue for every repeated name: otherwise the last would win silently. */
function pairs(texts: readonly string[], context: z.RefinementCtx): [name: string, value: string][] {
  const all = texts.map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  const repeated = new Set(all.map(([name]) => name).filter((name, i, names) => names.indexOf(name) < i));
  for (const name of repeated) context.addIssue(`${name} is given more than once; give it once`);
  return all;
}
