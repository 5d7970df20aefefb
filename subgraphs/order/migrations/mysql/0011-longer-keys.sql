-- One limit for every idempotency key: payments have always taken 255 characters. SQLite stores text of any length.
alter table idempotency_key
  modify `key` varchar(255) character set utf8mb4 collate utf8mb4_bin not null;
