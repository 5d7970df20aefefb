alter table account add column email_confirmed_at bigint null;
-- Mails to send; a row goes once its mail is sent or given up. A request for an address without an account has no account.
create table account_mail (
  id varchar(64) not null primary key,
  account varchar(64) null,
  kind varchar(32) not null,
  email varchar(254) not null,
  due_at bigint not null,
  tries integer not null,
  foreign key (account) references account (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index account_mail_due on account_mail (due_at);
-- Codes that were mailed, as hashes.
create table account_code (
  hash varchar(64) not null primary key,
  account varchar(64) not null,
  kind varchar(32) not null,
  email varchar(254) not null,
  expires_at bigint not null,
  foreign key (account) references account (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index account_code_expires on account_code (expires_at);
create table known_device (
  hash varchar(64) not null primary key,
  account varchar(64) not null,
  used_at bigint not null,
  foreign key (account) references account (id) on delete cascade
) character set utf8mb4 collate utf8mb4_bin;
create index known_device_account on known_device (account, used_at);
