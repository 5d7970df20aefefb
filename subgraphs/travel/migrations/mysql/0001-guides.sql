create table guide (
  airport varchar(8) not null primary key,
  summary text null
) character set utf8mb4 collate utf8mb4_bin;

create table sight (
  id varchar(64) not null primary key,
  airport varchar(8) not null,
  name varchar(255) not null,
  kind varchar(32) not null,
  rating integer not null check (rating = 0 or rating between 10 and 50),
  foreign key (airport) references guide (airport) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;

create table stay (
  id varchar(64) not null primary key,
  airport varchar(8) not null,
  name varchar(255) not null,
  nightly_price integer not null check (nightly_price >= 0),
  currency varchar(3) not null,
  rating integer not null check (rating = 0 or rating between 10 and 50),
  review_count integer not null,
  foreign key (airport) references guide (airport) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;

create table review (
  id varchar(64) not null primary key,
  stay varchar(64) not null,
  rating integer not null check (rating between 1 and 5),
  text text not null,
  stayed_on varchar(10) not null,
  foreign key (stay) references stay (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;

-- each list is a range of its index, in the order in which it is paged
create index sight_by_rating on sight (airport, rating desc, id);
create index stay_by_rating on stay (airport, rating desc, id);
create index review_by_date on review (stay, stayed_on desc, id);
