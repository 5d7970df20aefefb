-- An account may have thousands of orders: verify and the audit of personal data look a key up by its order.
create index idempotency_key_order on idempotency_key (order_id);
