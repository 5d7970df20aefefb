// Where published subgraphs may be: resolves the hosts of their URLs, and compares the addresses with SUBGRAPH_NETWORKS.
import type { AllowedNetworks } from '../../../infra/http/allowed-networks.ts';
import { addressesOf, hostIn, type Resolve } from '../../../infra/http/host-addresses.ts';
import { originsIn } from '../rules/naming.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';

export interface Urls {
  /** The origins in a text with one or more URLs by comma, or why a gateway may not call them. */
  allowed(text: string): Promise<readonly string[] | RegistryRefusal>;
}

export const openUrls = (isAllowed: AllowedNetworks, resolve: Resolve = addressesOf): Urls => ({
  async allowed(text) {
    const origins = originsIn(text);
    if (!origins) return refused('BAD_URL');
    for (const origin of origins) {
      const host = hostIn(origin);
      const addresses = await resolve(host).catch(() => []);
      if (!addresses.length) return refused('URL_NOT_ALLOWED', `${origin}: the registry finds no address of ${host}.`);
      if (!addresses.every(isAllowed)) return refused('URL_NOT_ALLOWED', outside(origin));
    }
    return origins;
  },
});

const outside = (origin: string): string =>
  `${origin} leads to an address that gateways may not call: an operator names the networks of subgraphs in ` +
  'SUBGRAPH_NETWORKS; link-local addresses are never allowed.';
