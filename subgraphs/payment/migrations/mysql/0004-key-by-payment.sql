-- An account may have thousands of payments: verify looks a key up by its payment.
create index key_use_payment on key_use (payment_id);
