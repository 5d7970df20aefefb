-- What was published, what was served when, and who decided it: rows that are added and never changed, but for the head.
create table subgraph (
  name varchar(40) not null primary key,
  url varchar(1000),
  generation integer not null,
  token_hash varchar(64) unique,
  token_ends_at datetime(3),
  created_at datetime(3) not null,
  created_by varchar(255) not null,
  deleted_at datetime(3)
) character set utf8mb4 collate utf8mb4_bin;
create table subgraph_version (
  subgraph varchar(40) not null,
  version integer not null,
  sdl longtext not null,
  hash varchar(64) not null,
  url varchar(1000),
  commit_id varchar(255),
  author varchar(255),
  check_id varchar(64) not null,
  published_at datetime(3) not null,
  published_by varchar(255) not null,
  primary key (subgraph, version)
) character set utf8mb4 collate utf8mb4_bin;
create index subgraph_version_by_hash on subgraph_version (subgraph, hash);
create table schema_check (
  id varchar(64) not null primary key,
  cause varchar(64) not null,
  subgraphs mediumtext not null,
  passed integer not null,
  findings longtext not null,
  checked_at datetime(3) not null,
  checked_by varchar(255) not null
) character set utf8mb4 collate utf8mb4_bin;
create table supergraph_version (
  version integer not null primary key,
  supergraph_sdl longtext not null,
  api_sdl longtext not null,
  permissions mediumtext not null,
  members mediumtext not null,
  cause varchar(64) not null,
  reason mediumtext,
  check_id varchar(64),
  withdrawn mediumtext not null,
  served_at datetime(3) not null,
  served_by varchar(255) not null
) character set utf8mb4 collate utf8mb4_bin;
create table registry_head (
  id integer not null primary key,
  revision integer not null,
  supergraph integer
) character set utf8mb4 collate utf8mb4_bin;
insert into registry_head (id, revision, supergraph) values (1, 0, null);
create table approval (
  id varchar(64) not null primary key,
  change_hash varchar(64) not null,
  reason mediumtext not null,
  approved_at datetime(3) not null,
  approved_by varchar(255) not null,
  expires_at datetime(3) not null
) character set utf8mb4 collate utf8mb4_bin;
create index approval_by_change on approval (change_hash, expires_at);
create table pushed_document (
  id varchar(64) not null primary key,
  revision integer not null,
  document mediumtext not null,
  client varchar(255) not null,
  pushed_at datetime(3) not null,
  pushed_by varchar(255) not null
) character set utf8mb4 collate utf8mb4_bin;
create index pushed_document_by_revision on pushed_document (revision, id);
create table gateway_report (
  gateway varchar(64) not null primary key,
  supergraph integer,
  failed integer,
  reported_at datetime(3) not null
) character set utf8mb4 collate utf8mb4_bin;
create index gateway_report_by_time on gateway_report (reported_at);
