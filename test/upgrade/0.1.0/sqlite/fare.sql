CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-fares.sql', 1795892992000);
insert into "mikro_orm_migrations" values (5, '0002-fare-administration.sql', 1795892992000);
insert into "mikro_orm_migrations" values (6, '0003-sold-out.sql', 1795892992000);
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
insert into "inbox" values ('mark-sold-out', 'evt_01m8hs0vejenfsr5kvxns2tp1w', 1772366400000);
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 2);
CREATE TABLE fare (
  id text not null primary key,
  identity text not null unique,
  flight text not null,
  carrier text not null,
  flight_number text null,
  origin text not null,
  destination text not null,
  via text not null,
  departs text not null,
  arrives text not null,
  arrival_days integer not null,
  cabin text not null,
  brand text not null,
  traveller_type text not null,
  first_date text not null,
  last_date text not null,
  many_days integer not null,
  fare_basis text null,
  amount integer not null check (amount >= 0),
  currency text not null,
  note text null,
  capacity integer null, revision integer not null default 1, withdrawn integer not null default 0, filed_at datetime null, filed_by text null,
  check (first_date <= last_date)
);
insert into "fare" values ('fare_01m8hs0qm0enfsr53yb6dbm8zz', 'IP9shixczZ1ZK6I9P0-uG_', '3bZsTBgyik8jQUfA', '6E', '2131', 'DEL', 'BLR', '', '22:20', '01:10', 1, 'ECONOMY', 'STANDARD', 'ADULT', '2026-03-24', '2026-03-24', 0, null, 389700, 'INR', null, 9, 1, 0, 1772366400000, null);
insert into "fare" values ('fare_01m8hs0qm1enfsr54380w1w0tt', 'FzVsEnF-TMBVyWmMbdYV5F', 'Qz3Nc2RhgoPt5Gqt', '6E', '2132', 'DEL', 'BLR', '', '22:20', '01:10', 1, 'ECONOMY', 'STANDARD', 'ADULT', '2026-03-24', '2026-03-24', 0, null, 389700, 'INR', null, 1, 1, 0, 1772366400000, null);
CREATE TABLE route (
  id text not null primary key,
  revision integer not null
);
insert into "route" values ('DEL-BLR', 2);
CREATE TABLE fare_history (
  fare text not null,
  revision integer not null,
  kind text not null,
  changed_at datetime not null,
  changed_by text null,
  terms_before text null,
  terms_after text not null,
  primary key (fare, revision)
);
CREATE TABLE fare_former_identity (
  identity text not null primary key,
  fare text not null
);
CREATE TABLE sold_out_departure (
  departure text not null primary key,
  origin text not null,
  destination text not null,
  date text not null,
  sold_out integer not null,
  sequence integer not null
);
insert into "sold_out_departure" values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 'DEL', 'BLR', '2026-03-24', 1, 2);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX fare_by_first_date on fare (origin, destination, cabin, currency, many_days, first_date);
CREATE INDEX fare_by_last_date on fare (origin, destination, cabin, currency, many_days, last_date);
CREATE INDEX sold_out_departure_by_date on sold_out_departure (origin, destination, date);
