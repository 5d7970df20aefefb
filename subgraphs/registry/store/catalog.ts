// Reads what was published and served.
import type { EntityManager, InferEntity } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { keyset } from '../../../infra/database/keyset.ts';
import type { KnownOperation } from '../../../schema/composition/check/finding.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import type { Head, Members, SupergraphVersion } from '../rules/served.ts';
import {
  ApprovalRow,
  PushedDocumentRow,
  RegistryHeadRow,
  SubgraphRow,
  SubgraphVersionRow,
  SupergraphVersionRow,
} from './tables.ts';

/** A subgraph that may be published. */
export interface RegisteredSubgraph {
  name: string;
  /** Its replicas; none if the gateway's own settings locate it. */
  urls: readonly string[];
  /** Counts the teams that have had its name. */
  generation: number;
  createdAt: Date;
  createdBy: string;
}

/** A version of a subgraph. */
export interface SubgraphVersion {
  subgraph: string;
  version: number;
  hash: string;
  commit: string | null;
  author: string | null;
  publishedAt: Date;
  publishedBy: string;
}

/** A version with its SDL. */
export interface SubgraphVersionSdl extends SubgraphVersion {
  sdl: string;
}

export interface Catalog {
  head(): Promise<Head>;
  /** The revision alone, which every change counts up. */
  revision(): Promise<number>;
  subgraphs(): Promise<RegisteredSubgraph[]>;
  subgraph(name: string): Promise<RegisteredSubgraph | null>;
  /** The latest versions of a subgraph first. */
  versions(name: string, most: number): Promise<SubgraphVersion[]>;
  /** A version of a subgraph; the latest without a number. */
  version(name: string, version?: number): Promise<SubgraphVersionSdl | null>;
  supergraph(version: number): Promise<SupergraphVersion | null>;
  /** A page of the versions that were served, the latest first, without their SDL. */
  supergraphs(page: Page): Promise<SupergraphSummary[]>;
  countSupergraphs(): Promise<number>;
  /** The SDLs of these members. */
  sdlsOf(members: Members): Promise<SubgraphSdl[]>;
  approvals(at: Date): Promise<{ change: string; expiresAt: Date }[]>;
  pushedDocuments(): Promise<KnownOperation[]>;
}

/** A supergraph version without its schemas. */
export type SupergraphSummary = Omit<SupergraphVersion, 'supergraphSdl' | 'apiSdl' | 'permissions'>;

const SCHEMAS: ('supergraphSdl' | 'apiSdl' | 'permissions')[] = ['supergraphSdl', 'apiSdl', 'permissions'];
const MOST_DOCUMENTS = 10_000;

export function openCatalog(db: Database): Catalog {
  async function version(name: string, wanted?: number): Promise<SubgraphVersionSdl | null> {
    const where = { subgraph: name, ...(wanted !== undefined && { version: wanted }) };
    const row = await db.read().findOne(SubgraphVersionRow, where, { orderBy: { version: 'desc' } });
    return row && { ...versionOf(row), sdl: row.sdl };
  }

  async function supergraph(wanted: number): Promise<SupergraphVersion | null> {
    const row = await db.read().findOne(SupergraphVersionRow, { version: wanted });
    if (!row) return null;
    const permissions = JSON.parse(row.permissions) as SupergraphVersion['permissions'];
    return { ...summaryOf(row), supergraphSdl: row.supergraphSdl, apiSdl: row.apiSdl, permissions };
  }

  return {
    version,
    supergraph,
    async head() {
      const { revision, supergraph: served } = await headIn(db.read());
      return { revision, served: typeof served === 'number' ? await supergraph(served) : null };
    },
    revision: async () => (await headIn(db.read())).revision,
    subgraphs: async () =>
      (await db.read().find(SubgraphRow, { deletedAt: null }, { orderBy: { name: 'asc' } })).map(subgraphOf),
    async subgraph(name) {
      const row = await db.read().findOne(SubgraphRow, { name, deletedAt: null });
      return row && subgraphOf(row);
    },
    async versions(name, most) {
      const page = { orderBy: { version: 'desc' }, limit: most } as const;
      const rows = await db.read().find(SubgraphVersionRow, { subgraph: name }, { ...page, exclude: ['sdl'] });
      return rows.map(versionOf);
    },
    async supergraphs(page) {
      const { conditions, page: stretch } = keyset<InferEntity<typeof SupergraphVersionRow>>(
        [['version', 'desc']],
        page,
      );
      const rows = await db.read().find(SupergraphVersionRow, { $and: conditions }, { ...stretch, exclude: SCHEMAS });
      return rows.map(summaryOf);
    },
    countSupergraphs: () => db.read().count(SupergraphVersionRow),
    async sdlsOf(members) {
      const wanted = Object.entries(members).map(([subgraph, member]) => ({ subgraph, version: member.version }));
      const rows = wanted.length ? await db.read().find(SubgraphVersionRow, { $or: wanted }) : [];
      return rows.map(({ subgraph, sdl }) => ({ name: subgraph, sdl })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    approvals: (at) => db.read().find(ApprovalRow, { expiresAt: { $gt: at } }, { fields: ['change', 'expiresAt'] }),
    async pushedDocuments() {
      const rows = await db.read().find(PushedDocumentRow, {}, { limit: MOST_DOCUMENTS });
      return rows.map(({ id, document, client }) => ({
        ...{ id, name: '', text: document, coordinates: [], client, clientVersion: '', count: 0 },
        ...{ lastSeen: null, isPushed: true },
      }));
    },
  };
}

/** The one row of the head, which the migration writes. */
export const headIn = (em: EntityManager) => em.findOneOrFail(RegistryHeadRow, { id: 1 });

type StoredSubgraph = Pick<InferEntity<typeof SubgraphRow>, 'name' | 'url' | 'generation' | 'createdAt' | 'createdBy'>;
type StoredVersion = Pick<
  InferEntity<typeof SubgraphVersionRow>,
  'subgraph' | 'version' | 'hash' | 'commit' | 'author' | 'publishedAt' | 'publishedBy'
>;
type StoredSummary = Pick<
  InferEntity<typeof SupergraphVersionRow>,
  'version' | 'members' | 'cause' | 'reason' | 'withdrawn' | 'servedAt' | 'servedBy'
>;

const subgraphOf = ({ name, url, generation, createdAt, createdBy }: StoredSubgraph): RegisteredSubgraph => ({
  ...{ name, generation, createdAt, createdBy },
  urls: url ? url.split(',') : [],
});

function versionOf(row: StoredVersion): SubgraphVersion {
  const { subgraph, version, hash, commit = null, author = null, publishedAt, publishedBy } = row;
  return { subgraph, version, hash, commit, author, publishedAt, publishedBy };
}

function summaryOf(row: StoredSummary): SupergraphSummary {
  const { version, cause, reason = null, servedAt, servedBy } = row;
  const [members, withdrawn] = [row.members, row.withdrawn].map((json) => JSON.parse(json) as unknown);
  return {
    ...{ version, cause, reason, servedAt, servedBy },
    members: members as Members,
    withdrawn: withdrawn as string[],
  };
}
