// Opens the gateway on the wiring. Processes without a gateway do not load this module: it takes 100 MB and half a
// second.
import type { FastifyInstance } from 'fastify';
import { createGateway, type GatewayOptions } from '../../gateway/gateway.ts';
import { LIMITS } from '../../gateway/limits/limits.ts';
import { committedSupergraph } from '../../gateway/supergraph/committed.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { type DocumentFolder, followDocuments } from '../../gateway/documents/document-folder.ts';
import { openUsageBatch, type UsageBatch } from '../../gateway/usage/usage-batch.ts';
import { REGISTRY } from '../../schema/wire/registry-routes.ts';
import type { SubgraphDefinition } from '../../subgraphs/runtime/definition.ts';
import { registrySettings } from '../../subgraphs/registry/settings.ts';
import { allowedNetworks } from '../http/allowed-networks.ts';
import { settingsOf } from './config/config.ts';
import { subgraphs } from './services.ts';
import type { Wiring } from './wiring.ts';

const routes = subgraphs.map(({ name, routes: declared = [] }: SubgraphDefinition) => ({
  subgraph: name,
  routes: declared,
}));

/** The options of a gateway on the wiring, with the committed supergraph; `internal` serves operators. */
export const gatewayOptions = (
  { config, now, log, cache, internalKeys, metrics }: Wiring,
  calls: Readonly<Record<string, Call>>,
  internal: FastifyInstance,
  documents: DocumentFolder,
  usage?: UsageBatch,
): GatewayOptions => ({
  artifact: committedSupergraph(),
  registry: calls[REGISTRY] && { call: calls[REGISTRY], folder: config.SUPERGRAPH_FOLDER },
  pushedInto: calls[REGISTRY] && config.TRUSTED_DOCUMENTS_FOLDER,
  subgraphs: {
    calls,
    keys: internalKeys,
    timeouts: config.SUBGRAPH_TIMEOUT,
    bounds: { inFlight: config.SUBGRAPH_IN_FLIGHT, queue: config.SUBGRAPH_QUEUE },
  },
  mayCall: allowedNetworks(settingsOf({ settings: registrySettings }, config).SUBGRAPH_NETWORKS),
  ...{ routes, cache, now, log },
  production: config.NODE_ENV === 'production',
  trustProxy: config.TRUSTED_PROXIES,
  corsOrigins: config.CORS_ORIGINS,
  requestTimeout: config.REQUEST_TIMEOUT,
  limits: LIMITS,
  rates: config.RATE_LIMITS === 'off' ? undefined : config.RATE_LIMITS,
  overload: { inFlight: config.MAX_IN_FLIGHT, loopDelay: config.MAX_LOOP_DELAY },
  executor: config.EXECUTOR,
  answers: config.ANSWER_CACHE === 'on',
  usage,
  trust: { documents, mode: config.TRUSTED_DOCUMENTS },
  metrics,
  internal,
});

/** The gateway on the wiring, with the documents in its folder. `isCounted`: whether it has a bus that takes its counts. */
export async function openGateway(
  wiring: Wiring,
  calls: Readonly<Record<string, Call>>,
  internal: FastifyInstance,
  isCounted: boolean,
): Promise<FastifyInstance> {
  const { config, log } = wiring;
  const { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FOLDER: folder } = config;
  const documents = await followDocuments(folder, log);
  if (mode === 'enforce' && documents.size === 0)
    log.warn(`every request is refused: ${folder} has no trusted documents`);
  const usage = isCounted ? openUsageBatch(wiring) : undefined;
  const gateway = await createGateway(gatewayOptions(wiring, calls, internal, documents, usage));
  gateway.addHook('onClose', async () => {
    documents.close();
    await usage?.close();
  });
  return gateway;
}
