CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-payments.sql', 1795892992000);
insert into "mikro_orm_migrations" values (5, '0002-payable-trace.sql', 1795892992000);
CREATE TABLE outbox (
  position integer not null primary key autoincrement,
  event text not null
);
CREATE TABLE inbox (
  consumer text not null,
  event text not null,
  taken_at datetime not null,
  primary key (consumer, event)
);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0r52enfsr55v2ttzkn9w', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0r8penfsr56a5kez31jp', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0rjgenfsr571xd3n0gvs', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0s0tenfsr58dvw5v873b', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0s3henfsr58rfxjr7ndd', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0sa2enfsr59ma7smkxms', 1772366400000);
insert into "inbox" values ('refund-payments', 'evt_01m8hs0sm0enfsr5ae2m0aq838', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0sybenfsr5caw8egkg8s', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0t08enfsr5crj35rdr6j', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0t30enfsr5d0eapeeq78', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0taxenfsr5epfczmdsrd', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0tcyenfsr5f1qge219yf', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0thhenfsr5frd0sc1kvv', 1772366400000);
insert into "inbox" values ('refund-payments', 'evt_01m8hs0trdenfsr5gnm56hqxxk', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0v0yenfsr5j3p28gxqny', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0v6cenfsr5k2rceb4w5c', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0vg4enfsr5me65vnz8qj', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0vgcenfsr5mgk87gwccc', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0vrqenfsr5nzaaw1nvyk', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0vtmenfsr5p8p6gj7scq', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0vykenfsr5q6y2pc2j07', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0w52enfsr5r13veeqffq', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0w79enfsr5rh6jzq1nxn', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0w94enfsr5rwsqyvak2k', 1772366400000);
insert into "inbox" values ('follow-orders', 'evt_01m8hs0wegenfsr5sykssmwxyn', 1772366400000);
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 5);
CREATE TABLE payable (
  order_id text not null primary key,
  account text null,
  amount integer not null,
  currency text not null,
  pay_by integer not null,
  state text not null
, traceparent text null);
insert into "payable" values ('ord_01m8hs0r4xenfsr55kerk4v712', 'acc_01m8hs0qx3enfsr54tfse6m1mv', 389700, 'INR', 1772367300000, 'PAID', '00-cc00db8b345e792b110678bf5f49dae4-37b44af28c999e25-00');
insert into "payable" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'acc_01m8hs0ryvenfsr57jswp51ze3', 389700, 'INR', 1772367300000, 'PAID', '00-d048d4abdd27df2ec39297b4212e07a4-d7032b22363a17f4-00');
insert into "payable" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'acc_01m8hs0sx4enfsr5bp8r9r8a31', 389700, 'INR', 1772367300000, 'CLOSED', '00-905a227961bde8ae2e9ff63aefe6231d-4d20143d17af5ee5-00');
insert into "payable" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 'acc_01m8hs0t9aenfsr5dxp6w47jrz', 389700, 'INR', 1772367300000, 'PAID', '00-7da0bafd73c4a66c452d0ab3bdd3ccde-1f02d4c89a5081c7-00');
insert into "payable" values ('ord_01m8hs0v0venfsr5hx146exn8z', 'acc_01m8hs0tzfenfsr5h96pnavaa1', 389700, 'INR', 1772367300000, 'DUE', '00-462b0e633baf935c6d5070295c33583b-1d46a4dd342489d3-00');
insert into "payable" values ('ord_01m8hs0v6aenfsr5jzrhakk459', 'acc_01m8hs0v4yenfsr5jfvw7kp3et', 389700, 'INR', 1772367300000, 'CLOSED', '00-9a0a14aaf4a2c4a84ed893df44602eca-1dcb3e49a875b1ce-00');
insert into "payable" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 'acc_01m8hs0vqpenfsr5n3qkw3e4sm', 389700, 'INR', 1772367300000, 'PAID', '00-6c336e48c5b073afbca9abf854df3ef6-985228a26c334170-00');
insert into "payable" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 'acc_01m8hs0w3nenfsr5qd8apzkt0h', 389700, 'INR', 1772367300000, 'CLOSED', '00-bdb1b4d5c805041c80860fd2ad4ea228-0e793de85a34193d-00');
insert into "payable" values ('ord_01m8hs0weeenfsr5sk8d6qp9r8', 'acc_01m8hs0wd2enfsr5s5vs69032j', 389700, 'INR', 1772367300000, 'PLACED', '00-7d394b5dd6d4d823ddb5d58bf2eacd2c-564ae3e0d95133dd-00');
CREATE TABLE payment (
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
insert into "payment" values ('pay_01m8hs0rcvenfsr56gnw4c8qt4', 'ord_01m8hs0r4xenfsr55kerk4v712', 'acc_01m8hs0qx3enfsr54tfse6m1mv', 'CARD', 389700, 'INR', 'SUCCEEDED', 389700, 'INR', 0, 0, null, 'pi_mEacipI-v7sO121e-qUTTL6k', 'http://localhost:34101/pay/pi_mEacipI-v7sO121e-qUTTL6k', 1772366400000, 1772366400000, null, 0, 0, 2);
insert into "payment" values ('pay_01m8hs0s5yenfsr590ssbevqk1', 'ord_01m8hs0s0qenfsr5805f7myaef', 'acc_01m8hs0ryvenfsr57jswp51ze3', 'CARD', 389700, 'INR', 'REFUNDED', 389700, 'INR', 292275, 292275, null, 'pi_pipihX8SOjEqQy0Kcr1EtYD8', 'http://localhost:34101/pay/pi_pipihX8SOjEqQy0Kcr1EtYD8', 1772366400000, 1772366400000, null, 0, 0, 4);
insert into "payment" values ('pay_01m8hs0tf2enfsr5ffev30rz58', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'acc_01m8hs0t9aenfsr5dxp6w47jrz', 'CARD', 389700, 'INR', 'REFUND_PENDING', 389700, 'INR', 292275, 0, null, 'pi_iQ8UNJLQOH2_GNfDM8N4JV1t', 'http://localhost:34101/pay/pi_iQ8UNJLQOH2_GNfDM8N4JV1t', 1772366400000, 1772366400000, null, 0, 0, 3);
insert into "payment" values ('pay_01m8hs0vwdenfsr5pgtwf42ksj', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 'acc_01m8hs0vqpenfsr5n3qkw3e4sm', 'CARD', 389700, 'INR', 'SUCCEEDED', 389700, 'INR', 0, 0, null, 'pi_WvRZCrxkzGwXEhpcP_HKXpCN', 'http://localhost:34101/pay/pi_WvRZCrxkzGwXEhpcP_HKXpCN', 1772366400000, 1772366400000, null, 0, 0, 2);
CREATE TABLE refund (
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
insert into "refund" values ('rfd_01m8hs0s0qenfsr5805f7myaef_1', 'pay_01m8hs0s5yenfsr590ssbevqk1', 'ord_01m8hs0s0qenfsr5805f7myaef', 292275, 'INR', 'CANCELLED', 'PAID_BACK', null, 're_gBU_Oi-0fp4150BZgPp_Y4HL', 1772366400000, 1772366400000, null, 1);
insert into "refund" values ('rfd_01m8hs0tavenfsr5eefn5x0y5h_1', 'pay_01m8hs0tf2enfsr5ffev30rz58', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 292275, 'INR', 'CANCELLED', 'DUE', null, null, 1772366400000, null, 1772366401000, 1);
CREATE TABLE wallet (
  account text not null,
  currency text not null,
  balance integer not null,
  primary key (account, currency),
  check (balance >= 0)
);
CREATE TABLE ledger_entry (
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
CREATE TABLE key_use (
  account text not null,
  operation text not null,
  idempotency_key text not null,
  hash text not null,
  payment_id text not null,
  primary key (account, operation, idempotency_key)
);
insert into "key_use" values ('acc_01m8hs0qx3enfsr54tfse6m1mv', 'startPayment', 'acfd9310-b9bf-4fcd-a91d-3ad1bb949003', 'zAkdMN4j_xFKFrBV6s3LJbPm_vMNuEPTPqAxfJ8_z2w', 'pay_01m8hs0rcvenfsr56gnw4c8qt4');
insert into "key_use" values ('acc_01m8hs0ryvenfsr57jswp51ze3', 'startPayment', '9bc3f944-86e9-4e0d-a50f-bbe20164ac69', 'BazRd-op46RKNacp-_G7u_Kmmj8GrUBKtbuPnkidI8g', 'pay_01m8hs0s5yenfsr590ssbevqk1');
insert into "key_use" values ('acc_01m8hs0t9aenfsr5dxp6w47jrz', 'startPayment', '655c35fb-6061-487a-ad87-db94f637de14', 'HMfFVXhwDFWDx6oXVvCmdjZ7NPtgm3KN8d6AcODkuXM', 'pay_01m8hs0tf2enfsr5ffev30rz58');
insert into "key_use" values ('acc_01m8hs0vqpenfsr5n3qkw3e4sm', 'startPayment', '55ff4182-ff86-4d2c-a043-2764c3ed4779', 'ERMhDCLBuwINjux3zrFpFX449yTx1D9JoU-VhfQeAb4', 'pay_01m8hs0vwdenfsr5pgtwf42ksj');
CREATE TABLE webhook_inbox (
  id text not null primary key,
  reference text not null,
  intent text not null,
  received_at integer not null,
  taken integer not null
);
insert into "webhook_inbox" values ('msg_2I6ryTlxyn_JUjpdW_lsvQio', 'pay_01m8hs0rcvenfsr56gnw4c8qt4', '{"id":"pi_mEacipI-v7sO121e-qUTTL6k","reference":"pay_01m8hs0rcvenfsr56gnw4c8qt4","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', 1772366400000, 1);
insert into "webhook_inbox" values ('msg_a_RNOTlrQ_hF4lzytt66RJGo', 'pay_01m8hs0s5yenfsr590ssbevqk1', '{"id":"pi_pipihX8SOjEqQy0Kcr1EtYD8","reference":"pay_01m8hs0s5yenfsr590ssbevqk1","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', 1772366400000, 1);
insert into "webhook_inbox" values ('msg_zrig7VJu503BgueBzDPgwCoP', 'pay_01m8hs0tf2enfsr5ffev30rz58', '{"id":"pi_iQ8UNJLQOH2_GNfDM8N4JV1t","reference":"pay_01m8hs0tf2enfsr5ffev30rz58","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', 1772366400000, 1);
insert into "webhook_inbox" values ('msg_CD9T3FeOKMvnk9hVuu4lkggs', 'pay_01m8hs0vwdenfsr5pgtwf42ksj', '{"id":"pi_WvRZCrxkzGwXEhpcP_HKXpCN","reference":"pay_01m8hs0vwdenfsr5pgtwf42ksj","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', 1772366400000, 1);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX payment_order on payment (order_id, started_at);
CREATE INDEX payment_ask on payment (ask_at);
CREATE INDEX refund_order on refund (order_id, due_since);
CREATE INDEX refund_try on refund (try_at);
CREATE INDEX ledger_entry_ledger on ledger_entry (ledger, currency, position);
CREATE INDEX webhook_inbox_reference on webhook_inbox (reference);
