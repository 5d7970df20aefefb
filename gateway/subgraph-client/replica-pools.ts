// The connection pools of a subgraph: one for each address of each of its URLs, opened and closed as addresses change.
import { isIP, type LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { hostIn } from '../../infra/http/host-addresses.ts';
import { type Discovery, openResolution } from './resolution.ts';

export interface ReplicaPools {
  /** The pools to call now, at least one. Rejects if no URL has an address. */
  current(): Promise<readonly Pool[]>;
  /** All pools, also those that only finish their calls. */
  open: ReadonlySet<Pool>;
  close(): Promise<void>;
}

const CONNECT_WITHIN = 1000; // ms

/** One pool for each address of a URL. The URL stays the origin: it names the Host header and the TLS certificate. */
function poolsOf(url: string, options: Pool.Options, discovery: Discovery, open: Set<Pool>) {
  const byAddress = new Map<string, Pool>();

  let isClosed = false;
  function change(addresses: readonly string[]): void {
    if (isClosed) return; // a lookup may end after that
    for (const [address, pool] of byAddress) {
      if (addresses.includes(address)) continue;
      byAddress.delete(address);
      void pool
        .close() // after its calls in flight; the pool may have been closed with all others
        .catch(() => undefined)
        .then(() => open.delete(pool));
    }
    for (const address of addresses) {
      if (byAddress.has(address)) continue;
      const connect = { timeout: CONNECT_WITHIN, lookup: always(address) };
      const pool = new Pool(url, { ...options, connect });
      byAddress.set(address, pool);
      open.add(pool);
    }
  }
  return {
    byAddress,
    resolution: openResolution(hostIn(url), discovery, change),
    end: () => void (isClosed = true),
  };
}

/** Connects to this address, whatever the name resolves to by then. */
function always(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, done) => {
    if (all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

export function openReplicaPools(urls: readonly string[], options: Pool.Options, discovery: Discovery): ReplicaPools {
  const open = new Set<Pool>();
  const hosts = urls.map((url) => poolsOf(url, options, discovery, open));
  const pools = (): Pool[] => hosts.flatMap(({ byAddress }) => [...byAddress.values()]);
  const refresh = (isNeeded: boolean): Promise<void>[] =>
    hosts.flatMap(({ resolution }) => resolution.refresh(isNeeded) ?? []);
  return {
    open,
    async current() {
      const waits = refresh(false);
      if (waits.length) await Promise.all(waits);
      else if (!pools().length) await Promise.all(refresh(true));
      const found = pools();
      const [first] = hosts;
      if (!found.length && first) throw first.resolution.failure();
      return found;
    },
    async close() {
      for (const { end } of hosts) end();
      await Promise.allSettled([...open].map((pool) => pool.close())); // some may be closing already
    },
  };
}
