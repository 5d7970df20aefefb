CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-dead-letters.sql', 1795892992000);
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
insert into "lease" values ('replay open-departures', null, 1);
CREATE TABLE dead_letter (
  position integer not null primary key autoincrement,
  id text not null unique,
  consumer text not null,
  lane text not null,
  state text not null,
  topic text not null,
  `partition` integer not null,
  `offset` text not null,
  `key` text,
  value text,
  headers text not null,
  cause text not null,
  parked_at datetime not null,
  settled_at datetime,
  settled_by text
);
insert into "dead_letter" values (1, 'dlt_3d1838bcb53d435c76ae5c968df868b0', 'open-departures', '6e6497f232d52396d9e0f74757e3b88a', 'DEAD', 'departures', 1, '1', 'waiting', '{', '{}', 'Error: not JSON', 1772366406000, null, null);
insert into "dead_letter" values (2, 'dlt_ad36bbcbd48c0fcbe8bab0ae023dbaf7', 'open-departures', '6e6497f232d52396d9e0f74757e3b88a', 'BEHIND', 'departures', 1, '3', 'waiting', '{"specversion":"1.0","id":"evt_01m8nxfj7eexyvrjsq9epmjepv","source":"/fare","type":"departure.scheduled","subject":"waiting","time":"2026-03-01T12:00:06.000Z","sequence":1,"schemaversion":1,"data":{"departures":[{"carrier":"6E","flightNumber":"2190","origin":"DEL","destination":"BLR","id":"dep_behind_waiting","departs":"2026-03-25T22:20","cabin":"ECONOMY","capacity":5}]}}', '{}', 'waits behind an earlier message of its key', 1772366406000, null, null);
insert into "dead_letter" values (3, 'dlt_93cbdc8b4f6175b9b2510a9a27ef8f87', 'open-departures', 'c24396927fc7266c56432c1530bbf7af', 'DISCARDED', 'departures', 4, '4', 'settled', '{', '{}', 'Error: not JSON', 1772366406000, 1772366406000, 'acc_01m8nxfj4eexyvrjrgkkrdk7bk');
insert into "dead_letter" values (4, 'dlt_96cb4c50fcd6eb90af1bbac521d6edc1', 'open-departures', 'c24396927fc7266c56432c1530bbf7af', 'REPLAYED', 'departures', 4, '6', 'settled', '{"specversion":"1.0","id":"evt_01m8nxfjdcexyvrjswjgqdk3y3","source":"/fare","type":"departure.scheduled","subject":"settled","time":"2026-03-01T12:00:06.000Z","sequence":1,"schemaversion":1,"data":{"departures":[{"carrier":"6E","flightNumber":"2191","origin":"DEL","destination":"BLR","id":"dep_behind_settled","departs":"2026-03-25T22:20","cabin":"ECONOMY","capacity":5}]}}', '{}', 'waits behind an earlier message of its key', 1772366406000, 1772366406000, null);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX dead_letter_lane on dead_letter (lane, state);
CREATE INDEX dead_letter_consumer on dead_letter (consumer, state, position);
CREATE INDEX dead_letter_settled on dead_letter (settled_at);
