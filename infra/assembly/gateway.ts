// The gateway as the wiring has it. Whoever runs no gateway does not load it: it takes 100 MB and half a second.
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../gateway/gateway.ts';
import type { Call } from '../../gateway/upstream.ts';
import type { Wiring } from '../wiring.ts';

/** The gateway over the committed supergraph. */
export const openGateway = (
  { config, now, log, cache, internalKeys }: Wiring,
  subgraphs: Record<string, Call>,
): Promise<FastifyInstance> =>
  createGateway({
    supergraphSdl: readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8'),
    subgraphs,
    internalKeys,
    cache,
    trustProxy: config.TRUSTED_PROXIES ?? false,
    requestTimeout: config.REQUEST_TIMEOUT,
    timeouts: config.SUBGRAPH_TIMEOUT,
    bounds: { inFlight: config.SUBGRAPH_IN_FLIGHT, queue: config.SUBGRAPH_QUEUE },
    production: config.NODE_ENV === 'production',
    now,
    log,
  });
