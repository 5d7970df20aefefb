CREATE TABLE `cancellation` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `fee` bigint(20) NOT NULL,
  `refund` bigint(20) NOT NULL,
  `at` bigint(20) NOT NULL,
  `tickets_taken_back_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `cancellation_order` (`order_id`),
  CONSTRAINT `cancellation_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `cancellation` values ('can_01m8hs10w9enfsr5ynpn12bkzb_1', 'ord_01m8hs10w9enfsr5ynpn12bkzb', '97425', '292275', '1772366400000', '1772366400000');
insert into `cancellation` values ('can_01m8hs12nvenfsr64xpnk94xaz_1', 'ord_01m8hs12nvenfsr64xpnk94xaz', '97425', '292275', '1772366400000', '1772366400000');
CREATE TABLE `cart` (
  `id` varchar(64) NOT NULL,
  `account` varchar(64) DEFAULT NULL,
  `changed_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `account` (`account`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `cart_item` (
  `id` varchar(64) NOT NULL,
  `cart` varchar(64) NOT NULL,
  `token` text NOT NULL,
  `offer` longtext NOT NULL CHECK (json_valid(`offer`)),
  `travellers` longtext DEFAULT NULL CHECK (json_valid(`travellers`)),
  `added_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `cart_item_cart` (`cart`,`id`),
  CONSTRAINT `cart_item_ibfk_1` FOREIGN KEY (`cart`) REFERENCES `cart` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `idempotency_key` (
  `account` varchar(64) NOT NULL,
  `operation` varchar(32) NOT NULL,
  `key` varchar(100) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`account`,`operation`,`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `idempotency_key` values ('acc_01m8hs0zwsenfsr5v22vc6xe9n', 'placeOrder', 'c2ab8cad-0a63-43c4-b106-fa18bae7e51d', 'KPuH8PcwDWdAX5j97rMWfyejSRd5IBaqhNPF4wFnr2Y', 'ord_01m8hs101venfsr5w64pn1y791', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs10tjenfsr5y7kvyvvq1n', 'placeOrder', '98f9f8a9-da34-4d30-9500-75ca8e1fc299', 'baCbWQ67gJL8Lye0Vs-NGm4GfqZQ87_s2NFZoFrGFaM', 'ord_01m8hs10w9enfsr5ynpn12bkzb', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs122xenfsr6206xg1bhte', 'placeOrder', '5aa33950-165a-491b-9e64-5ba6434bb777', 'bRzwhl39PyGuYCQyLyAiYV9j_HheJ01hcd6vjlsXNy0', 'ord_01m8hs124fenfsr62mv60aa2xb', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs12m4enfsr64e76a5wfpz', 'placeOrder', 'b153afd7-55e9-44b5-8b31-f72577917d06', 'FhwyUmAUpG5w7db_AX6HmTAZncY1m1v1SmSaLf2TD_s', 'ord_01m8hs12nvenfsr64xpnk94xaz', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs13ddenfsr67pw9zm9nft', 'placeOrder', 'e593c0a3-ddda-4a60-8f20-ae722bcbc2fa', 'YXGF-MLSrKAOTrCjrSOzDESMnazxxlmk2bjKgRNuHDg', 'ord_01m8hs13erenfsr682zwyn8d5k', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs13k8enfsr68jx9ndgatz', 'placeOrder', '8ef62668-fecc-43ad-9b70-759cc6531468', 'YkJ-sF469x0LABv2_UCV8pYM6TxTPiQ9prYeUyRSDLI', 'ord_01m8hs13n0enfsr696hqtn9mh6', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs146senfsr6bpp3k2rgsp', 'placeOrder', 'ec744c73-9ba0-43c7-ac59-22dd7d1f0071', 'nsEU_3zEQIVS4SA5X3-fEMw_IReTKNqYRKSSY4j2POg', 'ord_01m8hs1485enfsr6c5ec6mchsw', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs14qqenfsr6dvmparhybp', 'placeOrder', '5690bcba-14be-4eef-90b4-7e90d9e09013', 'gF4c5wOSzVXLrjpT3eBTVEaF6API-DL49NQ3fuVmQ4Q', 'ord_01m8hs14rtenfsr6efr7127ajy', '1772366400000');
insert into `idempotency_key` values ('acc_01m8hs151renfsr6fjw5syspv5', 'placeOrder', 'f91b36af-734b-45e4-a637-1e10f3c16fe3', 'Ak7slR6T9rzAeBdbpsSlaHEgRkeu6AcZyidd8dSlVXU', 'ord_01m8hs153nenfsr6g0mrrhpdhq', '1772366400000');
CREATE TABLE `inbox` (
  `consumer` varchar(64) NOT NULL,
  `event` varchar(64) NOT NULL,
  `taken_at` datetime(3) NOT NULL,
  PRIMARY KEY (`consumer`,`event`),
  KEY `inbox_taken_at` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `inbox` values ('notify', 'evt_01m8hs10g5enfsr5xkkbedngnh', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs10kwenfsr5xvkr1gk07s', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs119genfsr606c28pzbdg', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs11dwenfsr60919bv0c93', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs11y6enfsr61r27vxbc1r', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs12ekenfsr6457cc5p5nw', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs12znenfsr66eq1md4355', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs133aenfsr66mzs6tatpn', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs13zhenfsr6b4g38ckgrm', '2026-03-01 12:00:00.000');
insert into `inbox` values ('notify', 'evt_01m8hs14jvenfsr6djc76s0s6c', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs1056enfsr5wn3cfvp71r', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs10e8enfsr5x94792tdtd', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs10ysenfsr5z6bkf745a6', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs117aenfsr5zrhpcrsyd2', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs11skenfsr61eh2gx39n7', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs11vxenfsr61jbce9n6qg', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs1267enfsr637rbwccv8m', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs12csenfsr63z4mvtmeph', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs12r3enfsr65fcea4mhbt', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs12yeenfsr667yq3p0ts2', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs13s8enfsr69hrnsnz53g', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs13s8enfsr69wvswn4med', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs13x5enfsr6av2w731vq2', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs1410enfsr6bbfe5vxban', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs14a0enfsr6cjdfme9t9a', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs14gpenfsr6dfkw8azbxq', '2026-03-01 12:00:00.000');
insert into `inbox` values ('settle-orders', 'evt_01m8hs14t9enfsr6ergpxrgm3c', '2026-03-01 12:00:00.000');
CREATE TABLE `lease` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(64) DEFAULT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `lease` values ('relay-outbox', null, '32');
CREATE TABLE `mail` (
  `order_id` varchar(64) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `state` varchar(16) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `tries` int(11) NOT NULL,
  `sent_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`order_id`,`kind`),
  KEY `mail_due` (`due_at`),
  CONSTRAINT `mail_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `mail` values ('ord_01m8hs101venfsr5w64pn1y791', 'PAID', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs101venfsr5w64pn1y791', 'TICKETED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'PAID', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'REFUNDED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'TICKETED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs124fenfsr62mv60aa2xb', 'CLOSED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 'PAID', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 'TICKETED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs13erenfsr682zwyn8d5k', 'REJECTED', 'SENT', null, 0, '1772366400000');
insert into `mail` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 'PAID', 'SENT', null, 0, '1772366400000');
CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (4, '0001-orders.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (5, '0002-carts.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (6, '0003-mails.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (7, '0004-timeline-trace.sql', '2026-11-28 19:10:00');
CREATE TABLE `order_head` (
  `id` varchar(64) NOT NULL,
  `number` varchar(16) NOT NULL,
  `account` varchar(64) NOT NULL,
  `status` varchar(32) NOT NULL,
  `version` int(11) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `placed_at` bigint(20) NOT NULL,
  `hold_by` bigint(20) NOT NULL,
  `pay_by` bigint(20) NOT NULL,
  `departs_at` bigint(20) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `ticketing_due_at` bigint(20) DEFAULT NULL,
  `ticketing_tries` int(11) NOT NULL,
  `payment_id` varchar(64) DEFAULT NULL,
  `email` varchar(254) DEFAULT NULL,
  `phone` varchar(32) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `number` (`number`),
  KEY `order_account` (`account`,`id`),
  KEY `order_departure` (`account`,`departs_at`,`id`),
  KEY `order_due` (`due_at`),
  KEY `order_ticketing_due` (`ticketing_due_at`),
  KEY `order_status` (`status`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `order_head` values ('ord_01m8hs101venfsr5w64pn1y791', '214-AE0-FWQ', 'acc_01m8hs0zwsenfsr5v22vc6xe9n', 'TICKETED', 4, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, 'pay_01m8hs10bnenfsr5x4t110pmcr', 'asha.rao.fbd21676@example.com', null);
insert into `order_head` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', '214-AE0-5V4', 'acc_01m8hs10tjenfsr5y7kvyvvq1n', 'REFUNDED', 8, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, 'pay_01m8hs114fenfsr5zg0we4wfc5', 'asha.rao.c27100ef@example.com', null);
insert into `order_head` values ('ord_01m8hs124fenfsr62mv60aa2xb', '214-AE0-W2W', 'acc_01m8hs122xenfsr6206xg1bhte', 'CLOSED', 4, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, null, 'asha.rao.8cfa6de2@example.com', null);
insert into `order_head` values ('ord_01m8hs12nvenfsr64xpnk94xaz', '214-AE0-7SJ', 'acc_01m8hs12m4enfsr64e76a5wfpz', 'REFUNDING', 7, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, 'pay_01m8hs12w3enfsr65t3kc10x2b', 'asha.rao.c8fa4953@example.com', null);
insert into `order_head` values ('ord_01m8hs13erenfsr682zwyn8d5k', '214-AE0-JVC', 'acc_01m8hs13ddenfsr67pw9zm9nft', 'REJECTED', 2, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, null, 'asha.rao.dd57a7eb@example.com', null);
insert into `order_head` values ('ord_01m8hs13n0enfsr696hqtn9mh6', '214-AE0-JK7', 'acc_01m8hs13k8enfsr68jx9ndgatz', 'AWAITING_PAYMENT', 2, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', '1772367300000', null, 0, null, 'asha.rao.42b28363@example.com', null);
insert into `order_head` values ('ord_01m8hs1485enfsr6c5ec6mchsw', '214-AE0-X9Q', 'acc_01m8hs146senfsr6bpp3k2rgsp', 'PAID', 4, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, '1772366405000', 1, 'pay_01m8hs14egenfsr6d1m54nf8n9', 'asha.rao.7f03fcaf@example.com', null);
insert into `order_head` values ('ord_01m8hs14rtenfsr6efr7127ajy', '214-AE0-PVB', 'acc_01m8hs14qqenfsr6dvmparhybp', 'CLOSING', 3, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', null, null, 0, null, 'asha.rao.6979e576@example.com', null);
insert into `order_head` values ('ord_01m8hs153nenfsr6g0mrrhpdhq', '214-AE0-FC7', 'acc_01m8hs151renfsr6fjw5syspv5', 'PENDING', 1, '389700', 'INR', '1772366400000', '1772366520000', '1772367300000', '1774371000000', '1772366520000', null, 0, null, 'asha.rao.4445d9fb@example.com', null);
CREATE TABLE `order_item` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `position` int(11) NOT NULL,
  `offer` longtext NOT NULL CHECK (json_valid(`offer`)),
  PRIMARY KEY (`id`),
  KEY `order_item_order` (`order_id`,`position`),
  CONSTRAINT `order_item_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `order_item` values ('itm_01m8hs101venfsr5w64pn1y791_1', 'ord_01m8hs101venfsr5w64pn1y791', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs10w9enfsr5ynpn12bkzb_1', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs124fenfsr62mv60aa2xb_1', 'ord_01m8hs124fenfsr62mv60aa2xb', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs12nvenfsr64xpnk94xaz_1', 'ord_01m8hs12nvenfsr64xpnk94xaz', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs13erenfsr682zwyn8d5k_1', 'ord_01m8hs13erenfsr682zwyn8d5k', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIFF6M05jMlJoZ29QdDVHcXQgU1RBTkRBUkQ","departureId":"dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2132"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs13n0enfsr696hqtn9mh6_1', 'ord_01m8hs13n0enfsr696hqtn9mh6', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIFF6M05jMlJoZ29QdDVHcXQgU1RBTkRBUkQ","departureId":"dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2132"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs1485enfsr6c5ec6mchsw_1', 'ord_01m8hs1485enfsr6c5ec6mchsw', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs14rtenfsr6efr7127ajy_1', 'ord_01m8hs14rtenfsr6efr7127ajy', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into `order_item` values ('itm_01m8hs153nenfsr6g0mrrhpdhq_1', 'ord_01m8hs153nenfsr6g0mrrhpdhq', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
CREATE TABLE `order_refund` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `payment_id` varchar(64) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `currency` varchar(3) NOT NULL,
  `because` varchar(64) NOT NULL,
  `cancellation` varchar(64) DEFAULT NULL,
  `state` varchar(16) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `order_refund_order` (`order_id`),
  CONSTRAINT `order_refund_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `order_refund` values ('rfd_01m8hs10w9enfsr5ynpn12bkzb_1', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'pay_01m8hs114fenfsr5zg0we4wfc5', '292275', 'INR', 'CANCELLED', 'can_01m8hs10w9enfsr5ynpn12bkzb_1', 'PAID_BACK');
insert into `order_refund` values ('rfd_01m8hs12nvenfsr64xpnk94xaz_1', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'pay_01m8hs12w3enfsr65t3kc10x2b', '292275', 'INR', 'CANCELLED', 'can_01m8hs12nvenfsr64xpnk94xaz_1', 'DUE');
CREATE TABLE `order_traveller` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `position` int(11) NOT NULL,
  `item` varchar(64) NOT NULL,
  `type` varchar(16) NOT NULL,
  `price` bigint(20) NOT NULL,
  `person` longtext DEFAULT NULL CHECK (json_valid(`person`)),
  `cancellation` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `order_traveller_order` (`order_id`,`position`),
  CONSTRAINT `order_traveller_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `order_traveller` values ('pax_01m8hs101venfsr5w64pn1y791_1', 'ord_01m8hs101venfsr5w64pn1y791', 0, 'itm_01m8hs101venfsr5w64pn1y791_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs10w9enfsr5ynpn12bkzb_1', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 0, 'itm_01m8hs10w9enfsr5ynpn12bkzb_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', 'can_01m8hs10w9enfsr5ynpn12bkzb_1');
insert into `order_traveller` values ('pax_01m8hs124fenfsr62mv60aa2xb_1', 'ord_01m8hs124fenfsr62mv60aa2xb', 0, 'itm_01m8hs124fenfsr62mv60aa2xb_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs12nvenfsr64xpnk94xaz_1', 'ord_01m8hs12nvenfsr64xpnk94xaz', 0, 'itm_01m8hs12nvenfsr64xpnk94xaz_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', 'can_01m8hs12nvenfsr64xpnk94xaz_1');
insert into `order_traveller` values ('pax_01m8hs13erenfsr682zwyn8d5k_1', 'ord_01m8hs13erenfsr682zwyn8d5k', 0, 'itm_01m8hs13erenfsr682zwyn8d5k_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs13n0enfsr696hqtn9mh6_1', 'ord_01m8hs13n0enfsr696hqtn9mh6', 0, 'itm_01m8hs13n0enfsr696hqtn9mh6_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs1485enfsr6c5ec6mchsw_1', 'ord_01m8hs1485enfsr6c5ec6mchsw', 0, 'itm_01m8hs1485enfsr6c5ec6mchsw_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs14rtenfsr6efr7127ajy_1', 'ord_01m8hs14rtenfsr6efr7127ajy', 0, 'itm_01m8hs14rtenfsr6efr7127ajy_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into `order_traveller` values ('pax_01m8hs153nenfsr6g0mrrhpdhq_1', 'ord_01m8hs153nenfsr6g0mrrhpdhq', 0, 'itm_01m8hs153nenfsr6g0mrrhpdhq_1', 'ADULT', '389700', '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ticket` (
  `id` varchar(64) NOT NULL,
  `order_id` varchar(64) NOT NULL,
  `traveller` varchar(64) NOT NULL,
  `number` varchar(32) NOT NULL,
  `token` varchar(64) NOT NULL,
  `issued_at` bigint(20) NOT NULL,
  `cancelled_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `traveller` (`traveller`),
  UNIQUE KEY `number` (`number`),
  UNIQUE KEY `token` (`token`),
  KEY `ticket_order` (`order_id`),
  CONSTRAINT `ticket_ibfk_1` FOREIGN KEY (`order_id`) REFERENCES `order_head` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `ticket` values ('tkt_01m8hs101venfsr5w64pn1y791_1', 'ord_01m8hs101venfsr5w64pn1y791', 'pax_01m8hs101venfsr5w64pn1y791_1', '312-2400000001', '7y1fm79LtMI9QTRQshzWa985byNAZ_mi', '1772366400000', null);
insert into `ticket` values ('tkt_01m8hs10w9enfsr5ynpn12bkzb_1', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'pax_01m8hs10w9enfsr5ynpn12bkzb_1', '312-2400000002', 'i724Z5k9oqemjWdV_GOql69VhTME6Bkw', '1772366400000', '1772366400000');
insert into `ticket` values ('tkt_01m8hs12nvenfsr64xpnk94xaz_1', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'pax_01m8hs12nvenfsr64xpnk94xaz_1', '312-2400000003', 'xzMrXb_vD4htQY2L_pwSoq3x2DuD3siA', '1772366400000', '1772366400000');
CREATE TABLE `timeline_entry` (
  `order_id` varchar(64) NOT NULL,
  `version` int(11) NOT NULL,
  `step` varchar(32) NOT NULL,
  `status` varchar(32) NOT NULL,
  `cause` varchar(64) NOT NULL,
  `because` varchar(255) DEFAULT NULL,
  `at` bigint(20) NOT NULL,
  `trace_id` varchar(32) DEFAULT NULL,
  `traceparent` varchar(55) DEFAULT NULL,
  PRIMARY KEY (`order_id`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `timeline_entry` values ('ord_01m8hs101venfsr5w64pn1y791', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'e9181555e06db0fd1f48d81794c8a2ea', '00-e9181555e06db0fd1f48d81794c8a2ea-627f94331dd3d776-00');
insert into `timeline_entry` values ('ord_01m8hs101venfsr5w64pn1y791', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', 'e9181555e06db0fd1f48d81794c8a2ea', '00-e9181555e06db0fd1f48d81794c8a2ea-627f94331dd3d776-00');
insert into `timeline_entry` values ('ord_01m8hs101venfsr5w64pn1y791', 3, 'PAID', 'PAID', 'payment.captured', null, '1772366400000', 'e9181555e06db0fd1f48d81794c8a2ea', '00-e9181555e06db0fd1f48d81794c8a2ea-627f94331dd3d776-00');
insert into `timeline_entry` values ('ord_01m8hs101venfsr5w64pn1y791', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, '1772366400000', 'e9181555e06db0fd1f48d81794c8a2ea', '00-e9181555e06db0fd1f48d81794c8a2ea-627f94331dd3d776-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', '2bf21ed9f569f1d9deab4120cf0e3583', '00-2bf21ed9f569f1d9deab4120cf0e3583-94b9b10a654b3d5e-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', '2bf21ed9f569f1d9deab4120cf0e3583', '00-2bf21ed9f569f1d9deab4120cf0e3583-94b9b10a654b3d5e-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 3, 'PAID', 'PAID', 'payment.captured', null, '1772366400000', '2bf21ed9f569f1d9deab4120cf0e3583', '00-2bf21ed9f569f1d9deab4120cf0e3583-94b9b10a654b3d5e-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, '1772366400000', '2bf21ed9f569f1d9deab4120cf0e3583', '00-2bf21ed9f569f1d9deab4120cf0e3583-94b9b10a654b3d5e-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 5, 'CANCELLED', 'REFUNDING', 'traveller', null, '1772366400000', '6983c51ab0820ea903b2b83343bfc83e', '00-6983c51ab0820ea903b2b83343bfc83e-31060e037372c813-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 6, 'TICKETS_TAKEN_BACK', 'REFUNDING', 'issue-tickets', null, '1772366400000', '6983c51ab0820ea903b2b83343bfc83e', '00-6983c51ab0820ea903b2b83343bfc83e-31060e037372c813-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 7, 'SEATS_RETURNED', 'REFUNDING', 'stock.returned', null, '1772366400000', '6983c51ab0820ea903b2b83343bfc83e', '00-6983c51ab0820ea903b2b83343bfc83e-31060e037372c813-00');
insert into `timeline_entry` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 8, 'REFUNDED', 'REFUNDED', 'payment.refunded', null, '1772366400000', '6983c51ab0820ea903b2b83343bfc83e', '00-6983c51ab0820ea903b2b83343bfc83e-31060e037372c813-00');
insert into `timeline_entry` values ('ord_01m8hs124fenfsr62mv60aa2xb', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'f8ad07484e339edc4e9c754f0f64f584', '00-f8ad07484e339edc4e9c754f0f64f584-0b361ab2d2443381-00');
insert into `timeline_entry` values ('ord_01m8hs124fenfsr62mv60aa2xb', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', 'f8ad07484e339edc4e9c754f0f64f584', '00-f8ad07484e339edc4e9c754f0f64f584-0b361ab2d2443381-00');
insert into `timeline_entry` values ('ord_01m8hs124fenfsr62mv60aa2xb', 3, 'CANCELLED', 'CLOSING', 'traveller', null, '1772366400000', 'a4676d0cf47ac1c33626f9aac09d266f', '00-a4676d0cf47ac1c33626f9aac09d266f-aa19216e2e20c5a9-00');
insert into `timeline_entry` values ('ord_01m8hs124fenfsr62mv60aa2xb', 4, 'SEATS_RELEASED', 'CLOSED', 'stock.released', null, '1772366400000', 'a4676d0cf47ac1c33626f9aac09d266f', '00-a4676d0cf47ac1c33626f9aac09d266f-aa19216e2e20c5a9-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'a6a1f1e4163c6c6c36e6fdcc15d8d449', '00-a6a1f1e4163c6c6c36e6fdcc15d8d449-a551c9e403029801-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', 'a6a1f1e4163c6c6c36e6fdcc15d8d449', '00-a6a1f1e4163c6c6c36e6fdcc15d8d449-a551c9e403029801-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 3, 'PAID', 'PAID', 'payment.captured', null, '1772366400000', 'a6a1f1e4163c6c6c36e6fdcc15d8d449', '00-a6a1f1e4163c6c6c36e6fdcc15d8d449-a551c9e403029801-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, '1772366400000', 'a6a1f1e4163c6c6c36e6fdcc15d8d449', '00-a6a1f1e4163c6c6c36e6fdcc15d8d449-a551c9e403029801-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 5, 'CANCELLED', 'REFUNDING', 'traveller', null, '1772366400000', '28170c3de1800bb08efc13065236b4ba', '00-28170c3de1800bb08efc13065236b4ba-a30f3e1cdde0e69a-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 6, 'TICKETS_TAKEN_BACK', 'REFUNDING', 'issue-tickets', null, '1772366400000', '28170c3de1800bb08efc13065236b4ba', '00-28170c3de1800bb08efc13065236b4ba-a30f3e1cdde0e69a-00');
insert into `timeline_entry` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 7, 'SEATS_RETURNED', 'REFUNDING', 'stock.returned', null, '1772366400000', '28170c3de1800bb08efc13065236b4ba', '00-28170c3de1800bb08efc13065236b4ba-a30f3e1cdde0e69a-00');
insert into `timeline_entry` values ('ord_01m8hs13erenfsr682zwyn8d5k', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'b75ee0afc99276766777e3cdcec081ad', '00-b75ee0afc99276766777e3cdcec081ad-1703800fd176537e-00');
insert into `timeline_entry` values ('ord_01m8hs13erenfsr682zwyn8d5k', 2, 'SEATS_REFUSED', 'REJECTED', 'stock.refused', 'SOLD_OUT', '1772366400000', 'b75ee0afc99276766777e3cdcec081ad', '00-b75ee0afc99276766777e3cdcec081ad-1703800fd176537e-00');
insert into `timeline_entry` values ('ord_01m8hs13n0enfsr696hqtn9mh6', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'bd93dd9e4077aaed824aa76d7754f021', '00-bd93dd9e4077aaed824aa76d7754f021-ecd472e048b3cb0c-00');
insert into `timeline_entry` values ('ord_01m8hs13n0enfsr696hqtn9mh6', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', 'bd93dd9e4077aaed824aa76d7754f021', '00-bd93dd9e4077aaed824aa76d7754f021-ecd472e048b3cb0c-00');
insert into `timeline_entry` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', '236f3b97b4b9e54f88344fe541786f06', '00-236f3b97b4b9e54f88344fe541786f06-d85458fc0d516dc4-00');
insert into `timeline_entry` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', '236f3b97b4b9e54f88344fe541786f06', '00-236f3b97b4b9e54f88344fe541786f06-d85458fc0d516dc4-00');
insert into `timeline_entry` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 3, 'PAID', 'PAID', 'payment.captured', null, '1772366400000', '236f3b97b4b9e54f88344fe541786f06', '00-236f3b97b4b9e54f88344fe541786f06-d85458fc0d516dc4-00');
insert into `timeline_entry` values ('ord_01m8hs14rtenfsr6efr7127ajy', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', 'd1147e53f3ca3c92a7980748f79e316d', '00-d1147e53f3ca3c92a7980748f79e316d-c6badd2ee393e0c6-00');
insert into `timeline_entry` values ('ord_01m8hs14rtenfsr6efr7127ajy', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, '1772366400000', 'd1147e53f3ca3c92a7980748f79e316d', '00-d1147e53f3ca3c92a7980748f79e316d-c6badd2ee393e0c6-00');
insert into `timeline_entry` values ('ord_01m8hs14rtenfsr6efr7127ajy', 3, 'CANCELLED', 'CLOSING', 'traveller', null, '1772366400000', '9dc4531be4f093697ce3d14eae3a2466', '00-9dc4531be4f093697ce3d14eae3a2466-6e8570988c71e272-00');
insert into `timeline_entry` values ('ord_01m8hs153nenfsr6g0mrrhpdhq', 1, 'PLACED', 'PENDING', 'traveller', null, '1772366400000', '3ecefadba3332454f920c161ac96bddb', '00-3ecefadba3332454f920c161ac96bddb-bad4702055a244a1-00');
