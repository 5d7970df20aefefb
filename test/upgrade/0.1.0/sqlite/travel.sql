CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-guides.sql', 1795892992000);
CREATE TABLE outbox (
  position integer not null primary key autoincrement,
  event text not null
);
CREATE TABLE inbox (
  consumer text not null,
  event text not null,
  taken_at datetime not null,
  primary key (consumer, event)
);
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 0);
CREATE TABLE guide (
  airport text not null primary key,
  summary text null
);
CREATE TABLE sight (
  id text not null primary key,
  airport text not null references guide (airport) on delete cascade,
  name text not null,
  kind text not null,
  rating integer not null check (rating = 0 or rating between 10 and 50)
);
CREATE TABLE stay (
  id text not null primary key,
  airport text not null references guide (airport) on delete cascade,
  name text not null,
  nightly_price integer not null check (nightly_price >= 0),
  currency text not null,
  rating integer not null check (rating = 0 or rating between 10 and 50),
  review_count integer not null
);
CREATE TABLE review (
  id text not null primary key,
  stay text not null references stay (id) on delete cascade,
  rating integer not null check (rating between 1 and 5),
  text text not null,
  stayed_on text not null
);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX sight_by_rating on sight (airport, rating desc, id);
CREATE INDEX stay_by_rating on stay (airport, rating desc, id);
CREATE INDEX review_by_date on review (stay, stayed_on desc, id);
