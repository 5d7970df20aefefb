-- What every room has: events on their way out, and marks of those taken in.
create table outbox (
  position bigint not null primary key auto_increment,
  event mediumtext not null
) character set utf8mb4 collate utf8mb4_bin;
create table inbox (
  consumer varchar(64) not null,
  event varchar(64) not null,
  taken_at datetime(3) not null,
  primary key (consumer, event)
) character set utf8mb4 collate utf8mb4_bin;
