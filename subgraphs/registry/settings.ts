// The settings of the registry.
import { isIP } from 'node:net';
import { z } from 'zod';
import { cannotBe, whole } from '../../infra/config/values.ts';

const LAST_PORT = 65_535;
const LONGEST_WINDOW = 366; // days
const USUAL_WINDOW = 30; // days; apps of phones are updated within weeks
const SHORTEST_TOKEN = 32; // characters

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** 10.0.0.0/8,fd00::/8, or loopback. */
function networks(text: string, context: z.RefinementCtx): string[] {
  return text.split(',').flatMap((each) => {
    const one = each.trim();
    if (one === 'loopback') return LOOPBACK;
    const [address = '', bits = ''] = one.split('/');
    const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    if (most && /^\d{1,3}$/.test(bits) && Number(bits) <= most) return [one];
    context.addIssue(cannotBe(one, 'networks by comma, as 10.20.0.0/16,fd00::/8, or loopback'));
    return [];
  });
}

export const registrySettings = {
  REGISTRY_PORT: {
    schema: whole(0, LAST_PORT).optional(),
    unset: 'one above the port of the registry',
    does: 'where the registry answers `npm run schema`, beside its part of the graph',
  },
  REGISTRY_TOKEN: {
    schema: z.string().min(SHORTEST_TOKEN, `give at least ${SHORTEST_TOKEN} characters`).optional(),
    unset: 'made and kept in `.data`; on a real database none',
    does: "the operators' token for the registry: it creates subgraphs, approves and rolls back",
    secret: 'hidden',
  },
  USAGE_WINDOW: {
    schema: whole(1, LONGEST_WINDOW).default(USUAL_WINDOW),
    unset: `\`${USUAL_WINDOW}\``,
    does: 'the days for which usage is kept: a field that no client used for so long may be removed',
  },
  SUBGRAPH_NETWORKS: {
    schema: z.string().transform(networks).default(LOOPBACK),
    unset: '`loopback`',
    does: 'the networks in which published subgraphs may be, for example `10.20.0.0/16,fd00::/8`; the registry checks their URLs, and a gateway each address that it calls',
  },
} as const;

export type RegistrySettings = typeof registrySettings;
