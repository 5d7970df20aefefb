-- Who relays the outbox: one process at a time.
create table lease (
  name varchar(64) not null primary key,
  holder varchar(64),
  turn bigint not null
) character set utf8mb4 collate utf8mb4_bin;
insert into lease (name, holder, turn) values ('relay-outbox', null, 0);
