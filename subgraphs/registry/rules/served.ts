// What is served: the subgraphs of a supergraph version, and how a change makes the next one.
import type { GraphMember, Need } from '../../../schema/wire/supergraph-artifact.ts';

/** Why a supergraph version came to be. */
export type ChangeCause = 'START' | 'PUBLISH' | 'DELETE' | 'ROLLBACK' | 'AUTOMATIC_ROLLBACK';

/** Why a check was made. */
export type CheckCause = 'CHECK' | Exclude<ChangeCause, 'AUTOMATIC_ROLLBACK'>;

/** The subgraphs of a supergraph, by name. */
export type Members = Readonly<Record<string, GraphMember>>;

/** The content of a supergraph version. */
export interface GraphContent {
  supergraphSdl: string;
  /** The schema that clients see. */
  apiSdl: string;
  permissions: Readonly<Record<string, Need>>;
  members: Members;
}

/** A supergraph version that was served. */
export interface SupergraphVersion extends GraphContent {
  version: number;
  cause: ChangeCause;
  reason: string | null;
  /** The versions that it took back, as `loyalty@3`. */
  withdrawn: readonly string[];
  servedAt: Date;
  servedBy: string;
}

/** What is served now, and the revision by which a concurrent change is noticed. */
export interface Head {
  revision: number;
  served: SupergraphVersion | null;
}

/** A subgraph's version in texts, as `loyalty@3`. */
export const versionName = (subgraph: string, version: number): string => `${subgraph}@${version}`;

/** The members with these set, or removed where the value is null. */
export function withMembers(members: Members, changed: Readonly<Record<string, GraphMember | null>>): Members {
  const all = Object.entries({ ...members, ...changed });
  return Object.fromEntries(all.filter((each): each is [string, GraphMember] => each[1] !== null));
}

/** What must change to get from the members of one version to those of another: a version, or null to remove. */
export function stepsBack(from: Members, to: Members): { name: string; version: number | null }[] {
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...names].sort().flatMap((name) => {
    const [now, then] = [from[name]?.version, to[name]?.version];
    return now === then ? [] : [{ name, version: then ?? null }];
  });
}

/** The versions of these members, as `loyalty@3`. */
export const versionNames = (members: Members): string[] =>
  Object.entries(members).map(([name, { version }]) => versionName(name, version));

type Past = Pick<SupergraphVersion, 'version' | 'members' | 'withdrawn'>;

/**
 * The last version with other members than these of which nothing is withdrawn; `past` has the latest first. What is
 * served again after it was withdrawn, is not withdrawn any longer.
 */
export function lastGood(members: Members, past: readonly Past[]): Past | undefined {
  const withdrawn = new Set<string>();
  for (const each of past.toReversed()) {
    for (const name of versionNames(each.members)) withdrawn.delete(name);
    for (const name of each.withdrawn) withdrawn.add(name);
  }
  return past.find(
    (each) =>
      stepsBack(members, each.members).length > 0 && versionNames(each.members).every((name) => !withdrawn.has(name)),
  );
}
