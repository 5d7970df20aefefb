// The routes of the account subgraph, by which the gateway authenticates its callers.
import { verificationKeysRoute } from '../../schema/wire/access-token.ts';
import type { SubgraphRoutes } from '../../schema/wire/route.ts';
import { sessionStateRoute } from '../../schema/wire/session-state.ts';

export const routes = {
  sessionState: sessionStateRoute,
  verificationKeys: verificationKeysRoute,
} as const satisfies SubgraphRoutes;
