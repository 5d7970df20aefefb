CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-departures.sql', 1795892992000);
insert into "mikro_orm_migrations" values (5, '0002-holds.sql', 1795892992000);
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
insert into "inbox" values ('open-departures', 'evt_01m8hs0qmbenfsr54meqmxypzp', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0r52enfsr55v2ttzkn9w', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0rjgenfsr571xd3n0gvs', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0s0tenfsr58dvw5v873b', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0sa2enfsr59ma7smkxms', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0sm0enfsr5agz45h1k96', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0sybenfsr5caw8egkg8s', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0t30enfsr5d0eapeeq78', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0taxenfsr5epfczmdsrd', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0thhenfsr5frd0sc1kvv', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0trdenfsr5grr64t0bj3', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0v0yenfsr5j3p28gxqny', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0v6cenfsr5k2rceb4w5c', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0vgcenfsr5mgk87gwccc', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0vrqenfsr5nzaaw1nvyk', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0vykenfsr5q6y2pc2j07', 1772366400000);
insert into "inbox" values ('hold-stock', 'evt_01m8hs0w52enfsr5r13veeqffq', 1772366400000);
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 11);
CREATE TABLE departure (
  id text not null primary key,
  carrier text not null,
  flight_number text null,
  origin text not null,
  destination text not null,
  departs text not null,
  cabin text not null,
  filed integer not null,
  total integer not null,
  available integer not null,
  held integer not null,
  sold integer not null, revision integer not null default 1,
  check (available >= 0 and held >= 0 and sold >= 0 and available + held + sold = total)
);
insert into "departure" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', '6E', '2131', 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', 1, 9, 6, 1, 2, 14);
insert into "departure" values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', '6E', '2132', 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', 1, 1, 0, 1, 0, 2);
CREATE TABLE hold (
  id text not null primary key,
  state text not null,
  revision integer not null,
  returns text not null
);
insert into "hold" values ('ord_01m8hs0r4xenfsr55kerk4v712', 'CONFIRMED', 2, '[]');
insert into "hold" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'RETURNED', 3, '["can_01m8hs0s0qenfsr5805f7myaef_1"]');
insert into "hold" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'RELEASED', 2, '[]');
insert into "hold" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 'RETURNED', 3, '["can_01m8hs0tavenfsr5eefn5x0y5h_1"]');
insert into "hold" values ('ord_01m8hs0v0venfsr5hx146exn8z', 'HELD', 1, '[]');
insert into "hold" values ('ord_01m8hs0v6aenfsr5jzrhakk459', 'TOMBSTONE', 1, '[]');
insert into "hold" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 'CONFIRMED', 2, '[]');
insert into "hold" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 'HELD', 1, '[]');
CREATE TABLE hold_line (
  hold text not null,
  departure text not null,
  seats integer not null,
  returned integer not null,
  primary key (hold, departure),
  check (seats > 0 and returned between 0 and seats)
);
insert into "hold_line" values ('ord_01m8hs0r4xenfsr55kerk4v712', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into "hold_line" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 1);
insert into "hold_line" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into "hold_line" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 1);
insert into "hold_line" values ('ord_01m8hs0v0venfsr5hx146exn8z', 'dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 1, 0);
insert into "hold_line" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into "hold_line" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
CREATE TABLE seat_ledger (
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
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 'OPENED', null, 'evt_01m8hs0qmbenfsr54meqmxypzp', 9, 0, 0, 1772366400000);
insert into "seat_ledger" values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 1, 'OPENED', null, 'evt_01m8hs0qmbenfsr54meqmxypzp', 1, 0, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 2, 'HELD', 'ord_01m8hs0r4xenfsr55kerk4v712', 'evt_01m8hs0r52enfsr55v2ttzkn9w', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 3, 'CONFIRMED', 'ord_01m8hs0r4xenfsr55kerk4v712', 'evt_01m8hs0rjgenfsr571xd3n0gvs', 0, -1, 1, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 4, 'HELD', 'ord_01m8hs0s0qenfsr5805f7myaef', 'evt_01m8hs0s0tenfsr58dvw5v873b', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 5, 'CONFIRMED', 'ord_01m8hs0s0qenfsr5805f7myaef', 'evt_01m8hs0sa2enfsr59ma7smkxms', 0, -1, 1, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 6, 'RETURNED', 'ord_01m8hs0s0qenfsr5805f7myaef', 'evt_01m8hs0sm0enfsr5agz45h1k96', 1, 0, -1, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 7, 'HELD', 'ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'evt_01m8hs0sybenfsr5caw8egkg8s', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 8, 'RELEASED', 'ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'evt_01m8hs0t30enfsr5d0eapeeq78', 1, -1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 9, 'HELD', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'evt_01m8hs0taxenfsr5epfczmdsrd', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 10, 'CONFIRMED', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'evt_01m8hs0thhenfsr5frd0sc1kvv', 0, -1, 1, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 11, 'RETURNED', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'evt_01m8hs0trdenfsr5grr64t0bj3', 1, 0, -1, 1772366400000);
insert into "seat_ledger" values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 2, 'HELD', 'ord_01m8hs0v0venfsr5hx146exn8z', 'evt_01m8hs0v0yenfsr5j3p28gxqny', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 12, 'HELD', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 'evt_01m8hs0vrqenfsr5nzaaw1nvyk', -1, 1, 0, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 13, 'CONFIRMED', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 'evt_01m8hs0vykenfsr5q6y2pc2j07', 0, -1, 1, 1772366400000);
insert into "seat_ledger" values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 14, 'HELD', 'ord_01m8hs0w50enfsr5qzr2rytx23', 'evt_01m8hs0w52enfsr5r13veeqffq', -1, 1, 0, 1772366400000);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX departure_by_time on departure (departs, id);
CREATE INDEX departure_by_route on departure (origin, destination, departs, id);
CREATE INDEX hold_line_by_departure on hold_line (departure);
