create table guide (
  airport text not null primary key,
  summary text null
);

create table sight (
  id text not null primary key,
  airport text not null references guide (airport) on delete cascade,
  name text not null,
  kind text not null,
  rating integer not null check (rating = 0 or rating between 10 and 50)
);

create table stay (
  id text not null primary key,
  airport text not null references guide (airport) on delete cascade,
  name text not null,
  nightly_price integer not null check (nightly_price >= 0),
  currency text not null,
  rating integer not null check (rating = 0 or rating between 10 and 50),
  review_count integer not null
);

create table review (
  id text not null primary key,
  stay text not null references stay (id) on delete cascade,
  rating integer not null check (rating between 1 and 5),
  text text not null,
  stayed_on text not null
);

-- each list is a range of its index, in the order in which it is paged
create index sight_by_rating on sight (airport, rating desc, id);
create index stay_by_rating on stay (airport, rating desc, id);
create index review_by_date on review (stay, stayed_on desc, id);
