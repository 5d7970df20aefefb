create table account (
  id varchar(64) not null primary key,
  email varchar(254) not null unique,
  name varchar(100) not null,
  password varchar(255) not null,
  roles varchar(255) not null,
  revision integer not null
) character set utf8mb4 collate utf8mb4_bin;
create table session (
  id varchar(64) not null primary key,
  account varchar(64) not null,
  family_hash varchar(64) not null,
  refresh_hash varchar(64) not null,
  previous_hash varchar(64) null,
  started_at bigint not null,
  used_at bigint not null,
  expires_at bigint not null,
  foreign key (account) references account (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index session_account on session (account, used_at);
create table saved_traveller (
  id varchar(64) not null primary key,
  account varchar(64) not null,
  name varchar(100) not null,
  birth_date varchar(10) not null,
  document_kind varchar(16) null,
  document_number varchar(20) null,
  document_country varchar(2) null,
  document_expires_on varchar(10) null,
  foreign key (account) references account (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index saved_traveller_account on saved_traveller (account, name);
create table tries (
  subject varchar(64) not null primary key,
  count integer not null,
  until bigint not null
) character set utf8mb4 collate utf8mb4_bin;
create index tries_until on tries (until);
create table token_key (
  id varchar(64) not null primary key,
  secret text not null,
  public text not null,
  signs_from bigint not null
) character set utf8mb4 collate utf8mb4_bin;
