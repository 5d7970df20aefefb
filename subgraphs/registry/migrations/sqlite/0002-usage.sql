-- What clients use: operations, and how often each client sent them, by the hour.
create table used_operation (
  id text not null primary key,
  name text not null,
  document text,
  coordinates text not null,
  first_seen datetime not null
);
create table operation_use (
  starts_at datetime not null,
  operation text not null,
  client text not null,
  client_version text not null,
  uses integer not null,
  last_seen datetime not null,
  primary key (starts_at, operation, client, client_version)
);
create index operation_use_by_operation on operation_use (operation, starts_at);
