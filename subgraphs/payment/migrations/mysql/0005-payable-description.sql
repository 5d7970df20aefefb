-- What the payer reads on the provider's page: the order's number and its flights.
alter table payable add column description text character set utf8mb4 collate utf8mb4_bin null;
