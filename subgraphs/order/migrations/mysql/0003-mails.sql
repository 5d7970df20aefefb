create table mail (
  order_id varchar(64) not null,
  kind varchar(16) not null,
  state varchar(16) not null,
  due_at bigint null,
  tries integer not null,
  sent_at bigint null,
  primary key (order_id, kind),
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index mail_due on mail (due_at);
