// The graph of this checkout: the schemas of its subgraphs, and what `npm run compose` made of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions } from '../permissions.ts';
import type { Permissions } from '../wire/need.ts';
import { API_FILE, root, subgraphSdls } from './checkout.ts';
import type { SubgraphSdl } from './nullability.ts';

export interface CommittedSchemas {
  parts: readonly SubgraphSdl[];
  supergraphSdl: string;
  /** The schema that clients see. */
  apiSdl: string;
  permissions: Permissions;
}

/** Reads the schemas of the subgraphs, and what was composed from them. */
export const committedGraph = (): CommittedSchemas => ({
  parts: subgraphSdls(),
  supergraphSdl: readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'),
  apiSdl: readFileSync(join(root, API_FILE), 'utf8'),
  permissions,
});
