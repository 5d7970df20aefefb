-- Messages that a consumer could not take in, and those that wait behind them.
create table dead_letter (
  position bigint not null primary key auto_increment,
  id varchar(64) not null unique,
  consumer varchar(64) not null,
  lane varchar(64) not null,
  state varchar(16) not null,
  topic varchar(255) not null,
  `partition` integer not null,
  `offset` varchar(32) not null,
  `key` mediumtext,
  value mediumtext,
  headers mediumtext not null,
  cause text not null,
  parked_at datetime(3) not null,
  settled_at datetime(3),
  settled_by varchar(128)
) character set utf8mb4 collate utf8mb4_bin;
create index dead_letter_lane on dead_letter (lane, state);
create index dead_letter_consumer on dead_letter (consumer, state, position);
create index dead_letter_settled on dead_letter (settled_at);
