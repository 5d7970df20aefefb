CREATE TABLE `departure` (
  `id` varchar(255) NOT NULL,
  `carrier` varchar(8) NOT NULL,
  `flight_number` varchar(16) DEFAULT NULL,
  `origin` varchar(8) NOT NULL,
  `destination` varchar(8) NOT NULL,
  `departs` varchar(16) NOT NULL,
  `cabin` varchar(32) NOT NULL,
  `filed` tinyint(1) NOT NULL,
  `total` int(11) NOT NULL,
  `available` int(11) NOT NULL,
  `held` int(11) NOT NULL,
  `sold` int(11) NOT NULL,
  `revision` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `departure_by_time` (`departs`,`id`),
  KEY `departure_by_route` (`origin`,`destination`,`departs`,`id`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`available` >= 0 and `held` >= 0 and `sold` >= 0 and `available` + `held` + `sold` = `total`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `departure` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', '6E', '2131', 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', 1, 9, 6, 1, 2, 14);
insert into `departure` values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', '6E', '2132', 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', 1, 1, 0, 1, 0, 2);
CREATE TABLE `hold` (
  `id` varchar(64) NOT NULL,
  `state` varchar(16) NOT NULL,
  `revision` int(11) NOT NULL,
  `returns` longtext NOT NULL CHECK (json_valid(`returns`)),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `hold` values ('ord_01m8hs101venfsr5w64pn1y791', 'CONFIRMED', 2, '[]');
insert into `hold` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'RETURNED', 3, '["can_01m8hs10w9enfsr5ynpn12bkzb_1"]');
insert into `hold` values ('ord_01m8hs124fenfsr62mv60aa2xb', 'RELEASED', 2, '[]');
insert into `hold` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 'RETURNED', 3, '["can_01m8hs12nvenfsr64xpnk94xaz_1"]');
insert into `hold` values ('ord_01m8hs13erenfsr682zwyn8d5k', 'TOMBSTONE', 1, '[]');
insert into `hold` values ('ord_01m8hs13n0enfsr696hqtn9mh6', 'HELD', 1, '[]');
insert into `hold` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 'CONFIRMED', 2, '[]');
insert into `hold` values ('ord_01m8hs14rtenfsr6efr7127ajy', 'HELD', 1, '[]');
CREATE TABLE `hold_line` (
  `hold` varchar(64) NOT NULL,
  `departure` varchar(255) NOT NULL,
  `seats` int(11) NOT NULL,
  `returned` int(11) NOT NULL,
  PRIMARY KEY (`hold`,`departure`),
  KEY `hold_line_by_departure` (`departure`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`seats` > 0 and `returned` between 0 and `seats`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `hold_line` values ('ord_01m8hs101venfsr5w64pn1y791', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into `hold_line` values ('ord_01m8hs10w9enfsr5ynpn12bkzb', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 1);
insert into `hold_line` values ('ord_01m8hs124fenfsr62mv60aa2xb', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into `hold_line` values ('ord_01m8hs12nvenfsr64xpnk94xaz', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 1);
insert into `hold_line` values ('ord_01m8hs13n0enfsr696hqtn9mh6', 'dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 1, 0);
insert into `hold_line` values ('ord_01m8hs1485enfsr6c5ec6mchsw', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
insert into `hold_line` values ('ord_01m8hs14rtenfsr6efr7127ajy', 'dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 0);
CREATE TABLE `inbox` (
  `consumer` varchar(64) NOT NULL,
  `event` varchar(64) NOT NULL,
  `taken_at` datetime(3) NOT NULL,
  PRIMARY KEY (`consumer`,`event`),
  KEY `inbox_taken_at` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `inbox` values ('hold-stock', 'evt_01m8hs1023enfsr5wda7870gyc', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs10g5enfsr5xkkbedngnh', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs10wfenfsr5ytdsy3kgms', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs119genfsr606c28pzbdg', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs11pzenfsr614se8zq00k', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs124kenfsr62w3ardxhhd', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs12apenfsr63gxpcbnm3y', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs12p1enfsr654vfpkrn5e', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs12znenfsr66eq1md4355', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs13anenfsr67cq31zh1y1', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs13f0enfsr688kr7ezdtr', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs13n5enfsr69f2b1pvqaa', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs13zhenfsr6b4g38ckgrm', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs1488enfsr6cdkkz9abne', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs14jvenfsr6djc76s0s6c', '2026-03-01 12:00:00.000');
insert into `inbox` values ('hold-stock', 'evt_01m8hs14rwenfsr6emjn149qpy', '2026-03-01 12:00:00.000');
insert into `inbox` values ('open-departures', 'evt_01m8hs0zn0enfsr5tz7petyv9x', '2026-03-01 12:00:00.000');
CREATE TABLE `lease` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(64) DEFAULT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `lease` values ('relay-outbox', null, '11');
CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (4, '0001-departures.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (5, '0002-holds.sql', '2026-11-28 19:10:00');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `seat_ledger` (
  `departure` varchar(255) NOT NULL,
  `revision` int(11) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `order_id` varchar(64) DEFAULT NULL,
  `cause` varchar(255) NOT NULL,
  `available` int(11) NOT NULL,
  `held` int(11) NOT NULL,
  `sold` int(11) NOT NULL,
  `at` datetime(3) NOT NULL,
  PRIMARY KEY (`departure`,`revision`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 1, 'OPENED', null, 'evt_01m8hs0zn0enfsr5tz7petyv9x', 9, 0, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 2, 'HELD', 'ord_01m8hs101venfsr5w64pn1y791', 'evt_01m8hs1023enfsr5wda7870gyc', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 3, 'CONFIRMED', 'ord_01m8hs101venfsr5w64pn1y791', 'evt_01m8hs10g5enfsr5xkkbedngnh', 0, -1, 1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 4, 'HELD', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'evt_01m8hs10wfenfsr5ytdsy3kgms', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 5, 'CONFIRMED', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'evt_01m8hs119genfsr606c28pzbdg', 0, -1, 1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 6, 'RETURNED', 'ord_01m8hs10w9enfsr5ynpn12bkzb', 'evt_01m8hs11pzenfsr614se8zq00k', 1, 0, -1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 7, 'HELD', 'ord_01m8hs124fenfsr62mv60aa2xb', 'evt_01m8hs124kenfsr62w3ardxhhd', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 8, 'RELEASED', 'ord_01m8hs124fenfsr62mv60aa2xb', 'evt_01m8hs12apenfsr63gxpcbnm3y', 1, -1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 9, 'HELD', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'evt_01m8hs12p1enfsr654vfpkrn5e', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 10, 'CONFIRMED', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'evt_01m8hs12znenfsr66eq1md4355', 0, -1, 1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 11, 'RETURNED', 'ord_01m8hs12nvenfsr64xpnk94xaz', 'evt_01m8hs13anenfsr67cq31zh1y1', 1, 0, -1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 12, 'HELD', 'ord_01m8hs1485enfsr6c5ec6mchsw', 'evt_01m8hs1488enfsr6cdkkz9abne', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 13, 'CONFIRMED', 'ord_01m8hs1485enfsr6c5ec6mchsw', 'evt_01m8hs14jvenfsr6djc76s0s6c', 0, -1, 1, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY', 14, 'HELD', 'ord_01m8hs14rtenfsr6efr7127ajy', 'evt_01m8hs14rwenfsr6emjn149qpy', -1, 1, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 1, 'OPENED', null, 'evt_01m8hs0zn0enfsr5tz7petyv9x', 1, 0, 0, '2026-03-01 12:00:00.000');
insert into `seat_ledger` values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 2, 'HELD', 'ord_01m8hs13n0enfsr696hqtn9mh6', 'evt_01m8hs13n5enfsr69f2b1pvqaa', -1, 1, 0, '2026-03-01 12:00:00.000');
