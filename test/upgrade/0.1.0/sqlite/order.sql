CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-orders.sql', 1795892992000);
insert into "mikro_orm_migrations" values (5, '0002-carts.sql', 1795892992000);
insert into "mikro_orm_migrations" values (6, '0003-mails.sql', 1795892992000);
insert into "mikro_orm_migrations" values (7, '0004-timeline-trace.sql', 1795892992000);
CREATE TABLE outbox (
  position integer not null primary key autoincrement,
  event text not null
);
CREATE TABLE inbox (
  consumer text not null,
  event text not null,
  taken_at datetime not null,
  primary key (consumer, event)
);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0r6qenfsr565dhb1artx', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0rhqenfsr56tcxrdngw6', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0rjgenfsr571xd3n0gvs', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0rpvenfsr57be2krmpzv', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0s1wenfsr58hehce3t02', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0s9genfsr59dzsx349zp', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0sa2enfsr59ma7smkxms', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0sdrenfsr59wme6e3rdv', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0smpenfsr5ayfmc4mzah', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0sqhenfsr5b47291pk9g', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0sr7enfsr5bckj2vc9he', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0sz4enfsr5cjm3kz39mk', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0t3renfsr5db08z6dvar', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0t53enfsr5dmrxj4x37n', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0tbnenfsr5es9z6p50y9', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0tgxenfsr5fk4a9d7gjy', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0thhenfsr5frd0sc1kvv', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0tm7enfsr5g7x7zgr21c', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0tsjenfsr5h7tzhxbkhr', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0vegenfsr5kd7krsc0df', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0vehenfsr5kk0wh7r9vh', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0vh0enfsr5mvyz18p3ed', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0vgcenfsr5mgk87gwccc', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0vseenfsr5p3qgke1s0d', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0vy1enfsr5pvzdkcq1xr', 1772366400000);
insert into "inbox" values ('notify', 'evt_01m8hs0vykenfsr5q6y2pc2j07', 1772366400000);
insert into "inbox" values ('settle-orders', 'evt_01m8hs0w5venfsr5re8tvdfq5y', 1772366400000);
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 31);
CREATE TABLE order_head (
  id text not null primary key,
  number text not null unique,
  account text not null,
  status text not null,
  version integer not null,
  amount integer not null,
  currency text not null,
  placed_at integer not null,
  hold_by integer not null,
  pay_by integer not null,
  departs_at integer not null,
  due_at integer null,
  ticketing_due_at integer null,
  ticketing_tries integer not null,
  payment_id text null,
  email text null,
  phone text null
);
insert into "order_head" values ('ord_01m8hs0r4xenfsr55kerk4v712', '214-AE0-WHQ', 'acc_01m8hs0qx3enfsr54tfse6m1mv', 'TICKETED', 4, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, 'pay_01m8hs0rcvenfsr56gnw4c8qt4', 'asha.rao.c562baa3@example.com', null);
insert into "order_head" values ('ord_01m8hs0s0qenfsr5805f7myaef', '214-AE0-E58', 'acc_01m8hs0ryvenfsr57jswp51ze3', 'REFUNDED', 8, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, 'pay_01m8hs0s5yenfsr590ssbevqk1', 'asha.rao.c122c1d4@example.com', null);
insert into "order_head" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', '214-AE0-RPS', 'acc_01m8hs0sx4enfsr5bp8r9r8a31', 'CLOSED', 4, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, null, 'asha.rao.f2b316dd@example.com', null);
insert into "order_head" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', '214-AE0-T5Q', 'acc_01m8hs0t9aenfsr5dxp6w47jrz', 'REFUNDING', 7, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, 'pay_01m8hs0tf2enfsr5ffev30rz58', 'asha.rao.e5ec148b@example.com', null);
insert into "order_head" values ('ord_01m8hs0v0venfsr5hx146exn8z', '214-AE0-D4P', 'acc_01m8hs0tzfenfsr5h96pnavaa1', 'AWAITING_PAYMENT', 2, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, 1772367300000, null, 0, null, 'asha.rao.b808abca@example.com', null);
insert into "order_head" values ('ord_01m8hs0v6aenfsr5jzrhakk459', '214-AE0-H4J', 'acc_01m8hs0v4yenfsr5jfvw7kp3et', 'REJECTED', 2, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, null, 'asha.rao.5bfdef4f@example.com', null);
insert into "order_head" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', '214-AE0-PE8', 'acc_01m8hs0vqpenfsr5n3qkw3e4sm', 'PAID', 4, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, 1772366405000, 1, 'pay_01m8hs0vwdenfsr5pgtwf42ksj', 'asha.rao.161baed5@example.com', null);
insert into "order_head" values ('ord_01m8hs0w50enfsr5qzr2rytx23', '214-AE0-VEK', 'acc_01m8hs0w3nenfsr5qd8apzkt0h', 'CLOSING', 3, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, null, null, 0, null, 'asha.rao.37b9a775@example.com', null);
insert into "order_head" values ('ord_01m8hs0weeenfsr5sk8d6qp9r8', '214-AE0-ERB', 'acc_01m8hs0wd2enfsr5s5vs69032j', 'PENDING', 1, 389700, 'INR', 1772366400000, 1772366520000, 1772367300000, 1774371000000, 1772366520000, null, 0, null, 'asha.rao.3eece1f9@example.com', null);
CREATE TABLE order_item (
  id text not null primary key,
  order_id text not null,
  position integer not null,
  offer json not null,
  foreign key (order_id) references order_head (id)
);
insert into "order_item" values ('itm_01m8hs0r4xenfsr55kerk4v712_1', 'ord_01m8hs0r4xenfsr55kerk4v712', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0s0qenfsr5805f7myaef_1', 'ord_01m8hs0s0qenfsr5805f7myaef', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0sy9enfsr5c3s4jzcwjg_1', 'ord_01m8hs0sy9enfsr5c3s4jzcwjg', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0tavenfsr5eefn5x0y5h_1', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0v0venfsr5hx146exn8z_1', 'ord_01m8hs0v0venfsr5hx146exn8z', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIFF6M05jMlJoZ29QdDVHcXQgU1RBTkRBUkQ","departureId":"dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2132"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0v6aenfsr5jzrhakk459_1', 'ord_01m8hs0v6aenfsr5jzrhakk459', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIFF6M05jMlJoZ29QdDVHcXQgU1RBTkRBUkQ","departureId":"dep_Qz3Nc2RhgoPt5Gqt_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2132"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0vrnenfsr5nqd4d375z4_1', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0w50enfsr5qzr2rytx23_1', 'ord_01m8hs0w50enfsr5qzr2rytx23', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
insert into "order_item" values ('itm_01m8hs0weeenfsr5sk8d6qp9r8_1', 'ord_01m8hs0weeenfsr5sk8d6qp9r8', 0, '{"offerId":"off_REVMIEJMUiAyMDI2LTAzLTI0IEVDT05PTVkgSU5SIDEgMCAwIDNiWnNUQmd5aWs4alFVZkEgU1RBTkRBUkQ","departureId":"dep_3bZsTBgyik8jQUfA_2026-03-24_ECONOMY","cabin":"ECONOMY","brand":"STANDARD","conditions":{"refundable":true,"refundFeePercent":25,"refundableUntilHours":24,"note":null},"slices":[{"origin":"DEL","destination":"BLR","departure":"2026-03-24T22:20:00+05:30","arrival":"2026-03-25T01:10:00+05:30","stops":[],"carrier":"6E","flightNumber":"2131"}],"travellers":[{"type":"ADULT","count":1,"each":389700}],"total":389700,"currency":"INR","asOf":"2026-03-01T12:00:00.000Z","expiresAt":"2026-03-01T12:20:00.000Z"}');
CREATE TABLE order_traveller (
  id text not null primary key,
  order_id text not null,
  position integer not null,
  item text not null,
  type text not null,
  price integer not null,
  person json null,
  cancellation text null,
  foreign key (order_id) references order_head (id)
);
insert into "order_traveller" values ('pax_01m8hs0r4xenfsr55kerk4v712_1', 'ord_01m8hs0r4xenfsr55kerk4v712', 0, 'itm_01m8hs0r4xenfsr55kerk4v712_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0s0qenfsr5805f7myaef_1', 'ord_01m8hs0s0qenfsr5805f7myaef', 0, 'itm_01m8hs0s0qenfsr5805f7myaef_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', 'can_01m8hs0s0qenfsr5805f7myaef_1');
insert into "order_traveller" values ('pax_01m8hs0sy9enfsr5c3s4jzcwjg_1', 'ord_01m8hs0sy9enfsr5c3s4jzcwjg', 0, 'itm_01m8hs0sy9enfsr5c3s4jzcwjg_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0tavenfsr5eefn5x0y5h_1', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 0, 'itm_01m8hs0tavenfsr5eefn5x0y5h_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', 'can_01m8hs0tavenfsr5eefn5x0y5h_1');
insert into "order_traveller" values ('pax_01m8hs0v0venfsr5hx146exn8z_1', 'ord_01m8hs0v0venfsr5hx146exn8z', 0, 'itm_01m8hs0v0venfsr5hx146exn8z_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0v6aenfsr5jzrhakk459_1', 'ord_01m8hs0v6aenfsr5jzrhakk459', 0, 'itm_01m8hs0v6aenfsr5jzrhakk459_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0vrnenfsr5nqd4d375z4_1', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 0, 'itm_01m8hs0vrnenfsr5nqd4d375z4_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0w50enfsr5qzr2rytx23_1', 'ord_01m8hs0w50enfsr5qzr2rytx23', 0, 'itm_01m8hs0w50enfsr5qzr2rytx23_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
insert into "order_traveller" values ('pax_01m8hs0weeenfsr5sk8d6qp9r8_1', 'ord_01m8hs0weeenfsr5sk8d6qp9r8', 0, 'itm_01m8hs0weeenfsr5sk8d6qp9r8_1', 'ADULT', 389700, '{"name":"Asha Rao","birthDate":"1990-05-17","document":null}', null);
CREATE TABLE ticket (
  id text not null primary key,
  order_id text not null,
  traveller text not null unique,
  number text not null unique,
  token text not null unique,
  issued_at integer not null,
  cancelled_at integer null,
  foreign key (order_id) references order_head (id)
);
insert into "ticket" values ('tkt_01m8hs0r4xenfsr55kerk4v712_1', 'ord_01m8hs0r4xenfsr55kerk4v712', 'pax_01m8hs0r4xenfsr55kerk4v712_1', '312-2400000001', 'eDMCV_xSvrlVLkyuU1pfPYGlw45062jc', 1772366400000, null);
insert into "ticket" values ('tkt_01m8hs0s0qenfsr5805f7myaef_1', 'ord_01m8hs0s0qenfsr5805f7myaef', 'pax_01m8hs0s0qenfsr5805f7myaef_1', '312-2400000002', '_3ts3qO1Jxg12uELax5IHV5Q2mO9_D8h', 1772366400000, 1772366400000);
insert into "ticket" values ('tkt_01m8hs0tavenfsr5eefn5x0y5h_1', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'pax_01m8hs0tavenfsr5eefn5x0y5h_1', '312-2400000003', 'EbJVAY7yHnFN40ZKvsgVSaRNdamk0Y-2', 1772366400000, 1772366400000);
CREATE TABLE cancellation (
  id text not null primary key,
  order_id text not null,
  fee integer not null,
  refund integer not null,
  at integer not null,
  tickets_taken_back_at integer null,
  foreign key (order_id) references order_head (id)
);
insert into "cancellation" values ('can_01m8hs0s0qenfsr5805f7myaef_1', 'ord_01m8hs0s0qenfsr5805f7myaef', 97425, 292275, 1772366400000, 1772366400000);
insert into "cancellation" values ('can_01m8hs0tavenfsr5eefn5x0y5h_1', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 97425, 292275, 1772366400000, 1772366400000);
CREATE TABLE order_refund (
  id text not null primary key,
  order_id text not null,
  payment_id text not null,
  amount integer not null,
  currency text not null,
  because text not null,
  cancellation text null,
  state text not null,
  foreign key (order_id) references order_head (id)
);
insert into "order_refund" values ('rfd_01m8hs0s0qenfsr5805f7myaef_1', 'ord_01m8hs0s0qenfsr5805f7myaef', 'pay_01m8hs0s5yenfsr590ssbevqk1', 292275, 'INR', 'CANCELLED', 'can_01m8hs0s0qenfsr5805f7myaef_1', 'PAID_BACK');
insert into "order_refund" values ('rfd_01m8hs0tavenfsr5eefn5x0y5h_1', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 'pay_01m8hs0tf2enfsr5ffev30rz58', 292275, 'INR', 'CANCELLED', 'can_01m8hs0tavenfsr5eefn5x0y5h_1', 'DUE');
CREATE TABLE timeline_entry (
  order_id text not null,
  version integer not null,
  step text not null,
  status text not null,
  cause text not null,
  because text null,
  at integer not null,
  trace_id text null, traceparent text null,
  primary key (order_id, version)
);
insert into "timeline_entry" values ('ord_01m8hs0r4xenfsr55kerk4v712', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, 'cc00db8b345e792b110678bf5f49dae4', '00-cc00db8b345e792b110678bf5f49dae4-37b44af28c999e25-00');
insert into "timeline_entry" values ('ord_01m8hs0r4xenfsr55kerk4v712', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, 'cc00db8b345e792b110678bf5f49dae4', '00-cc00db8b345e792b110678bf5f49dae4-37b44af28c999e25-00');
insert into "timeline_entry" values ('ord_01m8hs0r4xenfsr55kerk4v712', 3, 'PAID', 'PAID', 'payment.captured', null, 1772366400000, 'cc00db8b345e792b110678bf5f49dae4', '00-cc00db8b345e792b110678bf5f49dae4-37b44af28c999e25-00');
insert into "timeline_entry" values ('ord_01m8hs0r4xenfsr55kerk4v712', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, 1772366400000, 'cc00db8b345e792b110678bf5f49dae4', '00-cc00db8b345e792b110678bf5f49dae4-37b44af28c999e25-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, 'd048d4abdd27df2ec39297b4212e07a4', '00-d048d4abdd27df2ec39297b4212e07a4-d7032b22363a17f4-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, 'd048d4abdd27df2ec39297b4212e07a4', '00-d048d4abdd27df2ec39297b4212e07a4-d7032b22363a17f4-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 3, 'PAID', 'PAID', 'payment.captured', null, 1772366400000, 'd048d4abdd27df2ec39297b4212e07a4', '00-d048d4abdd27df2ec39297b4212e07a4-d7032b22363a17f4-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, 1772366400000, 'd048d4abdd27df2ec39297b4212e07a4', '00-d048d4abdd27df2ec39297b4212e07a4-d7032b22363a17f4-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 5, 'CANCELLED', 'REFUNDING', 'traveller', null, 1772366400000, '2d884302213622a815de247e13b90df0', '00-2d884302213622a815de247e13b90df0-edbaa7c2d0e67da7-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 6, 'TICKETS_TAKEN_BACK', 'REFUNDING', 'issue-tickets', null, 1772366400000, '2d884302213622a815de247e13b90df0', '00-2d884302213622a815de247e13b90df0-edbaa7c2d0e67da7-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 7, 'SEATS_RETURNED', 'REFUNDING', 'stock.returned', null, 1772366400000, '2d884302213622a815de247e13b90df0', '00-2d884302213622a815de247e13b90df0-edbaa7c2d0e67da7-00');
insert into "timeline_entry" values ('ord_01m8hs0s0qenfsr5805f7myaef', 8, 'REFUNDED', 'REFUNDED', 'payment.refunded', null, 1772366400000, '2d884302213622a815de247e13b90df0', '00-2d884302213622a815de247e13b90df0-edbaa7c2d0e67da7-00');
insert into "timeline_entry" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '905a227961bde8ae2e9ff63aefe6231d', '00-905a227961bde8ae2e9ff63aefe6231d-4d20143d17af5ee5-00');
insert into "timeline_entry" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, '905a227961bde8ae2e9ff63aefe6231d', '00-905a227961bde8ae2e9ff63aefe6231d-4d20143d17af5ee5-00');
insert into "timeline_entry" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 3, 'CANCELLED', 'CLOSING', 'traveller', null, 1772366400000, '9dd80ec388d4de9c96ab47fdc2209b90', '00-9dd80ec388d4de9c96ab47fdc2209b90-3cbf1bfd5056f30b-00');
insert into "timeline_entry" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 4, 'SEATS_RELEASED', 'CLOSED', 'stock.released', null, 1772366400000, '9dd80ec388d4de9c96ab47fdc2209b90', '00-9dd80ec388d4de9c96ab47fdc2209b90-3cbf1bfd5056f30b-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '7da0bafd73c4a66c452d0ab3bdd3ccde', '00-7da0bafd73c4a66c452d0ab3bdd3ccde-1f02d4c89a5081c7-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, '7da0bafd73c4a66c452d0ab3bdd3ccde', '00-7da0bafd73c4a66c452d0ab3bdd3ccde-1f02d4c89a5081c7-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 3, 'PAID', 'PAID', 'payment.captured', null, 1772366400000, '7da0bafd73c4a66c452d0ab3bdd3ccde', '00-7da0bafd73c4a66c452d0ab3bdd3ccde-1f02d4c89a5081c7-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 4, 'TICKETED', 'TICKETED', 'issue-tickets', null, 1772366400000, '7da0bafd73c4a66c452d0ab3bdd3ccde', '00-7da0bafd73c4a66c452d0ab3bdd3ccde-1f02d4c89a5081c7-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 5, 'CANCELLED', 'REFUNDING', 'traveller', null, 1772366400000, 'ab7213f96fb1c354f886c2a0687975ce', '00-ab7213f96fb1c354f886c2a0687975ce-0b35ebc5b2c31705-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 6, 'TICKETS_TAKEN_BACK', 'REFUNDING', 'issue-tickets', null, 1772366400000, 'ab7213f96fb1c354f886c2a0687975ce', '00-ab7213f96fb1c354f886c2a0687975ce-0b35ebc5b2c31705-00');
insert into "timeline_entry" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 7, 'SEATS_RETURNED', 'REFUNDING', 'stock.returned', null, 1772366400000, 'ab7213f96fb1c354f886c2a0687975ce', '00-ab7213f96fb1c354f886c2a0687975ce-0b35ebc5b2c31705-00');
insert into "timeline_entry" values ('ord_01m8hs0v0venfsr5hx146exn8z', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '462b0e633baf935c6d5070295c33583b', '00-462b0e633baf935c6d5070295c33583b-1d46a4dd342489d3-00');
insert into "timeline_entry" values ('ord_01m8hs0v6aenfsr5jzrhakk459', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '9a0a14aaf4a2c4a84ed893df44602eca', '00-9a0a14aaf4a2c4a84ed893df44602eca-1dcb3e49a875b1ce-00');
insert into "timeline_entry" values ('ord_01m8hs0v0venfsr5hx146exn8z', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, '462b0e633baf935c6d5070295c33583b', '00-462b0e633baf935c6d5070295c33583b-1d46a4dd342489d3-00');
insert into "timeline_entry" values ('ord_01m8hs0v6aenfsr5jzrhakk459', 2, 'SEATS_REFUSED', 'REJECTED', 'stock.refused', 'SOLD_OUT', 1772366400000, '9a0a14aaf4a2c4a84ed893df44602eca', '00-9a0a14aaf4a2c4a84ed893df44602eca-1dcb3e49a875b1ce-00');
insert into "timeline_entry" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '6c336e48c5b073afbca9abf854df3ef6', '00-6c336e48c5b073afbca9abf854df3ef6-985228a26c334170-00');
insert into "timeline_entry" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, '6c336e48c5b073afbca9abf854df3ef6', '00-6c336e48c5b073afbca9abf854df3ef6-985228a26c334170-00');
insert into "timeline_entry" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 3, 'PAID', 'PAID', 'payment.captured', null, 1772366400000, '6c336e48c5b073afbca9abf854df3ef6', '00-6c336e48c5b073afbca9abf854df3ef6-985228a26c334170-00');
insert into "timeline_entry" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, 'bdb1b4d5c805041c80860fd2ad4ea228', '00-bdb1b4d5c805041c80860fd2ad4ea228-0e793de85a34193d-00');
insert into "timeline_entry" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 2, 'SEATS_HELD', 'AWAITING_PAYMENT', 'stock.held', null, 1772366400000, 'bdb1b4d5c805041c80860fd2ad4ea228', '00-bdb1b4d5c805041c80860fd2ad4ea228-0e793de85a34193d-00');
insert into "timeline_entry" values ('ord_01m8hs0w50enfsr5qzr2rytx23', 3, 'CANCELLED', 'CLOSING', 'traveller', null, 1772366400000, '4c7d6b7110a678cc6488bb9b7c38cc62', '00-4c7d6b7110a678cc6488bb9b7c38cc62-4faa93af6f22a137-00');
insert into "timeline_entry" values ('ord_01m8hs0weeenfsr5sk8d6qp9r8', 1, 'PLACED', 'PENDING', 'traveller', null, 1772366400000, '7d394b5dd6d4d823ddb5d58bf2eacd2c', '00-7d394b5dd6d4d823ddb5d58bf2eacd2c-564ae3e0d95133dd-00');
CREATE TABLE idempotency_key (
  account text not null,
  operation text not null,
  `key` text not null,
  hash text not null,
  order_id text not null,
  at integer not null,
  primary key (account, operation, `key`)
);
insert into "idempotency_key" values ('acc_01m8hs0qx3enfsr54tfse6m1mv', 'placeOrder', '0f3cac27-bb7e-4de3-8ed9-602895b1cd0e', 'ljkVvWaX3F7QL19-onafBWncNupQ0zYAeGdisU9Ahmo', 'ord_01m8hs0r4xenfsr55kerk4v712', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0ryvenfsr57jswp51ze3', 'placeOrder', '531d564d-cd7d-4c29-bf01-c2c35fecff08', 'q2aKLtNCcBl6l3mt5-hmTtma-LXhEpY82oF9FlkzEn8', 'ord_01m8hs0s0qenfsr5805f7myaef', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0sx4enfsr5bp8r9r8a31', 'placeOrder', '034d7b58-3f5c-47fa-9e0c-ee92ca46d5cd', 'r4y5RMI9c5CR4Ae7rNxlrI2IjUwtrseVsqpIe-kFYU4', 'ord_01m8hs0sy9enfsr5c3s4jzcwjg', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0t9aenfsr5dxp6w47jrz', 'placeOrder', 'ce561174-be3a-4674-a9c7-12f0a90288d0', 'bwv9DaUYS2HzRlO8fbIjPww1tdwTDjj4jHh-RvfRN8o', 'ord_01m8hs0tavenfsr5eefn5x0y5h', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0tzfenfsr5h96pnavaa1', 'placeOrder', 'c76666f1-f112-4202-b6a5-dc82ec8764ed', 'qoD8RxkVzpJS_2lc7h9LDc5tWzjR2DOBpLld3ujaND0', 'ord_01m8hs0v0venfsr5hx146exn8z', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0v4yenfsr5jfvw7kp3et', 'placeOrder', '477e6a63-48d9-4c8b-9409-83c9977ce043', 'rLgUTDuSsXsuurzShbQZs8xiIMox-aim0CE_cGvlYf8', 'ord_01m8hs0v6aenfsr5jzrhakk459', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0vqpenfsr5n3qkw3e4sm', 'placeOrder', 'd24d859b-55f2-4999-8918-32627f20bb7c', 'M4v3kfjA9z568chBCACbR5tQKZuS3INnIZ5CZeHkODM', 'ord_01m8hs0vrnenfsr5nqd4d375z4', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0w3nenfsr5qd8apzkt0h', 'placeOrder', '3b7315f9-7c6f-401b-a54e-2bcd762fe747', 'vN25I0QKdOSNi0Gb6ecy5thxxUFgaWDzAQKwqdaDQwg', 'ord_01m8hs0w50enfsr5qzr2rytx23', 1772366400000);
insert into "idempotency_key" values ('acc_01m8hs0wd2enfsr5s5vs69032j', 'placeOrder', '3528f1c4-669f-4729-b784-659dfb551376', 'tNqDu6aLMw9ZVSD47bB-70YfS7SZxMVj8f_XQeDP7UU', 'ord_01m8hs0weeenfsr5sk8d6qp9r8', 1772366400000);
CREATE TABLE cart (
  id text not null primary key,
  account text null unique,
  changed_at integer not null
);
CREATE TABLE cart_item (
  id text not null primary key,
  cart text not null,
  token text not null,
  offer json not null,
  travellers json null,
  added_at integer not null,
  foreign key (cart) references cart (id) on delete cascade
);
CREATE TABLE mail (
  order_id text not null,
  kind text not null,
  state text not null,
  due_at integer null,
  tries integer not null,
  sent_at integer null,
  primary key (order_id, kind),
  foreign key (order_id) references order_head (id)
);
insert into "mail" values ('ord_01m8hs0r4xenfsr55kerk4v712', 'PAID', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0r4xenfsr55kerk4v712', 'TICKETED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'PAID', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'TICKETED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0s0qenfsr5805f7myaef', 'REFUNDED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0sy9enfsr5c3s4jzcwjg', 'CLOSED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 'PAID', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0tavenfsr5eefn5x0y5h', 'TICKETED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0v6aenfsr5jzrhakk459', 'REJECTED', 'SENT', null, 0, 1772366400000);
insert into "mail" values ('ord_01m8hs0vrnenfsr5nqd4d375z4', 'PAID', 'SENT', null, 0, 1772366400000);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX order_account on order_head (account, id);
CREATE INDEX order_departure on order_head (account, departs_at, id);
CREATE INDEX order_due on order_head (due_at);
CREATE INDEX order_ticketing_due on order_head (ticketing_due_at);
CREATE INDEX order_status on order_head (status, id);
CREATE INDEX order_item_order on order_item (order_id, position);
CREATE INDEX order_traveller_order on order_traveller (order_id, position);
CREATE INDEX ticket_order on ticket (order_id);
CREATE INDEX cancellation_order on cancellation (order_id);
CREATE INDEX order_refund_order on order_refund (order_id);
CREATE INDEX cart_item_cart on cart_item (cart, id);
CREATE INDEX mail_due on mail (due_at);
