// The tables of the registry. Rows are added and never changed, but for subgraphs, the head and gateway reports.
import { join } from 'node:path';
import { defineEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { ChangeCause, CheckCause } from '../rules/served.ts';

/** A subgraph that may be published. */
export const SubgraphRow = defineEntity({
  name: 'Subgraph',
  tableName: 'subgraph',
  properties: (p) => ({
    name: p.string().primary(),
    url: p.string().nullable(), // its replicas by comma; null for a subgraph of this system, which the gateway's settings locate
    generation: p.integer(), // counts up with every team that gets the name: its keys are not those of the team before
    tokenHash: p.string().nullable(),
    tokenEndsAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    createdBy: p.string(),
    deletedAt: p.datetime(3).nullable(),
  }),
});

/** A version of a subgraph's SDL, whether it was ever served or not. */
export const SubgraphVersionRow = defineEntity({
  name: 'SubgraphVersion',
  tableName: 'subgraph_version',
  properties: (p) => ({
    subgraph: p.string().primary(),
    version: p.integer().primary(),
    sdl: p.text(),
    hash: p.string(),
    url: p.string().nullable(),
    commit: p.string().name('commit_id').nullable(),
    author: p.string().nullable(),
    checkId: p.string(),
    publishedAt: p.datetime(3),
    publishedBy: p.string(),
  }),
});

/** What a check found. */
export const SchemaCheckRow = defineEntity({
  name: 'SchemaCheck',
  tableName: 'schema_check',
  properties: (p) => ({
    id: p.string().primary(),
    cause: p.string().$type<CheckCause>(),
    subgraphs: p.text(), // their names, by comma
    passed: p.integer().$type<0 | 1>(),
    findings: p.text(), // JSON
    checkedAt: p.datetime(3),
    checkedBy: p.string(),
  }),
});

/** A supergraph that was served. */
export const SupergraphVersionRow = defineEntity({
  name: 'SupergraphVersion',
  tableName: 'supergraph_version',
  properties: (p) => ({
    version: p.integer().primary(),
    supergraphSdl: p.text(),
    apiSdl: p.text(),
    permissions: p.text(), // JSON
    members: p.text(), // JSON
    cause: p.string().$type<ChangeCause>(),
    reason: p.text().nullable(),
    checkId: p.string().nullable(), // null where nothing was checked: the first start, and what was forced
    withdrawn: p.text(), // JSON: the versions that this one took back, as ["loyalty@3"]
    servedAt: p.datetime(3),
    servedBy: p.string(),
  }),
});

/** One row. Every change of what is served counts `revision` up: of two concurrent changes one finds it changed. */
export const RegistryHeadRow = defineEntity({
  name: 'RegistryHead',
  tableName: 'registry_head',
  properties: (p) => ({
    id: p.integer().primary(),
    revision: p.integer(),
    supergraph: p.integer().nullable(),
  }),
});

/** Lets one breaking change pass. */
export const ApprovalRow = defineEntity({
  name: 'Approval',
  tableName: 'approval',
  properties: (p) => ({
    id: p.string().primary(),
    change: p.string().name('change_hash'),
    reason: p.text(),
    approvedAt: p.datetime(3),
    approvedBy: p.string(),
    expiresAt: p.datetime(3),
  }),
});

/** A document that a client pushed: it must stay valid. */
export const PushedDocumentRow = defineEntity({
  name: 'PushedDocument',
  tableName: 'pushed_document',
  properties: (p) => ({
    id: p.string().primary(), // the SHA-256 of the text, in hexadecimal digits
    revision: p.integer(), // of the head, which a push counts up: gateways ask for later ones
    document: p.text(),
    client: p.string(),
    pushedAt: p.datetime(3),
    pushedBy: p.string(),
  }),
});

/** What a gateway process serves, as it last reported. */
export const GatewayReportRow = defineEntity({
  name: 'GatewayReport',
  tableName: 'gateway_report',
  properties: (p) => ({
    gateway: p.string().primary(),
    supergraph: p.integer().nullable(), // null before it has got one from here
    failed: p.integer().nullable(), // the version that it could not load
    reportedAt: p.datetime(3),
  }),
});

/** An operation that clients sent, without the values in it. */
export const UsedOperationRow = defineEntity({
  name: 'UsedOperation',
  tableName: 'used_operation',
  properties: (p) => ({
    id: p.string().primary(),
    name: p.string(),
    document: p.text().nullable(), // null if it is too long to be kept
    coordinates: p.text(), // JSON
    firstSeen: p.datetime(3),
  }),
});

/** How often a client sent an operation in one hour. */
export const OperationUseRow = defineEntity({
  name: 'OperationUse',
  tableName: 'operation_use',
  properties: (p) => ({
    startsAt: p.datetime(3).primary(), // of the hour
    operation: p.string().primary(),
    client: p.string().primary(),
    clientVersion: p.string().primary(),
    uses: p.integer(),
    lastSeen: p.datetime(3),
  }),
});

export const registryTables: Tables = {
  database: 'registry',
  entities: [
    SubgraphRow,
    SubgraphVersionRow,
    SchemaCheckRow,
    SupergraphVersionRow,
    RegistryHeadRow,
    ApprovalRow,
    PushedDocumentRow,
    GatewayReportRow,
    UsedOperationRow,
    OperationUseRow,
  ],
  dir: join(import.meta.dirname, '..'),
};
