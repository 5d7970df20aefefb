CREATE TABLE `account` (
  `id` varchar(64) NOT NULL,
  `email` varchar(254) NOT NULL,
  `name` varchar(100) NOT NULL,
  `password` varchar(255) NOT NULL,
  `roles` varchar(255) NOT NULL,
  `revision` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `account` values ('acc_01m8hs0zwsenfsr5v22vc6xe9n', 'asha.rao.fbd21676@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$rF6PFbLnPh73i0pJgFM1gQ$RMBgHlcHbemv7gYhvhnS5jf/N6Q85LFsKYSsgoPS2Ik', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs10tjenfsr5y7kvyvvq1n', 'asha.rao.c27100ef@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$2qL29i6FAQ/ejQO+4R3D1Q$GZo+vaLHcHCAFUtffh6qMCnl9GLb3ytwK2wtFrACo2I', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs122xenfsr6206xg1bhte', 'asha.rao.8cfa6de2@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$T3O9Lb268/c2RbshGHe32Q$6oGKo0zDYVlvJPSO2oBzlsrjPyQ04ZlxdSwwYQqaIvA', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs12m4enfsr64e76a5wfpz', 'asha.rao.c8fa4953@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$KcP6oYjNUVNJladb9nd+1A$Mb4701BmjLsdU3E/BZAm5Ptdw7SfdSkHgKkweiigRnA', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs13ddenfsr67pw9zm9nft', 'asha.rao.dd57a7eb@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$ct7AHL0wfVURr5wjnshmag$w7Y22mHeN9vNjPosbuKIOKo3trHnwlr5Q4D8beTcFQI', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs13k8enfsr68jx9ndgatz', 'asha.rao.42b28363@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$obTtZUqS3bcTZU1NLaWj7Q$ONQUSvpZ6pkp413m1h4cpfO95UiVc6wn7c9CxZ2nHes', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs146senfsr6bpp3k2rgsp', 'asha.rao.7f03fcaf@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$7vtCPRYS463I7teKLf04Lg$AT74N/j8h5wby3vYj43sdpRT8miiD2BVVdgbG6y4KN8', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs14qqenfsr6dvmparhybp', 'asha.rao.6979e576@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$tkIWiwKr/xZON8t6B+Ovdw$em5x4hKAVvkQawYRMOJJK4QOl4CFrLl5QHai1VAYMy8', 'TRAVELLER', 0);
insert into `account` values ('acc_01m8hs151renfsr6fjw5syspv5', 'asha.rao.4445d9fb@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$OZngRgDszh+zdRnIGayIOA$bWZQTcwuvN6cGGqz24l+1/o2zm912lJe2SIkTlkt/g0', 'TRAVELLER', 0);
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
insert into `mikro_orm_migrations` values (4, '0001-accounts.sql', '2026-11-28 19:10:00');
CREATE TABLE `outbox` (
  `position` bigint(20) NOT NULL AUTO_INCREMENT,
  `event` mediumtext NOT NULL,
  PRIMARY KEY (`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `saved_traveller` (
  `id` varchar(64) NOT NULL,
  `account` varchar(64) NOT NULL,
  `name` varchar(100) NOT NULL,
  `birth_date` varchar(10) NOT NULL,
  `document_kind` varchar(16) DEFAULT NULL,
  `document_number` varchar(20) DEFAULT NULL,
  `document_country` varchar(2) DEFAULT NULL,
  `document_expires_on` varchar(10) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `saved_traveller_account` (`account`,`name`),
  CONSTRAINT `saved_traveller_ibfk_1` FOREIGN KEY (`account`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `session` (
  `id` varchar(64) NOT NULL,
  `account` varchar(64) NOT NULL,
  `family_hash` varchar(64) NOT NULL,
  `refresh_hash` varchar(64) NOT NULL,
  `previous_hash` varchar(64) DEFAULT NULL,
  `started_at` bigint(20) NOT NULL,
  `used_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `session_account` (`account`,`used_at`),
  CONSTRAINT `session_ibfk_1` FOREIGN KEY (`account`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `token_key` (
  `id` varchar(64) NOT NULL,
  `secret` text NOT NULL,
  `public` text NOT NULL,
  `signs_from` bigint(20) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `tries` (
  `subject` varchar(64) NOT NULL,
  `count` int(11) NOT NULL,
  `until` bigint(20) NOT NULL,
  PRIMARY KEY (`subject`),
  KEY `tries_until` (`until`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
insert into `tries` values ('PdjWIAGQj1_TDhg1nAHLlt5XRIik0dql_xh2jf5_8Vs', 9, '1772367300000');
