// The addresses of hosts: the registry and gateways resolve the URLs of subgraphs in the same way.
import { lookup } from 'node:dns/promises';

/** All addresses of a host, IPv4 and IPv6; of an address itself. Rejects if there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const addressesOf: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** The host in a URL, an IPv6 address without its brackets. */
export const hostIn = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');
