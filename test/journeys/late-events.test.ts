// Between the placing of an order and the arrival of its events, no subgraph reports that the order does not exist.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signOffer } from '../../schema/terms/offer-token.ts';
import { eventually } from '../kit/eventually.ts';
import { adult, anOffer, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { payer } from '../kit/paying.ts';
import { onSale } from '../kit/seats.ts';
import { signedUp } from '../kit/person.ts';
import { openWorld } from '../kit/world.ts';

test('an order that was just acknowledged is never NOT_FOUND to its owner, however late its events are', async () => {
  const late = Promise.withResolvers<void>();
  await using world = await openWorld({
    bus: (shipped) => ({
      ...shipped,
      subscribe: (subscription, handle) =>
        shipped.subscribe(subscription, async (batch) => {
          if (subscription.group === 'follow-orders') await late.promise;
          await handle(batch);
        }),
    }),
  });
  using _ = { [Symbol.dispose]: () => late.resolve() }; // closing the world waits for the batch in progress
  await onSale((await world.stores.stock()).db, { 'departure-1': 150 });
  const asha = await signedUp(world);
  const ben = payer(world, await signedUp(world, 'ben@example.com'));
  const token = signOffer(anOffer(), world.wiring.offerKeys[0]);
  const input = { offers: [{ token, travellers: [adult] }], contact, idempotencyKey: 'one' };
  const { id } = (await asha.ask<{ placeOrder: Placed }>(PLACE, { input })).data.placeOrder;

  const first = await payer(world, asha).start(id);
  assert.equal(first.code, 'NOT_READY', JSON.stringify(first));
  assert.match(first.message!, /again in a second with the same key/);
  assert.equal((await ben.start(id)).code, 'NOT_FOUND');

  late.resolve();
  const started = await eventually(async () => {
    const again = await payer(world, asha).start(id);
    return again.code !== 'NOT_READY' && again;
  });
  assert.equal(started.__typename, 'Payment', JSON.stringify(started));
  assert.equal((await ben.start(id)).code, 'NOT_FOUND');
});
