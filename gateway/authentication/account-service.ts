// The gateway's own calls of the account subgraph: the keys of access tokens and the state of a session.
import type { JSONWebKeySet } from 'jose';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { parseKeySet, verificationKeysRoute } from '../../schema/wire/access-token.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import type { SubgraphRoute } from '../../schema/wire/route.ts';
import { parseState, type SessionState, sessionStateRoute } from '../../schema/wire/session-state.ts';
import { forward } from '../subgraph-client/forward.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';

export interface AccountService {
  /** The public keys of all access tokens that may still be valid. */
  verificationKeys(): Promise<JSONWebKeySet>;
  /** The session's account and roles; null if the session has ended. */
  sessionState(id: string): Promise<SessionState | null>;
}

/**
 * A client of the account subgraph in the gateway's own name. Rejects with DOWNSTREAM_ERROR or DOWNSTREAM_TIMEOUT if it
 * does not answer.
 */
export function askAccountService(account: Upstream): AccountService {
  async function read(route: SubgraphRoute, params: Record<string, string> = {}): Promise<string> {
    const { status, body } = await forward(account, route, {
      ...{ params, headers: {}, body: '' },
      who: anonymous(traceIdHere()),
    });
    if (status !== 200) throw new Error(`the account service answered ${route.path} with ${status}`);
    return String(body);
  }
  return {
    verificationKeys: async () => parseKeySet(await read(verificationKeysRoute)),
    async sessionState(id) {
      const state = parseState(await read(sessionStateRoute, { id }));
      if (state === undefined) throw new Error('the account service answered with no session state');
      return state;
    },
  };
}
