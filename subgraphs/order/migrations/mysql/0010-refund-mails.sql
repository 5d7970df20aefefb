-- An order owes a mail for each refund that does not end it; the other kinds have no refund.
alter table mail
  add column refund varchar(80) character set utf8mb4 collate utf8mb4_bin not null default '',
  drop primary key,
  add primary key (order_id, kind, refund);
