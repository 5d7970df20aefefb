-- What was published, what was served when, and who decided it: rows that are added and never changed, but for the head.
create table subgraph (
  name text not null primary key,
  url text,
  generation integer not null,
  token_hash text unique,
  token_ends_at datetime,
  created_at datetime not null,
  created_by text not null,
  deleted_at datetime
);
create table subgraph_version (
  subgraph text not null,
  version integer not null,
  sdl text not null,
  hash text not null,
  url text,
  commit_id text,
  author text,
  check_id text not null,
  published_at datetime not null,
  published_by text not null,
  primary key (subgraph, version)
);
create index subgraph_version_by_hash on subgraph_version (subgraph, hash);
create table schema_check (
  id text not null primary key,
  cause text not null,
  subgraphs text not null,
  passed integer not null,
  findings text not null,
  checked_at datetime not null,
  checked_by text not null
);
create table supergraph_version (
  version integer not null primary key,
  supergraph_sdl text not null,
  api_sdl text not null,
  permissions text not null,
  members text not null,
  cause text not null,
  reason text,
  check_id text,
  withdrawn text not null,
  served_at datetime not null,
  served_by text not null
);
create table registry_head (
  id integer not null primary key,
  revision integer not null,
  supergraph integer
);
insert into registry_head (id, revision, supergraph) values (1, 0, null);
create table approval (
  id text not null primary key,
  change_hash text not null,
  reason text not null,
  approved_at datetime not null,
  approved_by text not null,
  expires_at datetime not null
);
create index approval_by_change on approval (change_hash, expires_at);
create table pushed_document (
  id text not null primary key,
  revision integer not null,
  document text not null,
  client text not null,
  pushed_at datetime not null,
  pushed_by text not null
);
create index pushed_document_by_revision on pushed_document (revision, id);
create table gateway_report (
  gateway text not null primary key,
  supergraph integer,
  failed integer,
  reported_at datetime not null
);
create index gateway_report_by_time on gateway_report (reported_at);
