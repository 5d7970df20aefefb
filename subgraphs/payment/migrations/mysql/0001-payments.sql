create table payable (
  order_id varchar(64) not null primary key,
  account varchar(64) null,
  amount bigint not null,
  currency varchar(3) not null,
  pay_by bigint not null,
  state varchar(16) not null
) character set utf8mb4 collate utf8mb4_bin;
create table payment (
  id varchar(64) not null primary key,
  order_id varchar(64) null,
  account varchar(64) not null,
  method varchar(16) not null,
  amount bigint not null,
  currency varchar(3) not null,
  status varchar(16) not null,
  captured bigint not null,
  captured_currency varchar(3) null,
  refund_due bigint not null,
  refunded bigint not null,
  failure varchar(100) null,
  intent varchar(255) null,
  page_url text null,
  started_at bigint not null,
  decided_at bigint null,
  ask_at bigint null,
  asked integer not null,
  claimed_until bigint not null,
  version integer not null,
  check (refunded <= refund_due and refund_due <= captured)
) character set utf8mb4 collate utf8mb4_bin;
create index payment_order on payment (order_id, started_at);
create index payment_ask on payment (ask_at);
create table refund (
  id varchar(64) not null primary key,
  payment_id varchar(64) not null,
  order_id varchar(64) not null,
  amount bigint not null,
  currency varchar(3) not null,
  because varchar(255) not null,
  status varchar(16) not null,
  refusal varchar(64) null,
  provider_refund varchar(255) null,
  due_since bigint not null,
  paid_back_at bigint null,
  try_at bigint null,
  failures integer not null
) character set utf8mb4 collate utf8mb4_bin;
create index refund_order on refund (order_id, due_since);
create index refund_try on refund (try_at);
create table wallet (
  account varchar(64) not null,
  currency varchar(3) not null,
  balance bigint not null,
  primary key (account, currency),
  check (balance >= 0)
) character set utf8mb4 collate utf8mb4_bin;
create table ledger_entry (
  position bigint not null primary key auto_increment,
  transaction_id varchar(64) not null,
  ledger varchar(80) not null,
  currency varchar(3) not null,
  amount bigint not null,
  movement varchar(16) not null,
  payment_id varchar(64) not null,
  entered_at bigint not null,
  unique (transaction_id, ledger, movement)
) character set utf8mb4 collate utf8mb4_bin;
create index ledger_entry_ledger on ledger_entry (ledger, currency, position);
create table key_use (
  account varchar(64) not null,
  operation varchar(32) not null,
  idempotency_key varchar(255) not null,
  hash varchar(64) not null,
  payment_id varchar(64) not null,
  primary key (account, operation, idempotency_key)
) character set utf8mb4 collate utf8mb4_bin;
create table webhook_inbox (
  id varchar(255) not null primary key,
  reference varchar(100) not null,
  intent text not null,
  received_at bigint not null,
  taken boolean not null
) character set utf8mb4 collate utf8mb4_bin;
create index webhook_inbox_reference on webhook_inbox (reference);
