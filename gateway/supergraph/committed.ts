// The supergraph that is committed with this release: what a gateway serves until a registry has given it another.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions as committed } from '../../schema/permissions.ts';
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';

/** The version of the committed supergraph: a registry counts from 1. */
const COMMITTED = 0;

/** An artifact of subgraphs that the gateway's own configuration locates. */
export const ownArtifact = (
  supergraphSdl: string,
  permissions: SupergraphArtifact['permissions'],
): SupergraphArtifact => ({ version: COMMITTED, supergraphSdl, permissions, subgraphs: {} });

/** The artifact of schema/supergraph.graphql. */
export const committedSupergraph = (): SupergraphArtifact =>
  ownArtifact(readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8'), committed);
