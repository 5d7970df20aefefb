// The routes of the registry for gateways.
import { followRoute, pushedRoute } from '../../schema/wire/registry-routes.ts';
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
  {
    ...pushedRoute,
    async handler({ stores: { agreements } }) {
      const { listPushedDocuments } = await import('./http/follow.ts');
      return listPushedDocuments(agreements);
    },
  },
] as const satisfies HandledBy<RegistryStores>;
