create table fare (
  id text not null primary key,
  identity text not null unique,
  flight text not null,
  carrier text not null,
  flight_number text null,
  origin text not null,
  destination text not null,
  via text not null,
  departs text not null,
  arrives text not null,
  arrival_days integer not null,
  cabin text not null,
  brand text not null,
  traveller_type text not null,
  first_date text not null,
  last_date text not null,
  many_days integer not null,
  fare_basis text null,
  amount integer not null check (amount >= 0),
  currency text not null,
  note text null,
  capacity integer null,
  check (first_date <= last_date)
);
create index fare_by_first_date on fare (origin, destination, cabin, currency, many_days, first_date);
create index fare_by_last_date on fare (origin, destination, cabin, currency, many_days, last_date);
create table route (
  id text not null primary key,
  revision integer not null
);
