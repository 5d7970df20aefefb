CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));
insert into "mikro_orm_migrations" values (1, '0000-events.sql', 1795892992000);
insert into "mikro_orm_migrations" values (2, '0001-lease.sql', 1795892992000);
insert into "mikro_orm_migrations" values (3, '0002-inbox-age.sql', 1795892992000);
insert into "mikro_orm_migrations" values (4, '0001-accounts.sql', 1795892992000);
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
CREATE TABLE lease (
  name text not null primary key,
  holder text,
  turn integer not null
);
insert into "lease" values ('relay-outbox', null, 0);
CREATE TABLE account (
  id text not null primary key,
  email text not null unique,
  name text not null,
  password text not null,
  roles text not null,
  revision integer not null
);
insert into "account" values ('acc_01m8hs0qx3enfsr54tfse6m1mv', 'asha.rao.c562baa3@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$O234S0VyCM5WIC3BJ1nl2g$72KR0KJn1AAf2+50AdRC6L3V/7dMt4//6sQTUSJ6Xgs', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0ryvenfsr57jswp51ze3', 'asha.rao.c122c1d4@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$gL2xKK0FIJK4EGRt5oNqGQ$tuiK8/ZZB4RmldXVnFleEbDqYOGABy3hr38U1e42dCk', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0sx4enfsr5bp8r9r8a31', 'asha.rao.f2b316dd@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$EK7epN9m86suoTm7wYIn4g$xDKfxF5ANhh6GcwRDRehEetfHieNall8WMv4CrgkiWQ', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0t9aenfsr5dxp6w47jrz', 'asha.rao.e5ec148b@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$KUZ6Von2cUloXimYkTxY2Q$diBqBnhvy7HtDfn9DfnXxPYl6ThPQuTSVQEAojEQANk', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0tzfenfsr5h96pnavaa1', 'asha.rao.b808abca@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$KSwPHTYgqdGd4zSWY7wguQ$VN7fmlwhsUIuafCDDhan2MCwfl6GsQzIgh7VW8gqN6I', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0v4yenfsr5jfvw7kp3et', 'asha.rao.5bfdef4f@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$OihD8kzqgxXsbpVJehgKKw$QbRsw8xQTWnjToWWSG7sXKjpF96k6+n3Nt36JCLOngQ', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0vqpenfsr5n3qkw3e4sm', 'asha.rao.161baed5@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$oObmRAGuX0Bzw5PFB65liw$ePYy26KexXAeVcaIwZlLeOX2qUsG0hLyxMTxAAlElQY', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0w3nenfsr5qd8apzkt0h', 'asha.rao.37b9a775@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$5wVoRftqjB9C+awKCAL3oA$Pn+b7BugWMsND/vEiqZIXwdSfc8NWZ4VH2PNqNMsPeQ', 'TRAVELLER', 0);
insert into "account" values ('acc_01m8hs0wd2enfsr5s5vs69032j', 'asha.rao.3eece1f9@example.com', 'Asha Rao', '$argon2id$v=19$m=19456,t=2,p=1$Moyxpt+BWYC1pXXXR8u48w$jAaIKJLiSkdGD6/nc+SDgaqVOj/vaInLOKt24qMYi5U', 'TRAVELLER', 0);
CREATE TABLE session (
  id text not null primary key,
  account text not null references account (id) on delete cascade,
  family_hash text not null,
  refresh_hash text not null,
  previous_hash text null,
  started_at integer not null,
  used_at integer not null,
  expires_at integer not null
);
CREATE TABLE saved_traveller (
  id text not null primary key,
  account text not null references account (id) on delete cascade,
  name text not null,
  birth_date text not null,
  document_kind text null,
  document_number text null,
  document_country text null,
  document_expires_on text null
);
CREATE TABLE tries (
  subject text not null primary key,
  count integer not null,
  until integer not null
);
insert into "tries" values ('PdjWIAGQj1_TDhg1nAHLlt5XRIik0dql_xh2jf5_8Vs', 9, 1772367300000);
CREATE TABLE token_key (
  id text not null primary key,
  secret text not null,
  public text not null,
  signs_from integer not null
);
CREATE INDEX inbox_taken_at on inbox (taken_at);
CREATE INDEX session_account on session (account, used_at);
CREATE INDEX saved_traveller_account on saved_traveller (account, name);
CREATE INDEX tries_until on tries (until);
