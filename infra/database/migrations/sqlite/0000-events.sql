-- What every room has: events on their way out, and marks of those taken in.
create table outbox (
  position integer not null primary key autoincrement,
  event text not null
);
create table inbox (
  consumer text not null,
  event text not null,
  taken_at datetime not null,
  primary key (consumer, event)
);
