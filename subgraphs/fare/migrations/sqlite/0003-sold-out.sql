-- Departures without a seat left are not offered; the stock room says which.
create table sold_out_departure (
  departure text not null primary key,
  origin text not null,
  destination text not null,
  date text not null,
  sold_out integer not null,
  sequence integer not null
);
create index sold_out_departure_by_date on sold_out_departure (origin, destination, date);
