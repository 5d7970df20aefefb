// What the gateway needs to authenticate its callers: the state of a session, and the keys that verify access tokens.
import { keySetText } from '../../../schema/wire/access-token.ts';
import { stateText } from '../../../schema/wire/session-state.ts';
import type { RouteHandler } from '../../runtime/routes.ts';
import type { TokenKeys } from '../store/key-store.ts';
import type { Sessions } from '../store/session-store.ts';

const json = { 'content-type': 'application/json' };

export const showSessionState =
  (sessions: Pick<Sessions, 'state'>): RouteHandler =>
  async ({ params: { id = '' } }) => ({ status: 200, headers: json, body: stateText(await sessions.state(id)) });

export const showVerificationKeys =
  (keys: Pick<TokenKeys, 'published'>): RouteHandler =>
  async () => ({ status: 200, headers: json, body: keySetText(await keys.published()) });
