CREATE TABLE `dead_letter` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `id` varchar(64) NOT NULL,
  `consumer` varchar(64) NOT NULL,
  `lane` varchar(64) NOT NULL,
  `state` varchar(16) NOT NULL,
  `topic` varchar(255) NOT NULL,
  `partition` int(11) NOT NULL,
  `offset` varchar(32) NOT NULL,
  `key` mediumtext DEFAULT NULL,
  `value` mediumtext DEFAULT NULL,
  `headers` mediumtext NOT NULL,
  `cause` text NOT NULL,
  `parked_at` datetime(3) NOT NULL,
  `settled_at` datetime(3) DEFAULT NULL,
  `settled_by` varchar(128) DEFAULT NULL,
  PRIMARY KEY (`position`),
  UNIQUE KEY `id` (`id`),
  KEY `dead_letter_lane` (`lane`,`state`),
  KEY `dead_letter_consumer` (`consumer`,`state`,`position`),
  KEY `dead_letter_settled` (`settled_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `inbox` (
  `consumer` varchar(64) NOT NULL,
  `event` varchar(64) NOT NULL,
  `taken_at` datetime(3) NOT NULL,
  PRIMARY KEY (`consumer`,`event`),
  KEY `inbox_taken_at` (`taken_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `lease` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(64) DEFAULT NULL,
  `turn` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `lease` values ('relay-outbox', null, '0');
CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:01');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:01');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:01');
insert into `mikro_orm_migrations` values (4, '0001-dead-letters.sql', '2026-11-28 19:10:01');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
