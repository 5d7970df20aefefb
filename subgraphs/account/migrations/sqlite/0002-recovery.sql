alter table account add column email_confirmed_at integer null;
-- Mails to send; a row goes once its mail is sent or given up. A request for an address without an account has no account.
create table account_mail (
  id text not null primary key,
  account text null references account (id) on delete cascade,
  kind text not null,
  email text not null,
  due_at integer not null,
  tries integer not null
);
create index account_mail_due on account_mail (due_at);
create index account_mail_account on account_mail (account);
-- Codes that were mailed, as hashes.
create table account_code (
  hash text not null primary key,
  account text not null references account (id) on delete cascade,
  kind text not null,
  email text not null,
  expires_at integer not null
);
create index account_code_account on account_code (account);
create index account_code_expires on account_code (expires_at);
create table known_device (
  hash text not null primary key,
  account text not null references account (id) on delete cascade,
  used_at integer not null
);
create index known_device_account on known_device (account, used_at);
