-- What clients use: operations, and how often each client sent them, by the hour.
create table used_operation (
  id varchar(64) not null primary key,
  name varchar(255) not null,
  document mediumtext,
  coordinates mediumtext not null,
  first_seen datetime(3) not null
) character set utf8mb4 collate utf8mb4_bin;
create table operation_use (
  starts_at datetime(3) not null,
  operation varchar(64) not null,
  client varchar(255) not null,
  client_version varchar(255) not null,
  uses integer not null,
  last_seen datetime(3) not null,
  primary key (starts_at, operation, client, client_version)
) character set utf8mb4 collate utf8mb4_bin;
create index operation_use_by_operation on operation_use (operation, starts_at);
