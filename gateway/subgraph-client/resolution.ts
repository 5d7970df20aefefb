// The addresses of a subgraph's host. A name is resolved again while it is used: replicas come and go without a restart.
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AllowedNetworks } from '../../infra/http/allowed-networks.ts';
import { addressesOf, type Resolve } from '../../infra/http/host-addresses.ts';
import type { Log } from '../../infra/logging/log.ts';

/** How the hosts of a subgraph become addresses. */
export interface Discovery {
  log?: Log;
  /** The addresses that may be called; all if undefined. */
  mayCall?: AllowedNetworks;
  resolve?: Resolve;
  /** A monotonic clock, in ms. */
  clock?: () => number;
}

export interface Resolution {
  /**
   * Begins a lookup if one is due, or if it `isNeeded` because there is no address to call. Returns a promise if the
   * caller should wait; it never rejects.
   */
  refresh(isNeeded: boolean): Promise<void> | undefined;
  /** Why there are no addresses. */
  failure(): Error;
}

const LOOK_UP_EVERY = 1000; // ms; a new replica gets its share within 2 s of its appearance in DNS
const OLD_AFTER = 10_000; // ms; all replicas may be others after a pause so long, so calls wait for a lookup
const WAIT_AT_MOST = 1000; // ms, as for a connection; the answer still counts when it comes later

const refused = (host: string): Error =>
  Object.assign(new Error(`no address of ${host} is in SUBGRAPH_NETWORKS`), { code: 'ADDRESS_REFUSED' });

const late = (host: string): Error =>
  Object.assign(new Error(`the lookup of ${host} takes too long`), { code: 'EAI_AGAIN' });

/**
 * The addresses of one host, looked up by the calls themselves: without calls there is no work. A lookup that fails
 * keeps the addresses known before. `onChange` gets all addresses that may be called, whenever they have changed.
 */
export function openResolution(
  host: string,
  discovery: Discovery,
  onChange: (addresses: readonly string[]) => void,
): Resolution {
  const { log, mayCall = () => true, resolve = addressesOf, clock = () => performance.now() } = discovery;
  let known: readonly string[] = [];
  let outside = ''; // the refused addresses, to log each set of them once
  let failed: Error | undefined;
  let began = -Infinity;
  let isPending = false;
  let awaited: Promise<void> | undefined;

  function accept(found: readonly string[]): void {
    const distinct = [...new Set(found)].sort();
    const allowed = distinct.filter(mayCall);
    const others = distinct.filter((address) => !mayCall(address)).join();
    if (others && others !== outside)
      log?.warn('subgraph address refused: outside SUBGRAPH_NETWORKS', { host, addresses: others });
    outside = others;
    if (allowed.join() === known.join()) return;
    if (known.length) log?.info('subgraph addresses changed', { host, before: known.join(), now: allowed.join() });
    known = allowed;
    onChange(known);
  }

  async function lookUp(): Promise<void> {
    isPending = true;
    began = clock();
    try {
      const found = await resolve(host);
      if (!found.length) throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
      if (failed) log?.info('subgraph address lookup works again', { host });
      failed = undefined;
      accept(found);
    } catch (error) {
      if (!failed) log?.warn('subgraph address lookup failed; known addresses stay in use', { host, error });
      failed = error as Error;
    }
    isPending = false;
  }

  /** Calls wait for a lookup once, and for a limited time: a name server that hangs must not slow down every call. */
  function waitFor(lookup: Promise<void>): void {
    const waiting = Promise.race([lookup, wait(WAIT_AT_MOST, undefined, { ref: false })]).then(() => {
      if (awaited === waiting) awaited = undefined;
    });
    awaited = waiting;
  }

  if (isIP(host)) {
    accept([host]);
    return { refresh: () => undefined, failure: () => refused(host) };
  }
  return {
    refresh(isNeeded) {
      const age = clock() - began;
      if (!isPending && (age >= LOOK_UP_EVERY || isNeeded)) {
        const lookup = lookUp();
        if (age >= OLD_AFTER || isNeeded) waitFor(lookup);
      }
      return awaited;
    },
    failure: () => failed ?? (outside ? refused(host) : late(host)),
  };
}
