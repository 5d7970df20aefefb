-- An order owes a mail for each refund that does not end it; the other kinds have no refund.
create table mail_by_refund (
  order_id text not null,
  kind text not null,
  refund text not null default '',
  state text not null,
  due_at integer null,
  tries integer not null,
  sent_at integer null,
  event text null,
  primary key (order_id, kind, refund),
  foreign key (order_id) references order_head (id)
);
insert into mail_by_refund (order_id, kind, state, due_at, tries, sent_at, event)
  select order_id, kind, state, due_at, tries, sent_at, event from mail;
drop table mail;
alter table mail_by_refund rename to mail;
create index mail_due on mail (due_at);
