create table cart (
  id varchar(64) not null primary key,
  account varchar(64) null unique,
  changed_at bigint not null
) character set utf8mb4 collate utf8mb4_bin;
create table cart_item (
  id varchar(64) not null primary key,
  cart varchar(64) not null,
  token text not null,
  offer json not null,
  travellers json null,
  added_at bigint not null,
  foreign key (cart) references cart (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index cart_item_cart on cart_item (cart, id);
