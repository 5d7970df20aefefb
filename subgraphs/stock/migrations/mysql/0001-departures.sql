create table departure (
  id varchar(255) not null primary key,
  carrier varchar(8) not null,
  flight_number varchar(16) null,
  origin varchar(8) not null,
  destination varchar(8) not null,
  departs varchar(16) not null,
  cabin varchar(32) not null,
  filed boolean not null,
  total integer not null,
  available integer not null,
  held integer not null,
  sold integer not null,
  check (available >= 0 and held >= 0 and sold >= 0 and available + held + sold = total)
) character set utf8mb4 collate utf8mb4_bin;
