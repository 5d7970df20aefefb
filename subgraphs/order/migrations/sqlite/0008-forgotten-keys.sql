-- Accounts that were deleted under the release before left the text and the hash of their idempotency keys.
update idempotency_key set key = order_id, hash = ''
  where hash <> '' and order_id in (select id from order_head where email is null);
