create table order_head (
  id varchar(64) not null primary key,
  number varchar(16) not null unique,
  account varchar(64) not null,
  status varchar(32) not null,
  version integer not null,
  amount bigint not null,
  currency varchar(3) not null,
  placed_at bigint not null,
  hold_by bigint not null,
  pay_by bigint not null,
  departs_at bigint not null,
  due_at bigint null,
  ticketing_due_at bigint null,
  ticketing_tries integer not null,
  payment_id varchar(64) null,
  email varchar(254) null,
  phone varchar(32) null
) character set utf8mb4 collate utf8mb4_bin;
create index order_account on order_head (account, id);
create index order_departure on order_head (account, departs_at, id);
create index order_due on order_head (due_at);
create index order_ticketing_due on order_head (ticketing_due_at);
create index order_status on order_head (status, id);
create table order_item (
  id varchar(64) not null primary key,
  order_id varchar(64) not null,
  position integer not null,
  offer json not null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index order_item_order on order_item (order_id, position);
create table order_traveller (
  id varchar(64) not null primary key,
  order_id varchar(64) not null,
  position integer not null,
  item varchar(64) not null,
  type varchar(16) not null,
  price bigint not null,
  person json null,
  cancellation varchar(64) null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index order_traveller_order on order_traveller (order_id, position);
create table ticket (
  id varchar(64) not null primary key,
  order_id varchar(64) not null,
  traveller varchar(64) not null unique,
  number varchar(32) not null unique,
  token varchar(64) not null unique,
  issued_at bigint not null,
  cancelled_at bigint null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index ticket_order on ticket (order_id);
create table cancellation (
  id varchar(64) not null primary key,
  order_id varchar(64) not null,
  fee bigint not null,
  refund bigint not null,
  at bigint not null,
  tickets_taken_back_at bigint null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index cancellation_order on cancellation (order_id);
create table order_refund (
  id varchar(64) not null primary key,
  order_id varchar(64) not null,
  payment_id varchar(64) not null,
  amount bigint not null,
  currency varchar(3) not null,
  because varchar(64) not null,
  cancellation varchar(64) null,
  state varchar(16) not null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index order_refund_order on order_refund (order_id);
create table timeline_entry (
  order_id varchar(64) not null,
  version integer not null,
  step varchar(32) not null,
  status varchar(32) not null,
  cause varchar(64) not null,
  because varchar(255) null,
  at bigint not null,
  trace_id varchar(32) null,
  primary key (order_id, version)
) character set utf8mb4 collate utf8mb4_bin;
create table idempotency_key (
  account varchar(64) not null,
  operation varchar(32) not null,
  `key` varchar(100) not null,
  hash varchar(64) not null,
  order_id varchar(64) not null,
  at bigint not null,
  primary key (account, operation, `key`)
) character set utf8mb4 collate utf8mb4_bin;
