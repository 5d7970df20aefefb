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
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX dead_letter_lane on dead_letter (lane, state);
CREATE INDEX dead_letter_consumer on dead_letter (consumer, state, position);
CREATE INDEX dead_letter_settled on dead_letter (settled_at);
