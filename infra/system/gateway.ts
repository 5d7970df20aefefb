// Opens the gateway on the wiring. Processes without a gateway do not load this module: it takes 100 MB and half a
// second.
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../gateway/gateway.ts';
import { LIMITS } from '../../gateway/limits/limits.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { followDocuments } from '../../gateway/documents/document-folder.ts';
import { routes as accountRoutes } from '../../subgraphs/account/routes.ts';
import { routes as orderRoutes } from '../../subgraphs/order/routes.ts';
import { routes as paymentRoutes } from '../../subgraphs/payment/routes.ts';
import type { Wiring } from './wiring.ts';

/** The routes that subgraphs declare. Declarations are light: they load no subgraph. */
const routes = [
  { subgraph: 'account', routes: Object.values(accountRoutes) },
  { subgraph: 'order', routes: Object.values(orderRoutes) },
  { subgraph: 'payment', routes: Object.values(paymentRoutes) },
];

/** The gateway with the committed supergraph; `internal` serves operators. */
export async function openGateway(
  { config, now, log, cache, internalKeys, metrics }: Wiring,
  calls: Record<string, Call>,
  internal: FastifyInstance,
): Promise<FastifyInstance> {
  const { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FOLDER: folder } = config;
  const documents = await followDocuments(folder, log);
  if (mode === 'enforce' && documents.size === 0)
    log.warn(`every request is refused: ${folder} has no trusted documents`);
  const gateway = await createGateway({
    supergraphSdl: readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8'),
    subgraphs: {
      calls,
      keys: internalKeys,
      timeouts: config.SUBGRAPH_TIMEOUT,
      bounds: { inFlight: config.SUBGRAPH_IN_FLIGHT, queue: config.SUBGRAPH_QUEUE },
    },
    routes,
    cache,
    now,
    log,
    production: config.NODE_ENV === 'production',
    trustProxy: config.TRUSTED_PROXIES,
    corsOrigins: config.CORS_ORIGINS,
    requestTimeout: config.REQUEST_TIMEOUT,
    limits: LIMITS,
    rates: config.RATE_LIMITS === 'off' ? undefined : config.RATE_LIMITS,
    overload: { inFlight: config.MAX_IN_FLIGHT, loopDelay: config.MAX_LOOP_DELAY },
    answers: config.ANSWER_CACHE === 'on',
    trust: { documents, mode },
    metrics,
    internal,
  });
  gateway.addHook('onClose', async () => documents.close());
  return gateway;
}
