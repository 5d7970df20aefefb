create table order_head (
  id text not null primary key,
  number text not null unique,
  account text not null,
  status text not null,
  version integer not null,
  amount integer not null,
  currency text not null,
  placed_at integer not null,
  hold_by integer not null,
  pay_by integer not null,
  departs_at integer not null,
  due_at integer null,
  ticketing_due_at integer null,
  ticketing_tries integer not null,
  payment_id text null,
  email text null,
  phone text null
);
create index order_account on order_head (account, id);
create index order_departure on order_head (account, departs_at, id);
create index order_due on order_head (due_at);
create index order_ticketing_due on order_head (ticketing_due_at);
create index order_status on order_head (status, id);
create table order_item (
  id text not null primary key,
  order_id text not null,
  position integer not null,
  offer json not null,
  foreign key (order_id) references order_head (id)
);
create index order_item_order on order_item (order_id, position);
create table order_traveller (
  id text not null primary key,
  order_id text not null,
  position integer not null,
  item text not null,
  type text not null,
  price integer not null,
  person json null,
  cancellation text null,
  foreign key (order_id) references order_head (id)
);
create index order_traveller_order on order_traveller (order_id, position);
create table ticket (
  id text not null primary key,
  order_id text not null,
  traveller text not null unique,
  number text not null unique,
  token text not null unique,
  issued_at integer not null,
  cancelled_at integer null,
  foreign key (order_id) references order_head (id)
);
create index ticket_order on ticket (order_id);
create table cancellation (
  id text not null primary key,
  order_id text not null,
  fee integer not null,
  refund integer not null,
  at integer not null,
  tickets_taken_back_at integer null,
  foreign key (order_id) references order_head (id)
);
create index cancellation_order on cancellation (order_id);
create table order_refund (
  id text not null primary key,
  order_id text not null,
  payment_id text not null,
  amount integer not null,
  currency text not null,
  because text not null,
  cancellation text null,
  state text not null,
  foreign key (order_id) references order_head (id)
);
create index order_refund_order on order_refund (order_id);
create table timeline_entry (
  order_id text not null,
  version integer not null,
  step text not null,
  status text not null,
  cause text not null,
  because text null,
  at integer not null,
  trace_id text null,
  primary key (order_id, version)
);
create table idempotency_key (
  account text not null,
  operation text not null,
  `key` text not null,
  hash text not null,
  order_id text not null,
  at integer not null,
  primary key (account, operation, `key`)
);
