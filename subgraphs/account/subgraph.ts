// The account subgraph: its manifest.
import { KEEP_HEADER, keepText, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { defineSubgraph } from '../runtime/definition.ts';
import type { Context } from './graph/context.ts';
import { routes } from './routes.ts';

export const account = defineSubgraph({
  name: 'account',
  owns: 'accounts, sessions, roles, saved travellers, codes and their mails',
  dir: import.meta.dirname,
  port: 4004,
  timeout: 5000,
  uses: ['cache', 'bus'],
  settings: {},
  routes,
  publishes: ['account.deleted'],
  tables: async () => (await import('./store/tables.ts')).accountTables,
  stores: async (parts) => (await import('./store/stores.ts')).openAccountStores(parts),
  async graph({ stores, platform: { now } }) {
    const { resolvers } = await import('./graph/resolvers.ts');
    return {
      resolvers,
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
    };
  },
});
