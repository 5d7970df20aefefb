-- Departures without a seat left are not offered; the stock room says which.
create table sold_out_departure (
  departure varchar(255) not null primary key,
  origin varchar(8) not null,
  destination varchar(8) not null,
  date varchar(10) not null,
  sold_out boolean not null,
  sequence integer not null
) character set utf8mb4 collate utf8mb4_bin;
create index sold_out_departure_by_date on sold_out_departure (origin, destination, date);
