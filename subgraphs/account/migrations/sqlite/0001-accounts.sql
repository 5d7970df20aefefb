create table account (
  id text not null primary key,
  email text not null unique,
  name text not null,
  password text not null,
  roles text not null,
  revision integer not null
);
create table session (
  id text not null primary key,
  account text not null references account (id) on delete cascade,
  family_hash text not null,
  refresh_hash text not null,
  previous_hash text null,
  started_at integer not null,
  used_at integer not null,
  expires_at integer not null
);
create index session_account on session (account, used_at);
create table saved_traveller (
  id text not null primary key,
  account text not null references account (id) on delete cascade,
  name text not null,
  birth_date text not null,
  document_kind text null,
  document_number text null,
  document_country text null,
  document_expires_on text null
);
create index saved_traveller_account on saved_traveller (account, name);
create table tries (
  subject text not null primary key,
  count integer not null,
  until integer not null
);
create index tries_until on tries (until);
create table token_key (
  id text not null primary key,
  secret text not null,
  public text not null,
  signs_from integer not null
);
