// Files the demo data of every subgraph unless it exists.
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import { subgraphs } from '../services.ts';
import { type Shared, storeParts } from '../stores.ts';

/** Each subgraph files its own: guides, and fares for the next 90 days. */
export async function fileDemoData({ wiring, open }: Shared): Promise<void> {
  for (const definition of subgraphs as readonly SubgraphDefinition[]) {
    if (!definition.demo) continue;
    const { db, stores } = await open(definition);
    await definition.demo({ ...storeParts(definition, db, wiring), stores });
  }
}
