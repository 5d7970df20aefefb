// The gateway's own queries to the account subgraph: the keys of access tokens and the state of a session.
import type { JWK } from 'jose';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import type { SessionState } from '../../schema/wire/session-state.ts';
import { ask, type Upstream } from '../subgraph-client/upstream.ts';

export interface AccountRoom {
  /** The public keys of all access tokens that may still be valid. */
  verificationKeys(): Promise<JWK[]>;
  /** The session's account and roles; null if the session has ended. */
  sessionState(id: string): Promise<SessionState | null>;
}

/**
 * A client of the account subgraph in the gateway's own name. Rejects with DOWNSTREAM_ERROR or DOWNSTREAM_TIMEOUT if it
 * does not answer.
 */
export function askAccountRoom(account: Upstream): AccountRoom {
  async function answer<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const nobody = anonymous(traceIdHere());
    const { data, errors } = (await ask(account, { who: nobody, question: { query, variables } })).result;
    if (!data || errors) throw new Error(`the account subgraph failed: ${errors?.[0]?.message ?? 'no data'}`);
    return data as T;
  }
  return {
    async verificationKeys() {
      const { verificationKeys } = await answer<{ verificationKeys: string[] | null }>('{ verificationKeys }');
      if (!verificationKeys) throw new Error('the account subgraph failed: no keys');
      return verificationKeys.map((key) => JSON.parse(key) as JWK);
    },
    async sessionState(id) {
      const query = 'query($id: ID!) { sessionState(id: $id) { account roles } }';
      return (await answer<{ sessionState: SessionState | null }>(query, { id })).sessionState;
    },
  };
}
