create index payment_account on payment (account, started_at);
