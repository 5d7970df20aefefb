-- Messages that a consumer could not take in, and those that wait behind them.
create table dead_letter (
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
create index dead_letter_lane on dead_letter (lane, state);
create index dead_letter_consumer on dead_letter (consumer, state, position);
create index dead_letter_settled on dead_letter (settled_at);
