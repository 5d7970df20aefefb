-- Fares are changed and withdrawn by managers: every change is kept, and so is what a fare was filed as before.
alter table fare
  add column revision integer not null default 1,
  add column withdrawn boolean not null default false,
  add column filed_at datetime(3) null,
  add column filed_by varchar(64) null;
create table fare_history (
  fare varchar(64) not null,
  revision integer not null,
  kind varchar(16) not null,
  changed_at datetime(3) not null,
  changed_by varchar(64) null,
  terms_before json null,
  terms_after json not null,
  primary key (fare, revision)
) character set utf8mb4 collate utf8mb4_bin;
create table fare_former_identity (
  identity varchar(64) not null primary key,
  fare varchar(64) not null
) character set utf8mb4 collate utf8mb4_bin;
