-- One hold for each order, and a ledger of every seat that ever moved: what is open already gets its first line.
alter table departure add column revision integer not null default 1;
create index departure_by_time on departure (departs, id);
create index departure_by_route on departure (origin, destination, departs, id);
create table hold (
  id varchar(64) not null primary key,
  state varchar(16) not null,
  revision integer not null,
  returns json not null
) character set utf8mb4 collate utf8mb4_bin;
create table hold_line (
  hold varchar(64) not null,
  departure varchar(255) not null,
  seats integer not null,
  returned integer not null,
  primary key (hold, departure),
  check (seats > 0 and returned between 0 and seats)
) character set utf8mb4 collate utf8mb4_bin;
create index hold_line_by_departure on hold_line (departure);
create table seat_ledger (
  departure varchar(255) not null,
  revision integer not null,
  kind varchar(16) not null,
  order_id varchar(64) null,
  cause varchar(255) not null,
  available integer not null,
  held integer not null,
  sold integer not null,
  at datetime(3) not null,
  primary key (departure, revision)
) character set utf8mb4 collate utf8mb4_bin;
insert into seat_ledger (departure, revision, kind, order_id, cause, available, held, sold, at)
  select id, 1, 'OPENED', null, 'migration', available, held, sold, utc_timestamp(3) from departure;
