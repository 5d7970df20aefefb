// The subgraphs that others have published with their addresses: called over HTTP, by connections that the versions of
// the supergraph with the same addresses share.
import type { AllowedNetworks } from '../../infra/http/allowed-networks.ts';
import type { GatewayMetrics } from '../../infra/metrics/front-door.ts';
import type { GraphMember } from '../../schema/wire/supergraph-artifact.ts';
import { overHttp } from '../subgraph-client/over-http.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';
import { openUpstream } from './subgraphs.ts';

type StrangerOptions = Parameters<typeof openUpstream>[2] & {
  watchConnections: GatewayMetrics['watchConnections'];
  /** Checked for each address that a name resolves to, as its team may change that after the registry has looked. */
  mayCall: AllowedNetworks;
};

/** A stranger as one version of the supergraph uses it. */
export interface Leased {
  upstream: Upstream;
  /** Closes the connections, when no other version uses them. */
  release: () => Promise<void>;
}

/** Returns the upstream of a published subgraph: its addresses have scheme, host and port alone. */
export type Strangers = (name: string, published: Published) => Leased;

type Published = Pick<GraphMember, 'urls' | 'generation'>;

interface Opened {
  upstream: Upstream;
  users: number;
  close: () => Promise<void>;
}

/** A stranger keeps its bulkhead and its connections while any version has it at the same addresses. */
export function openStrangers(options: StrangerOptions): Strangers {
  const opened = new Map<string, Opened>();

  function open(name: string, { urls, generation }: Published): Opened {
    const { subgraphs, requestTimeout, watchConnections, mayCall, log } = options;
    const replicas = overHttp(urls, requestTimeout, subgraphs.bounds.inFlight, {
      ...{ mayCall, log: log.child({ subgraph: name }) },
    });
    const unwatch = watchConnections(name, replicas.connections);
    const close = async (): Promise<void> => {
      unwatch();
      await replicas.close();
    };
    return { upstream: openUpstream(name, replicas.call, options, generation), users: 0, close };
  }

  return (name, published) => {
    const key = JSON.stringify([name, published.generation, ...published.urls]);
    const one = opened.get(key) ?? open(name, published);
    opened.set(key, one);
    one.users++;
    return {
      upstream: one.upstream,
      async release() {
        if (--one.users > 0) return;
        opened.delete(key);
        await one.close();
      },
    };
  };
}
