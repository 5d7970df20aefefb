create table unpaid_seats (
  order_id varchar(64) not null,
  departure_id varchar(255) not null,
  seats integer not null,
  account varchar(64) not null,
  network varchar(32) null,
  primary key (order_id, departure_id),
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index unpaid_seats_account on unpaid_seats (account);
create index unpaid_seats_network on unpaid_seats (network);
create table lapsed_hold (
  order_id varchar(64) not null primary key,
  account varchar(64) not null,
  network varchar(32) null,
  at bigint not null,
  foreign key (order_id) references order_head (id)
) character set utf8mb4 collate utf8mb4_bin;
create index lapsed_hold_account on lapsed_hold (account, at);
create index lapsed_hold_network on lapsed_hold (network, at);
create index lapsed_hold_at on lapsed_hold (at);
create table placing_lock (
  stripe integer not null primary key
);
insert into placing_lock (stripe)
  with recursive numbers as (select 0 as n union all select n + 1 from numbers where n < 255)
  select n from numbers;
alter table order_item add column account varchar(64) null, add column departure_id varchar(255) null;
update order_item i join order_head h on h.id = i.order_id
  set i.account = h.account, i.departure_id = json_unquote(json_extract(i.offer, '$.departureId'));
create index order_item_flight on order_item (account, departure_id);
