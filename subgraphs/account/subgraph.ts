// The account subgraph.
import type { Clock } from '../../infra/process/clock.ts';
import { KEEP_HEADER, keepText, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { handled } from '../runtime/routes.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import type { AccountStores, Context } from './graph/context.ts';
import { resolvers } from './graph/resolvers.ts';
import { showSessionState, showVerificationKeys } from './http/authentication.ts';
import { routes } from './routes.ts';

export const createAccountSubgraph = (stores: AccountStores, now: Clock): Subgraph => ({
  name: 'account',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  routes: handled(routes, {
    sessionState: showSessionState(stores.sessions),
    verificationKeys: showVerificationKeys(stores.keys),
  }),
  context: (identity, { headers, reply }): Context => ({
    ...stores,
    identity,
    begun: null,
    now: now(),
    browser: {
      refreshToken: headers[REFRESH_HEADER] ?? null,
      keep: (what) => void (reply[KEEP_HEADER] = keepText(what)),
    },
    retryAfter: (seconds) => void (reply['retry-after'] = String(seconds)),
  }),
});
