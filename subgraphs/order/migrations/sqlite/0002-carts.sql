create table cart (
  id text not null primary key,
  account text null unique,
  changed_at integer not null
);
create table cart_item (
  id text not null primary key,
  cart text not null,
  token text not null,
  offer json not null,
  travellers json null,
  added_at integer not null,
  foreign key (cart) references cart (id) on delete cascade
);
create index cart_item_cart on cart_item (cart, id);
