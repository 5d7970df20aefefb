create table mail (
  order_id text not null,
  kind text not null,
  state text not null,
  due_at integer null,
  tries integer not null,
  sent_at integer null,
  primary key (order_id, kind),
  foreign key (order_id) references order_head (id)
);
create index mail_due on mail (due_at);
