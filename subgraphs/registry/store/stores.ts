// The stores of the registry.
import { allowedNetworks } from '../../../infra/http/allowed-networks.ts';
import { readVersion } from '../../../infra/process/version.ts';
import { keysFor } from '../../../schema/wire/internal-identity.ts';
import type { SubgraphParts } from '../../runtime/definition.ts';
import type { RegistrySettings } from '../settings.ts';
import { openAgreements } from './agreements.ts';
import { openCatalog } from './catalog.ts';
import { openCheckThread } from './check-thread.ts';
import { openChecking } from './checking.ts';
import { openGateways } from './gateways.ts';
import { openPublishing } from './publishing.ts';
import { openChanges } from './changes.ts';
import { openRollback } from './rollback.ts';
import { openReleases } from './release.ts';
import { openTeams } from './teams.ts';
import { openUsage } from './usage.ts';
import { openUrls } from './urls.ts';

export type RegistryStores = ReturnType<typeof openRegistryStores>;
type Parts = Omit<SubgraphParts<object, RegistrySettings>, 'stores'>;

export function openRegistryStores({ db, settings, platform }: Parts) {
  const { internalKeys, log, sharesDatabases } = platform;
  const keysOf = (subgraph: string, generation: number) => keysFor(subgraph, internalKeys, generation);
  const urls = openUrls(allowedNetworks(settings.SUBGRAPH_NETWORKS));
  const operatorToken = settings.REGISTRY_TOKEN ?? platform.keptSecret('registry-token')?.toString('base64url');
  const catalog = openCatalog(db);
  const thread = openCheckThread();
  const usage = openUsage(db);
  const release = { version: readVersion(), today: '' };
  const { USAGE_WINDOW: window } = settings;
  const checking = openChecking({ db, catalog, usage, window, compute: thread.compute, release });
  const changes = openChanges(catalog);
  const gateways = openGateways({ db, catalog, masterKeys: internalKeys, isShared: sharesDatabases });
  platform.onClose(async () => {
    gateways.close();
    await thread.close();
  });
  return {
    catalog,
    checking,
    gateways,
    usage,
    agreements: openAgreements(db),
    teams: openTeams({ db, urls, operatorToken, keysOf }),
    publishing: openPublishing({ db, catalog, checking, changes, urls }),
    rollback: openRollback({ db, catalog, checking, changes }),
    async forget() {
      await gateways.forgetGone();
      await usage.forget(window);
    },
    releases: openReleases({ db, catalog, checking, log: log.child({ service: 'registry' }) }),
  };
}
