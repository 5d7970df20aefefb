// The stores of the subgraphs on the configured adapters, each opened at its first use.
import type { Database, Tables } from '../database/database.ts';
import type { OpenStores, StoreParts, SubgraphDefinition } from '../../subgraphs/runtime/definition.ts';
import { settingsOf } from './config/config.ts';
import { subgraphs, type SubgraphName } from './services.ts';
import type { Wiring } from './wiring.ts';

type Listed = (typeof subgraphs)[number];
type StoresOf<Definition> = Definition extends { stores(parts: never): Promise<infer Own> }
  ? Own & { db: Database }
  : never;

/** The stores of each listed subgraph with its database, by its name: for commands and tools. */
export type Stores = { readonly [Name in SubgraphName]: () => Promise<StoresOf<Extract<Listed, { name: Name }>>> };

interface Opened {
  db: Database;
  stores: object;
}

/** The tables of every subgraph: everything that has migrations. */
export const allTables = (): Promise<Tables[]> => Promise.all(subgraphs.map((subgraph) => subgraph.tables()));

/** What the services of one process share. */
export interface Shared {
  wiring: Wiring;
  open: OpenStores;
  /** The same stores by the name of their subgraph. */
  stores: Stores;
}

/** The stores on this wiring. */
export function shareStores(wiring: Wiring): Shared {
  const opened = new Map<string, Promise<Opened>>();
  async function openOnce(definition: SubgraphDefinition): Promise<Opened> {
    const db = await wiring.database(await definition.tables());
    return { db, stores: await definition.stores(storeParts(definition, db, wiring)) };
  }
  function open(definition: SubgraphDefinition): Promise<Opened> {
    const opening = opened.get(definition.name) ?? openOnce(definition);
    opened.set(definition.name, opening);
    return opening;
  }
  const byName = (definition: SubgraphDefinition) => async () => {
    const { db, stores } = await open(definition);
    return { ...stores, db };
  };
  const stores = Object.fromEntries(subgraphs.map((definition) => [definition.name, byName(definition)]));
  return { wiring, open: open as OpenStores, stores: stores as unknown as Stores };
}

/** What a subgraph's stores are made of. */
export const storeParts = (definition: SubgraphDefinition, db: Database, wiring: Wiring): StoreParts => ({
  db,
  settings: settingsOf(definition, wiring.config),
  timeout: wiring.config.SUBGRAPH_TIMEOUT[definition.name] ?? definition.timeout,
  platform: wiring,
});
