create table payable (
  order_id text not null primary key,
  account text null,
  amount integer not null,
  currency text not null,
  pay_by integer not null,
  state text not null
);
create table payment (
  id text not null primary key,
  order_id text null,
  account text not null,
  method text not null,
  amount integer not null,
  currency text not null,
  status text not null,
  captured integer not null,
  captured_currency text null,
  refund_due integer not null,
  refunded integer not null,
  failure text null,
  intent text null,
  page_url text null,
  started_at integer not null,
  decided_at integer null,
  ask_at integer null,
  asked integer not null,
  claimed_until integer not null,
  version integer not null,
  check (refunded <= refund_due and refund_due <= captured)
);
create index payment_order on payment (order_id, started_at);
create index payment_ask on payment (ask_at);
create table refund (
  id text not null primary key,
  payment_id text not null,
  order_id text not null,
  amount integer not null,
  currency text not null,
  because text not null,
  status text not null,
  refusal text null,
  provider_refund text null,
  due_since integer not null,
  paid_back_at integer null,
  try_at integer null,
  failures integer not null
);
create index refund_order on refund (order_id, due_since);
create index refund_try on refund (try_at);
create table wallet (
  account text not null,
  currency text not null,
  balance integer not null,
  primary key (account, currency),
  check (balance >= 0)
);
create table ledger_entry (
  position integer primary key autoincrement,
  transaction_id text not null,
  ledger text not null,
  currency text not null,
  amount integer not null,
  movement text not null,
  payment_id text not null,
  entered_at integer not null,
  unique (transaction_id, ledger, movement)
);
create index ledger_entry_ledger on ledger_entry (ledger, currency, position);
create table key_use (
  account text not null,
  operation text not null,
  idempotency_key text not null,
  hash text not null,
  payment_id text not null,
  primary key (account, operation, idempotency_key)
);
create table webhook_inbox (
  id text not null primary key,
  reference text not null,
  intent text not null,
  received_at integer not null,
  taken integer not null
);
create index webhook_inbox_reference on webhook_inbox (reference);
