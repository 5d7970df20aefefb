-- Who relays the outbox: one process at a time.
create table lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into lease (name, holder, turn) values ('relay-outbox', null, 0);
