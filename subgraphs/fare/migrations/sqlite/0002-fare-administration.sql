-- Fares are changed and withdrawn by managers: every change is kept, and so is what a fare was filed as before.
alter table fare add column revision integer not null default 1;
alter table fare add column withdrawn integer not null default 0;
alter table fare add column filed_at datetime null;
alter table fare add column filed_by text null;
create table fare_history (
  fare text not null,
  revision integer not null,
  kind text not null,
  changed_at datetime not null,
  changed_by text null,
  terms_before text null,
  terms_after text not null,
  primary key (fare, revision)
);
create table fare_former_identity (
  identity text not null primary key,
  fare text not null
);
