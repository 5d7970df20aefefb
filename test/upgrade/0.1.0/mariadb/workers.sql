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
insert into `dead_letter` values ('1', 'dlt_3d1838bcb53d435c76ae5c968df868b0', 'open-departures', '6e6497f232d52396d9e0f74757e3b88a', 'DEAD', 'departures', 1, '1', 'waiting', '{', '{}', 'Error: not JSON', '2026-03-01 12:00:06.000', null, null);
insert into `dead_letter` values ('2', 'dlt_a896ad305b9c40583c28d7d576b62e2d', 'open-departures', '6e6497f232d52396d9e0f74757e3b88a', 'BEHIND', 'departures', 1, '3', 'waiting', '{"specversion":"1.0","id":"evt_01m8nxfv0kexyvrjv1507njgr8","source":"/fare","type":"departure.scheduled","subject":"waiting","time":"2026-03-01T12:00:06.000Z","sequence":1,"schemaversion":1,"data":{"departures":[{"carrier":"6E","flightNumber":"2190","origin":"DEL","destination":"BLR","id":"dep_behind_waiting","departs":"2026-03-25T22:20","cabin":"ECONOMY","capacity":5}]}}', '{}', 'waits behind an earlier message of its key', '2026-03-01 12:00:06.000', null, null);
insert into `dead_letter` values ('3', 'dlt_93cbdc8b4f6175b9b2510a9a27ef8f87', 'open-departures', 'c24396927fc7266c56432c1530bbf7af', 'DISCARDED', 'departures', 4, '4', 'settled', '{', '{}', 'Error: not JSON', '2026-03-01 12:00:06.000', '2026-03-01 12:00:06.000', 'acc_01m8nxfty9exyvrjt0nkx70vej');
insert into `dead_letter` values ('4', 'dlt_bc3e748a5c7e3f58a4329f428b3f2edb', 'open-departures', 'c24396927fc7266c56432c1530bbf7af', 'REPLAYED', 'departures', 4, '6', 'settled', '{"specversion":"1.0","id":"evt_01m8nxfvapexyvrjvdeztyfwsq","source":"/fare","type":"departure.scheduled","subject":"settled","time":"2026-03-01T12:00:06.000Z","sequence":1,"schemaversion":1,"data":{"departures":[{"carrier":"6E","flightNumber":"2191","origin":"DEL","destination":"BLR","id":"dep_behind_settled","departs":"2026-03-25T22:20","cabin":"ECONOMY","capacity":5}]}}', '{}', 'waits behind an earlier message of its key', '2026-03-01 12:00:06.000', '2026-03-01 12:00:06.000', null);
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
insert into `lease` values ('replay open-departures', null, '1');
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
