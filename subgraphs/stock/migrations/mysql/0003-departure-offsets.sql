-- A departure has its offset where clocks show its time twice: 2026-11-01T01:50-05:00. SQLite stores text of any length.
alter table departure modify departs varchar(32) character set utf8mb4 collate utf8mb4_bin not null;
