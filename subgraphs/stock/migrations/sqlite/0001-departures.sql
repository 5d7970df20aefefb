create table departure (
  id text not null primary key,
  carrier text not null,
  flight_number text null,
  origin text not null,
  destination text not null,
  departs text not null,
  cabin text not null,
  filed integer not null,
  total integer not null,
  available integer not null,
  held integer not null,
  sold integer not null,
  check (available >= 0 and held >= 0 and sold >= 0 and available + held + sold = total)
);
