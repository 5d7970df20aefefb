CREATE TABLE `inbox` (
  `consumer` varchar(64) NOT NULL,
  `event` varchar(64) NOT NULL,
  `taken_at` datetime(3) NOT NULL,
  PRIMARY KEY (`consumer`,`event`),
  KEY `inbox_taken_at` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `inbox` values ('follow-orders', 'evt_01m8hs1023enfsr5wda7870gyc', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs1091enfsr5wvzefykxjm', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs10g5enfsr5xkkbedngnh', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs10wfenfsr5ytdsy3kgms', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs1117enfsr5zedvak8nd3', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs119genfsr606c28pzbdg', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs124kenfsr62w3ardxhhd', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs128benfsr63f6aq95tf3', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs12apenfsr63gxpcbnm3y', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs12p1enfsr654vfpkrn5e', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs12swenfsr65kg0xnbyb3', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs12znenfsr66eq1md4355', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs13f0enfsr688kr7ezdtr', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs13n5enfsr69f2b1pvqaa', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs13w2enfsr6akvrr134h3', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs13zhenfsr6b4g38ckgrm', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs1488enfsr6cdkkz9abne', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs14bxenfsr6cwrjz2xhz8', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs14jvenfsr6djc76s0s6c', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs14rwenfsr6emjn149qpy', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs14vsenfsr6f0jwrd28tt', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs14xsenfsr6fa8y4xz43n', '2026-03-01 12:00:00.000');
insert into `inbox` values ('follow-orders', 'evt_01m8hs153venfsr6g9tfnraety', '2026-03-01 12:00:00.000');
insert into `inbox` values ('refund-payments', 'evt_01m8hs11pzenfsr60xqfn7nfpg', '2026-03-01 12:00:00.000');
insert into `inbox` values ('refund-payments', 'evt_01m8hs13anenfsr674hrg8hw7k', '2026-03-01 12:00:00.000');
CREATE TABLE `key_use` (
  `account` varchar(64) NOT NULL,
  `operation` varchar(32) NOT NULL,
  `idempotency_key` varchar(255) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `payment_id` varchar(64) NOT NULL,
  PRIMARY KEY (`account`,`operation`,`idempotency_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `key_use` values ('acc_01m8hs0zwsenfsr5v22vc6xe9n', 'startPayment', 'ffefb743-333b-45d1-b48f-c72d95081e0a', 'dulbSs778_J676aPjgMsu6XJ85i1oxg-qj6zGQ_fVpo', 'pay_01m8hs10bnenfsr5x4t110pmcr');
insert into `key_use` values ('acc_01m8hs10tjenfsr5y7kvyvvq1n', 'startPayment', '9c373a04-897c-457e-a4b2-b0f3067bb73f', 'pNc_d-rIKqf3oeBqj0s7Qu349c5eDqeQHswi06dvHO4', 'pay_01m8hs114fenfsr5zg0we4wfc5');
insert into `key_use` values ('acc_01m8hs12m4enfsr64e76a5wfpz', 'startPayment', '65bfdfb2-0900-4070-9150-96282073fcf1', 'cz7H9njqdXgVaRaprm2E7e51dzDpTM7ZK0X9xoCpxQE', 'pay_01m8hs12w3enfsr65t3kc10x2b');
insert into `key_use` values ('acc_01m8hs146senfsr6bpp3k2rgsp', 'startPayment', 'a43114bf-5969-4038-8236-c16b30791e8c', 'HNj4Y8TUHhH7VyL0W8vPtIl2TDj2CAy1GoAA1Yg5PMQ', 'pay_01m8hs14egenfsr6d1m54nf8n9');
CREATE TABLE `lease` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(64) DEFAULT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `lease` values ('relay-outbox', null, '5');
CREATE TABLE `ledger_entry` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `transaction_id` varchar(64) NOT NULL,
  `ledger` varchar(80) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `movement` varchar(16) NOT NULL,
  `payment_id` varchar(64) NOT NULL,
  `entered_at` bigint(20) NOT NULL,
  PRIMARY KEY (`position`),
  UNIQUE KEY `transaction_id` (`transaction_id`,`ledger`,`movement`),
  KEY `ledger_entry_ledger` (`ledger`,`currency`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (4, '0001-payments.sql', '2026-11-28 19:10:01');
insert into `mikro_orm_migrations` values (5, '0002-payable-trace.sql', '2026-11-28 19:10:01');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `payable` (
  `order_id` varchar(64) NOT NULL,
  `account` varchar(64) DEFAULT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `pay_by` bigint(20) NOT NULL,
  `state` varchar(16) NOT NULL,
  `traceparent` varchar(55) DEFAULT NULL,
  PRIMARY KEY (`order_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `payable` values ('ord_01m8hs101venfsr5w64pn1y791', 'acc_01m8hs0zwsenfsr5v22vc6xe9n', '389700', 'INR', '1772367300000', 'PAID', '00-e9181555e06db0fd1f48d81794c8a2ea-627f94331dd3d776-00');
insert into `payable` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'acc_01m8hs10tjenfsr5y7kvyvvq1n', '389700', 'INR', '1772367300000', 'PAID', '00-2bf21ed9f569f1d9deab4120cf0e3583-94b9b10a654b3d5e-00');
insert into `payable` values ('ord_01m8hs124fenfsr62mv60aa2xb', 'acc_01m8hs122xenfsr6206xg1bhte', '389700', 'INR', '1772367300000', 'CLOSED', '00-f8ad07484e339edc4e9c754f0f64f584-0b361ab2d2443381-00');
insert into `payable` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 'acc_01m8hs12m4enfsr64e76a5wfpz', '389700', 'INR', '1772367300000', 'PAID', '00-a6a1f1e4163c6c6c36e6fdcc15d8d449-a551c9e403029801-00');
insert into `payable` values ('ord_01m8hs13erenfsr682zwyn8d5k', 'acc_01m8hs13ddenfsr67pw9zm9nft', '389700', 'INR', '1772367300000', 'CLOSED', '00-b75ee0afc99276766777e3cdcec081ad-1703800fd176537e-00');
insert into `payable` values ('ord_01m8hs13n0enfsr696hqtn9mh6', 'acc_01m8hs13k8enfsr68jx9ndgatz', '389700', 'INR', '1772367300000', 'DUE', '00-bd93dd9e4077aaed824aa76d7754f021-ecd472e048b3cb0c-00');
insert into `payable` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 'acc_01m8hs146senfsr6bpp3k2rgsp', '389700', 'INR', '1772367300000', 'PAID', '00-236f3b97b4b9e54f88344fe541786f06-d85458fc0d516dc4-00');
insert into `payable` values ('ord_01m8hs14rtenfsr6efr7127ajy', 'acc_01m8hs14qqenfsr6dvmparhybp', '389700', 'INR', '1772367300000', 'CLOSED', '00-d1147e53f3ca3c92a7980748f79e316d-c6badd2ee393e0c6-00');
insert into `payable` values ('ord_01m8hs153nenfsr6g0mrrhpdhq', 'acc_01m8hs151renfsr6fjw5syspv5', '389700', 'INR', '1772367300000', 'PLACED', '00-3ecefadba3332454f920c161ac96bddb-bad4702055a244a1-00');
CREATE TABLE `payment` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) DEFAULT NULL,
  `account` varchar(64) NOT NULL,
  `method` varchar(16) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `status` varchar(16) NOT NULL,
  `captured` bigint(20) NOT NULL,
  `captured_currency` varchar(3) DEFAULT NULL,
  `refund_due` bigint(20) NOT NULL,
  `refunded` bigint(20) NOT NULL,
  `failure` varchar(100) DEFAULT NULL,
  `intent` varchar(255) DEFAULT NULL,
  `page_url` text DEFAULT NULL,
  `started_at` bigint(20) NOT NULL,
  `decided_at` bigint(20) DEFAULT NULL,
  `ask_at` bigint(20) DEFAULT NULL,
  `asked` int(11) NOT NULL,
  `claimed_until` bigint(20) NOT NULL,
  `version` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `payment_order` (`order_id`,`started_at`),
  KEY `payment_ask` (`ask_at`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`refunded` <= `refund_due` and `refund_due` <= `captured`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `payment` values ('pay_01m8hs10bnenfsr5x4t110pmcr', 'ord_01m8hs101venfsr5w64pn1y791', 'acc_01m8hs0zwsenfsr5v22vc6xe9n', 'CARD', '389700', 'INR', 'SUCCEEDED', '389700', 'INR', '0', '0', null, 'pi_pNa89yb_laxi8WPN8pgjPVwn', 'http://localhost:36979/pay/pi_pNa89yb_laxi8WPN8pgjPVwn', '1772366400000', '1772366400000', null, 0, '0', 2);
insert into `payment` values ('pay_01m8hs114fenfsr5zg0we4wfc5', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'acc_01m8hs10tjenfsr5y7kvyvvq1n', 'CARD', '389700', 'INR', 'REFUNDED', '389700', 'INR', '292275', '292275', null, 'pi__yef_4vSpI-XA2Q2TB1BsgGX', 'http://localhost:36979/pay/pi__yef_4vSpI-XA2Q2TB1BsgGX', '1772366400000', '1772366400000', null, 0, '0', 4);
insert into `payment` values ('pay_01m8hs12w3enfsr65t3kc10x2b', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'acc_01m8hs12m4enfsr64e76a5wfpz', 'CARD', '389700', 'INR', 'REFUND_PENDING', '389700', 'INR', '292275', '0', null, 'pi_3EqPvoeV2E1248k8kHk4BGoJ', 'http://localhost:36979/pay/pi_3EqPvoeV2E1248k8kHk4BGoJ', '1772366400000', '1772366400000', null, 0, '0', 3);
insert into `payment` values ('pay_01m8hs14egenfsr6d1m54nf8n9', 'ord_01m8hs1485enfsr6c5ec6mchsw', 'acc_01m8hs146senfsr6bpp3k2rgsp', 'CARD', '389700', 'INR', 'SUCCEEDED', '389700', 'INR', '0', '0', null, 'pi_Ad0Cpx-XNQCnhRR0hDdPV8hW', 'http://localhost:36979/pay/pi_Ad0Cpx-XNQCnhRR0hDdPV8hW', '1772366400000', '1772366400000', null, 0, '0', 2);
CREATE TABLE `refund` (
  `id` varchar(64) NOT NULL,
  `payment_id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `because` varchar(255) NOT NULL,
  `status` varchar(16) NOT NULL,
  `refusal` varchar(64) DEFAULT NULL,
  `provider_refund` varchar(255) DEFAULT NULL,
  `due_since` bigint(20) NOT NULL,
  `paid_back_at` bigint(20) DEFAULT NULL,
  `try_at` bigint(20) DEFAULT NULL,
  `failures` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `refund_order` (`order_id`,`due_since`),
  KEY `refund_try` (`try_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `refund` values ('rfd_01m8hs10w9enfsr5ynpn12bkzb_1', 'pay_01m8hs114fenfsr5zg0we4wfc5', 'ord_01m8hs10w9enfsr5ynpn12bkzb', '292275', 'INR', 'CANCELLED', 'PAID_BACK', null, 're_Ri3gCNTXwhD9cqf74c604Omt', '1772366400000', '1772366400000', null, 1);
insert into `refund` values ('rfd_01m8hs12nvenfsr64xpnk94xaz_1', 'pay_01m8hs12w3enfsr65t3kc10x2b', 'ord_01m8hs12nvenfsr64xpnk94xaz', '292275', 'INR', 'CANCELLED', 'DUE', null, null, '1772366400000', null, '1772366401000', 1);
CREATE TABLE `wallet` (
  `account` varchar(64) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `balance` bigint(20) NOT NULL,
  PRIMARY KEY (`account`,`currency`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`balance` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `webhook_inbox` (
  `id` varchar(255) NOT NULL,
  `reference` varchar(100) NOT NULL,
  `intent` text NOT NULL,
  `received_at` bigint(20) NOT NULL,
  `taken` tinyint(1) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `webhook_inbox_reference` (`reference`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `webhook_inbox` values ('msg_-hx1Clk_br39G1xtT69ftZNr', 'pay_01m8hs14egenfsr6d1m54nf8n9', '{"id":"pi_Ad0Cpx-XNQCnhRR0hDdPV8hW","reference":"pay_01m8hs14egenfsr6d1m54nf8n9","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', '1772366400000', 1);
insert into `webhook_inbox` values ('msg_3zxnKt_s1FDjY97b3grKHuyK', 'pay_01m8hs114fenfsr5zg0we4wfc5', '{"id":"pi__yef_4vSpI-XA2Q2TB1BsgGX","reference":"pay_01m8hs114fenfsr5zg0we4wfc5","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', '1772366400000', 1);
insert into `webhook_inbox` values ('msg_LcLr-6JfstdgK5jVxDIkgDMW', 'pay_01m8hs10bnenfsr5x4t110pmcr', '{"id":"pi_pNa89yb_laxi8WPN8pgjPVwn","reference":"pay_01m8hs10bnenfsr5x4t110pmcr","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', '1772366400000', 1);
insert into `webhook_inbox` values ('msg_SrsnCuHU8OJVAmqLmF3qZktZ', 'pay_01m8hs12w3enfsr65t3kc10x2b', '{"id":"pi_3EqPvoeV2E1248k8kHk4BGoJ","reference":"pay_01m8hs12w3enfsr65t3kc10x2b","status":"SUCCEEDED","captured":{"amount":389700,"currency":"INR"},"failure":null}', '1772366400000', 1);
