create table unpaid_seats (
  order_id text not null,
  departure_id text not null,
  seats integer not null,
  account text not null,
  network text null,
  primary key (order_id, departure_id),
  foreign key (order_id) references order_head (id)
);
create index unpaid_seats_account on unpaid_seats (account);
create index unpaid_seats_network on unpaid_seats (network);
create table lapsed_hold (
  order_id text not null primary key,
  account text not null,
  network text null,
  at integer not null,
  foreign key (order_id) references order_head (id)
);
create index lapsed_hold_account on lapsed_hold (account, at);
create index lapsed_hold_network on lapsed_hold (network, at);
create index lapsed_hold_at on lapsed_hold (at);
create table placing_lock (
  stripe integer not null primary key
);
insert into placing_lock (stripe)
  with recursive numbers as (select 0 as n union all select n + 1 from numbers where n < 255)
  select n from numbers;
alter table order_item add column account text null;
alter table order_item add column departure_id text null;
update order_item set
  account = (select h.account from order_head h where h.id = order_item.order_id),
  departure_id = json_extract(offer, '$.departureId');
create index order_item_flight on order_item (account, departure_id);
