// The routes of the account subgraph, by which the gateway authenticates its callers.
import { verificationKeysRoute } from '../../schema/wire/access-token.ts';
import { sessionStateRoute } from '../../schema/wire/session-state.ts';
import type { HandledBy } from '../runtime/definition.ts';
import type { AccountStores } from './store/stores.ts';

const handlers = () => import('./http/authentication.ts');

export const routes = [
  { ...sessionStateRoute, handler: async ({ stores }) => (await handlers()).showSessionState(stores.sessions) },
  { ...verificationKeysRoute, handler: async ({ stores }) => (await handlers()).showVerificationKeys(stores.keys) },
] as const satisfies HandledBy<AccountStores>;
