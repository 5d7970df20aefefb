// The route of the registry for gateways.
import { followRoute } from '../../schema/wire/registry-routes.ts';
import type { HandledBy } from '../runtime/definition.ts';
import type { RegistryStores } from './store/stores.ts';

export const routes = [
  {
    ...followRoute,
    async handler({ stores: { gateways } }) {
      const { followSupergraph } = await import('./http/follow.ts');
      return followSupergraph(gateways);
    },
  },
] as const satisfies HandledBy<RegistryStores>;
