-- One hold for each order, and a ledger of every seat that ever moved: what is open already gets its first line.
alter table departure add column revision integer not null default 1;
create index departure_by_time on departure (departs, id);
create index departure_by_route on departure (origin, destination, departs, id);
create table hold (
  id text not null primary key,
  state text not null,
  revision integer not null,
  returns text not null
);
create table hold_line (
  hold text not null,
  departure text not null,
  seats integer not null,
  returned integer not null,
  primary key (hold, departure),
  check (seats > 0 and returned between 0 and seats)
);
create index hold_line_by_departure on hold_line (departure);
create table seat_ledger (
  departure text not null,
  revision integer not null,
  kind text not null,
  order_id text null,
  cause text not null,
  available integer not null,
  held integer not null,
  sold integer not null,
  at datetime not null,
  primary key (departure, revision)
);
insert into seat_ledger (departure, revision, kind, order_id, cause, available, held, sold, at)
  select id, 1, 'OPENED', null, 'migration', available, held, sold, cast(unixepoch('subsec') * 1000 as integer) from departure;
