CREATE TABLE `fare` (
  `id` varchar(64) NOT NULL,
  `identity` varchar(64) NOT NULL,
  `flight` varchar(64) NOT NULL,
  `carrier` varchar(8) NOT NULL,
  `flight_number` varchar(16) DEFAULT NULL,
  `origin` varchar(8) NOT NULL,
  `destination` varchar(8) NOT NULL,
  `via` varchar(255) NOT NULL,
  `departs` varchar(16) NOT NULL,
  `arrives` varchar(16) NOT NULL,
  `arrival_days` int(11) NOT NULL,
  `cabin` varchar(32) NOT NULL,
  `brand` varchar(32) NOT NULL,
  `traveller_type` varchar(16) NOT NULL,
  `first_date` varchar(10) NOT NULL,
  `last_date` varchar(10) NOT NULL,
  `many_days` tinyint(1) NOT NULL,
  `fare_basis` varchar(32) DEFAULT NULL,
  `amount` bigint(20) NOT NULL CHECK (`amount` >= 0),
  `currency` varchar(3) NOT NULL,
  `note` varchar(255) DEFAULT NULL,
  `capacity` int(11) DEFAULT NULL,
  `revision` int(11) NOT NULL DEFAULT 1,
  `withdrawn` tinyint(1) NOT NULL DEFAULT 0,
  `filed_at` datetime(3) DEFAULT NULL,
  `filed_by` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `identity` (`identity`),
  KEY `fare_by_first_date` (`origin`,`destination`,`cabin`,`currency`,`many_days`,`first_date`),
  KEY `fare_by_last_date` (`origin`,`destination`,`cabin`,`currency`,`many_days`,`last_date`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`first_date` <= `last_date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `fare` values ('fare_01m8hs0zm8enfsr5t7y2pzv0ha', 'IP9shixczZ1ZK6I9P0-uG_', '3bZsTBgyik8jQUfA', '6E', '2131', 'DEL', 'BLR', '', '22:20', '01:10', 1, 'ECONOMY', 'STANDARD', 'ADULT', '2026-03-24', '2026-03-24', 0, null, '389700', 'INR', null, 9, 1, 0, '2026-03-01 12:00:00.000', null);
insert into `fare` values ('fare_01m8hs0zm8enfsr5te34n9ss2a', 'FzVsEnF-TMBVyWmMbdYV5F', 'Qz3Nc2RhgoPt5Gqt', '6E', '2132', 'DEL', 'BLR', '', '22:20', '01:10', 1, 'ECONOMY', 'STANDARD', 'ADULT', '2026-03-24', '2026-03-24', 0, null, '389700', 'INR', null, 1, 1, 0, '2026-03-01 12:00:00.000', null);
CREATE TABLE `fare_former_identity` (
  `identity` varchar(64) NOT NULL,
  `fare` varchar(64) NOT NULL,
  PRIMARY KEY (`identity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `fare_history` (
  `fare` varchar(64) NOT NULL,
  `revision` int(11) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `changed_at` datetime(3) NOT NULL,
  `changed_by` varchar(64) DEFAULT NULL,
  `terms_before` longtext DEFAULT NULL CHECK (json_valid(`terms_before`)),
  `terms_after` longtext NOT NULL CHECK (json_valid(`terms_after`)),
  PRIMARY KEY (`fare`,`revision`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `inbox` (
  `consumer` varchar(64) NOT NULL,
  `event` varchar(64) NOT NULL,
  `taken_at` datetime(3) NOT NULL,
  PRIMARY KEY (`consumer`,`event`),
  KEY `inbox_taken_at` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `inbox` values ('mark-sold-out', 'evt_01m8hs13snenfsr6a1sf1thn4t', '2026-03-01 12:00:00.000');
CREATE TABLE `lease` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(64) DEFAULT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `lease` values ('relay-outbox', null, '2');
CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (4, '0001-fares.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (5, '0002-fare-administration.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (6, '0003-sold-out.sql', '2026-11-28 19:10:00');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `route` (
  `id` varchar(64) NOT NULL,
  `revision` int(11) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `route` values ('DEL-BLR', 2);
CREATE TABLE `sold_out_departure` (
  `departure` varchar(255) NOT NULL,
  `origin` varchar(8) NOT NULL,
  `destination` varchar(8) NOT NULL,
  `date` varchar(10) NOT NULL,
  `sold_out` tinyint(1) NOT NULL,
  `sequence` int(11) NOT NULL,
  PRIMARY KEY (`departure`),
  KEY `sold_out_departure_by_date` (`origin`,`destination`,`date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `sold_out_departure` values ('dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY', 'DEL', 'BLR', '2026-03-24', 1, 2);
