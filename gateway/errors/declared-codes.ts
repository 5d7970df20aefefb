// The error codes that subgraphs of others declare in their schemas, beside those of schema/errors.ts.
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';

/** The codes that clients may see of a subgraph's own; none of the subgraphs of this system. */
export type CodesOf = (subgraph: string) => readonly string[];

/** Those of the supergraph that is served when they are asked for. */
export const codesIn =
  (artifactOf: () => Pick<SupergraphArtifact, 'subgraphs'>): CodesOf =>
  (subgraph) => {
    const { subgraphs } = artifactOf();
    return Object.hasOwn(subgraphs, subgraph) ? (subgraphs[subgraph]?.errorCodes ?? []) : [];
  };
