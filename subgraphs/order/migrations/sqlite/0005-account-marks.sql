create table account_mark (
  account text not null primary key,
  deleted_at integer null
);
