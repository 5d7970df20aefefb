-- The event that made the row, so that verify finds an inbox mark that is missing.
alter table refund add column event varchar(64) character set utf8mb4 collate utf8mb4_bin null;
alter table payable add column event varchar(64) character set utf8mb4 collate utf8mb4_bin null;
