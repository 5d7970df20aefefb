CREATE TABLE `guide` (
  `airport` varchar(8) NOT NULL,
  `summary` text DEFAULT NULL,
  PRIMARY KEY (`airport`)
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
insert into `mikro_orm_migrations` values (1, '0000-events.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (2, '0001-lease.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (3, '0002-inbox-age.sql', '2026-11-28 19:10:00');
insert into `mikro_orm_migrations` values (4, '0001-guides.sql', '2026-11-28 19:10:00');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `review` (
  `id` varchar(64) NOT NULL,
  `stay` varchar(64) NOT NULL,
  `rating` int(11) NOT NULL CHECK (`rating` between 1 and 5),
  `text` text NOT NULL,
  `stayed_on` varchar(10) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `review_by_date` (`stay`,`stayed_on` DESC,`id`),
  CONSTRAINT `review_ibfk_1` FOREIGN KEY (`stay`) REFERENCES `stay` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `sight` (
  `id` varchar(64) NOT NULL,
  `airport` varchar(8) NOT NULL,
  `name` varchar(255) NOT NULL,
  `kind` varchar(32) NOT NULL,
  `rating` int(11) NOT NULL CHECK (`rating` = 0 or `rating` between 10 and 50),
  PRIMARY KEY (`id`),
  KEY `sight_by_rating` (`airport`,`rating` DESC,`id`),
  CONSTRAINT `sight_ibfk_1` FOREIGN KEY (`airport`) REFERENCES `guide` (`airport`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `stay` (
  `id` varchar(64) NOT NULL,
  `airport` varchar(8) NOT NULL,
  `name` varchar(255) NOT NULL,
  `nightly_price` int(11) NOT NULL CHECK (`nightly_price` >= 0),
  `currency` varchar(3) NOT NULL,
  `rating` int(11) NOT NULL CHECK (`rating` = 0 or `rating` between 10 and 50),
  `review_count` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `stay_by_rating` (`airport`,`rating` DESC,`id`),
  CONSTRAINT `stay_ibfk_1` FOREIGN KEY (`airport`) REFERENCES `guide` (`airport`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
