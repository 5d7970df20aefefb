// The settings of the gateway.
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Setting } from '../infra/config/settings.ts';
import { cannotBe, oneOf, pairs, whole } from '../infra/config/values.ts';

const SECOND = 1000; // ms
const LONGEST_REQUEST = 600 * SECOND;
const LONGEST_TIMEOUT = 60 * SECOND;

/** Addresses or ranges separated by commas, in the format of the HTTP server. */
function networks(text: string, context: z.RefinementCtx): string {
  const each = text.split(',').map((one) => one.trim());
  for (const one of each) {
    if (isNetwork(one)) continue;
    context.addIssue(cannotBe(one, 'addresses or ranges by comma, as 10.0.0.1,192.168.0.0/16, or loopback'));
  }
  return each.join(',');
}

function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && !rest.length && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most));
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

/** Generous for honest clients; gateway/README.md shows how the numbers are derived. */
const usualRateLimits = () => ({
  address: { capacity: 4_000_000, perMinute: 1_200_000 },
  account: { capacity: 1_000_000, perMinute: 240_000 },
  client: { capacity: 2_000_000, perMinute: 600_000 },
  'sign-in': { capacity: 600, perMinute: 300 },
  money: { capacity: 300, perMinute: 60 },
});

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

export const gatewaySettings = {
  TRUSTED_PROXIES: {
    schema: z.string().transform(networks).optional(),
    unset: 'none',
    does: 'comma-separated addresses or ranges of proxies whose forwarded client address is trusted',
  },
  CORS_ORIGINS: {
    schema: z.string().transform(origins).default([]),
    unset: 'none',
    does: "comma-separated origins whose pages may call the gateway, for example `https://shop.example`; outside production Apollo's explorers may, too",
  },
  EXECUTOR: {
    schema: oneOf('compiled', 'apollo').default('compiled'),
    unset: '`compiled`',
    does: "what executes operations: `compiled` plans each once and compiles the plan; `apollo` is Apollo's executor, slower, to compare with",
  },
  ANSWER_CACHE: {
    schema: oneOf('on', 'off').default('on'),
    unset: '`on`',
    does: '`off` turns the response cache and single flight off',
  },
  TRUSTED_DOCUMENTS: {
    schema: oneOf('off', 'log', 'enforce').default('off'),
    unset: '`off`',
    does: '`log` names documents that were not pushed, `enforce` refuses them; see [Documents and caches](../gateway/README.md#documents-and-caches)',
  },
  TRUSTED_DOCUMENTS_FOLDER: {
    schema: z.string().default('.data/documents'),
    unset: '`.data/documents`',
    does: 'the folder of the trusted documents',
  },
  SUPERGRAPH_FOLDER: {
    schema: z.string().default('.data/supergraph'),
    unset: '`.data/supergraph`',
    does: 'the folder in which a gateway keeps the last two supergraphs from the registry, for a start without it; gateways of one system may share it',
  },
  RATE_LIMITS: {
    schema: z.string().transform(rateLimits).default(usualRateLimits()),
    unset: 'see [Rate limits](../gateway/README.md#rate-limits-and-overload)',
    does: 'limits per address, account and client, for example `address=4000000:1200000,money=300:60`; or `off`',
  },
  MAX_IN_FLIGHT: {
    schema: whole(1, 100_000).default(400),
    unset: '`400`',
    does: 'a gateway sheds load beyond this number of concurrent requests',
  },
  MAX_LOOP_DELAY: {
    schema: whole(1, 60 * SECOND).default(SECOND),
    unset: '`1000`',
    does: 'a gateway sheds load while its event loop is delayed by more than this, in ms',
  },
  REQUEST_TIMEOUT: {
    schema: whole(1, LONGEST_REQUEST).default(10 * SECOND),
    unset: '`10000`',
    does: 'time limit of a request, in ms; its subgraphs share it',
  },
  SUBGRAPH_IN_FLIGHT: {
    schema: whole(1, 10_000).default(128), // more than the number of password checks that may queue in the account subgraph
    unset: '`128`',
    does: 'concurrent calls of one subgraph; [more wait](../gateway/README.md#when-a-part-fails)',
  },
  SUBGRAPH_QUEUE: {
    schema: whole(0, 100_000).default(1000),
    unset: '`1000`',
    does: 'how many calls of one subgraph may wait; [more are refused](../gateway/README.md#when-a-part-fails)',
  },
} as const;

/** A subgraph as the gateway calls it: by its name, on its usual port, with its usual time limit in ms. */
export interface CalledSubgraph {
  name: string;
  port: number;
  timeout: number;
}

/** The variable that holds the addresses of a subgraph, or of a partner. */
export const urlVariable = (name: string): string => `${name.toUpperCase().replaceAll('-', '_')}_URL`;

/** The time limits of the subgraphs in one variable. */
export function timeoutSettings(subgraphs: readonly CalledSubgraph[]) {
  const usual = Object.fromEntries(subgraphs.map(({ name, timeout }) => [name, timeout]));
  return {
    SUBGRAPH_TIMEOUT: {
      schema: z
        .string()
        .transform((text, context) => timeouts(text, usual, context))
        .default(usual),
      unset: `\`${subgraphs.map(({ name, timeout }) => `${name}=${timeout}`).join()}\``,
      does: 'time limit of a subgraph, in ms: `order=10000` for one, `3000,travel=500` for all and one; [how to choose](../gateway/README.md#deadlines)',
    },
  } as const;
}

/** The addresses of the subgraphs that run as processes of their own, a variable each. */
export const addressSettings = (subgraphs: readonly CalledSubgraph[]): Record<string, Setting<string[]>> =>
  Object.fromEntries(
    subgraphs.map(({ name, port }) => [
      urlVariable(name),
      {
        schema: subgraphAt(port),
        unset: `\`http://localhost:${port}\``,
        does: `where a separate gateway finds the ${name} subgraph; replicas by comma`,
      },
    ]),
  );

/**
 * 5000, or 5000,order=10000, or order=10000, in ms: a number without a name applies to all subgraphs, one with a name
 * to that subgraph.
 */
function timeouts(
  text: string,
  usual: Readonly<Record<string, number>>,
  context: z.RefinementCtx,
): Record<string, number> {
  const parts = text.split(',').map((one) => one.trim());
  const forAll = parts[0]?.includes('=') ? undefined : parts.shift();
  const result = { ...usual };
  if (forAll !== undefined) for (const name of Object.keys(result)) result[name] = Number(forAll);
  const isTimeout = (value: string) =>
    /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= LONGEST_TIMEOUT;
  const isRight = pairs(parts, context).every(([name, value]) => {
    if (Object.hasOwn(result, name)) result[name] = Number(value);
    return Object.hasOwn(result, name) && isTimeout(value);
  });
  if ((forAll === undefined || isTimeout(forAll)) && isRight) return result;
  const names = Object.keys(result).join(', ');
  const allowed = `whole numbers from 1 to ${LONGEST_TIMEOUT}, as 5000 or 5000,order=10000, of ${names}`;
  context.addIssue(cannotBe(text, allowed));
  return z.NEVER;
}

/** One URL for each replica, separated by commas. */
function subgraphAt(port: number) {
  const url = z.string().refine(isOrigin, {
    error: `give http://HOST:PORT by comma and without a path, as http://localhost:${port}; the gateway adds /graphql`,
  });
  return z
    .string()
    .default(`http://localhost:${port}`)
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(url));
}

/** Whether a URL is only scheme, host and port: a connection pool accepts nothing else. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
}
