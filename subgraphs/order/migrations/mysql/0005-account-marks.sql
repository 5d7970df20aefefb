create table account_mark (
  account varchar(64) not null primary key,
  deleted_at bigint null
) character set utf8mb4 collate utf8mb4_bin;
