create table fare (
  id varchar(64) not null primary key,
  identity varchar(64) not null unique,
  flight varchar(64) not null,
  carrier varchar(8) not null,
  flight_number varchar(16) null,
  origin varchar(8) not null,
  destination varchar(8) not null,
  via varchar(255) not null,
  departs varchar(16) not null,
  arrives varchar(16) not null,
  arrival_days integer not null,
  cabin varchar(32) not null,
  brand varchar(32) not null,
  traveller_type varchar(16) not null,
  first_date varchar(10) not null,
  last_date varchar(10) not null,
  many_days boolean not null,
  fare_basis varchar(32) null,
  amount bigint not null check (amount >= 0),
  currency varchar(3) not null,
  note varchar(255) null,
  capacity integer null,
  check (first_date <= last_date)
) character set utf8mb4 collate utf8mb4_bin;
create index fare_by_first_date on fare (origin, destination, cabin, currency, many_days, first_date);
create index fare_by_last_date on fare (origin, destination, cabin, currency, many_days, last_date);
create table route (
  id varchar(64) not null primary key,
  revision integer not null
) character set utf8mb4 collate utf8mb4_bin;
