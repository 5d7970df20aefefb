// A gateway with the product's options, for tests that change some of them or have other subgraphs.
import type { FastifyInstance } from 'fastify';
import { createGateway, type GatewayOptions } from '../../gateway/gateway.ts';
import type { Limits } from '../../gateway/limits/limits.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openMetricsServer } from '../../infra/metrics/metrics-server.ts';
import { gatewayOptions } from '../../infra/system/gateway.ts';
import { openWiring, type Wiring } from '../../infra/system/wiring.ts';
import { INTERNAL_KEYS } from './signed.ts';

/** High enough to request everything at once. */
export const UNLIMITED: Limits = {
  ...{ tokens: Infinity, depth: Infinity, selections: Infinity, aliases: Infinity, queries: Infinity },
  ...{ mutations: Infinity, directives: Infinity, repeats: Infinity, listItems: Infinity, nesting: Infinity },
  ...{ name: Infinity, values: Infinity, cost: Infinity, planning: Infinity },
};

const noDocuments = { get: () => undefined, all: () => [], size: 0, close: () => undefined };

/** The wiring of a gateway without a world: embedded, without rate limits, and never overloaded by other tests. */
export function gatewayWiring(env: Record<string, string> = {}, log = openLog({ level: 'nothing', json: false })) {
  const quiet = { RATE_LIMITS: 'off', ANSWER_CACHE: 'off', MAX_LOOP_DELAY: '60000' };
  return openWiring(readConfig({ INTERNAL_KEYS, ...quiet, ...env }), log);
}

/** A further gateway on the wiring, before these subgraphs. */
export async function openFurtherGateway(
  wiring: Wiring,
  calls: Readonly<Record<string, Call>>,
  change: Partial<GatewayOptions> = {},
): Promise<FastifyInstance> {
  const internal = openMetricsServer(wiring.metrics);
  const gateway = await createGateway({ ...gatewayOptions(wiring, calls, internal, noDocuments), ...change });
  gateway.addHook('onClose', () => internal.close());
  return gateway;
}
