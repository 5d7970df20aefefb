-- Accounts that were deleted under the release before left the text and the hash of their idempotency keys.
update idempotency_key k join order_head h on h.id = k.order_id
  set k.`key` = k.order_id, k.hash = '' where h.email is null and k.hash <> '';
