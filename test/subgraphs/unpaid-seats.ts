// The limits on unpaid seats under concurrent orders, on every database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Adapter } from '../../infra/database/database.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { isRefused } from '../../schema/errors.ts';
import type { Order } from '../../subgraphs/order/rules/order.ts';
import { capture, close, confirmHold, released } from '../../subgraphs/order/rules/settling.ts';
import { IdempotencyKey, LapsedHold, OrderHead, OrderItem, UnpaidSeats } from '../../subgraphs/order/store/tables.ts';
import { unpaidStatuses } from '../../subgraphs/order/rules/unpaid.ts';
import { paymentOf } from '../kit/an-order.ts';
import { adult, anOffer, type Placed, PLACE } from '../kit/ordering.ts';
import { openOrderSubgraph, type OrderSubgraph } from '../kit/order-subgraph.ts';
import { signedInAs } from '../kit/signed.ts';

const MINUTE = 60_000;
const times = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));
const who = (n: number, address: string | null = '192.0.2.7'): Identity => signedInAs({ account: `acc_${n}`, address });

let people = 0;
/** `count` adults who are on no other order. */
const party = (count: number) =>
  times(count, () => ({ ...adult, name: `Traveller ${'x'.repeat(people++ % 50)} ${people}` }));

/** An order of `count` adults on a departure. */
const ordering = (subgraph: OrderSubgraph, departureId: string, count: number, travellers: object[] = party(count)) => {
  const each = 1000;
  const expiresAt = '2026-03-20T00:00:00.000Z'; // later than any time in these tests
  const offer = anOffer({ departureId, expiresAt, travellers: [{ type: 'ADULT', count, each }], total: each * count });
  return { offers: [{ token: subgraph.tokenOf(offer), travellers }] };
};

async function placeAs(subgraph: OrderSubgraph, identity: Identity, change: object): Promise<Placed> {
  const { data, errors } = await subgraph.ask<{ placeOrder: Placed }>(identity, PLACE, {
    input: subgraph.anInput(change),
  });
  assert.equal(errors, undefined);
  return data.placeOrder;
}

/** How often each code occurs in the answers. */
const counted = (answers: readonly Placed[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ code }) => code ?? 'PLACED')].map(([code, all]) => [code, all.length]),
  );

/** The seats that wait for payment, counted from the orders, of one account or of all. */
async function waiting({ db, orders }: OrderSubgraph, account?: string): Promise<number> {
  const where = { status: { $in: [...unpaidStatuses] }, ...(account && { account }) };
  const heads = await db.read().find(OrderHead, where, { fields: ['id'] });
  const all = await Promise.all(heads.map(({ id }) => orders.byId(id)));
  return all.reduce((sum, order) => sum + order!.travellers.length, 0);
}

const move = async (
  { orders }: OrderSubgraph,
  id: string,
  rule: (order: Order, now: Date) => ReturnType<typeof close>,
) => {
  const moved = await orders.change(id, rule, { by: 'test' });
  assert.ok(moved && !isRefused(moved), JSON.stringify(moved));
  return moved;
};

/** Defines the tests; each opens its own order subgraph on an adapter from `open`. */
export function unpaidSeats(name: string, open: () => Adapter | undefined): void {
  const openSubgraph = () => {
    const adapter = open();
    return openOrderSubgraph({ ...(adapter && { adapter }), workers: false });
  };

  test(`${name}: forty orders of one account at once take no more seats than an account may have, on a flight and in all`, async () => {
    await using subgraph = await openSubgraph();
    const one = await Promise.all(times(40, () => placeAs(subgraph, who(1), ordering(subgraph, 'flight', 1))));
    assert.deepEqual(counted(one), { PLACED: 18, TOO_MANY_UNPAID_SEATS: 22 });
    const many = await Promise.all(times(40, (n) => placeAs(subgraph, who(1), ordering(subgraph, `flight-${n}`, 9))));
    assert.deepEqual(counted(many), { PLACED: 4, TOO_MANY_UNPAID_SEATS: 36 });
    assert.equal(await waiting(subgraph), 54);
  });

  test(`${name}: forty accounts of one address at once take no more than an address may have, other addresses are free`, async () => {
    await using subgraph = await openSubgraph();
    const same = await Promise.all(times(40, (n) => placeAs(subgraph, who(n), ordering(subgraph, 'flight', 9))));
    assert.deepEqual(counted(same), { PLACED: 4, TOO_MANY_UNPAID_SEATS: 36 });
    const blamed = same.find(({ code }) => code)!;
    assert.deepEqual(blamed.offers, [0]);
    assert.match(blamed.message!, /from your network/);
    const spread = times(40, (n) => placeAs(subgraph, who(100 + n), ordering(subgraph, `flight-${n}`, 9)));
    assert.deepEqual(counted(await Promise.all(spread)), { PLACED: 20, TOO_MANY_UNPAID_SEATS: 20 });
    assert.equal(await waiting(subgraph), 216);
    assert.equal((await placeAs(subgraph, who(200, '192.0.2.8'), ordering(subgraph, 'flight', 9))).code, undefined);
  });

  test(`${name}: the addresses of one IPv6 network count as one address`, async () => {
    await using subgraph = await openSubgraph();
    const spread = times(5, (n) =>
      placeAs(subgraph, who(n, `2001:db8:1:2::${n + 1}`), ordering(subgraph, 'flight', 9)),
    );
    assert.deepEqual(counted(await Promise.all(spread)), { PLACED: 4, TOO_MANY_UNPAID_SEATS: 1 });
    assert.equal((await placeAs(subgraph, who(9, '2001:db8:1:3::1'), ordering(subgraph, 'flight', 9))).code, undefined);
  });

  test(`${name}: an order without a known address counts for its account only`, async () => {
    await using subgraph = await openSubgraph();
    const nine = (n: number) => placeAs(subgraph, who(n, null), ordering(subgraph, 'flight', 9));
    const accounts = await Promise.all(times(5, nine)); // more seats than one address may have
    assert.deepEqual(counted(accounts), { PLACED: 5 });
    assert.equal((await nine(1)).code, undefined);
    assert.equal((await nine(1)).code, 'TOO_MANY_UNPAID_SEATS');
  });

  test(`${name}: forty concurrent orders of the same traveller on the same flight are one order, paid or not, until it is cancelled`, async () => {
    await using subgraph = await openSubgraph();
    const asha = () => placeAs(subgraph, who(1), ordering(subgraph, 'flight', 1, [adult]));
    const all = await Promise.all(times(40, asha));
    assert.deepEqual(counted(all), { PLACED: 1, ALREADY_ON_FLIGHT: 39 });
    const { id } = all.find(({ code }) => !code)!;
    await move(subgraph, id, confirmHold);
    const paid = await move(subgraph, id, (order, now) => capture(order, paymentOf(order), now));
    assert.equal(paid.status, 'PAID');
    assert.equal((await asha()).code, 'ALREADY_ON_FLIGHT');
    // another account can order for the same name: it learns nothing, and a stranger cannot block her from the flight
    assert.equal((await placeAs(subgraph, who(2), ordering(subgraph, 'flight', 1, [adult]))).code, undefined);
    assert.equal((await placeAs(subgraph, who(1), ordering(subgraph, 'another', 1, [adult]))).code, undefined);
  });

  test(`${name}: a refusal shows the existing order to its owner, and does not use up the key`, async () => {
    await using subgraph = await openSubgraph();
    const order = ordering(subgraph, 'flight', 1, [adult]);
    const { id } = await placeAs(subgraph, who(1), order);
    const again = { ...order, idempotencyKey: 'again' };
    const query = PLACE.replace('offers }', 'offers order { id actions } }');
    const input = subgraph.anInput(again);
    const refused = await subgraph.ask<{ placeOrder: Placed & { order: { id: string } } }>(who(1), query, { input });
    assert.equal(refused.data.placeOrder.code, 'ALREADY_ON_FLIGHT');
    assert.equal(refused.data.placeOrder.order.id, id);
    assert.equal(await subgraph.db.read().count(IdempotencyKey, { key: 'again' }), 0);
    await move(subgraph, id, confirmHold);
    await move(subgraph, id, (each, now) => cancel(each, null, null, now));
    const placed = await placeAs(subgraph, who(1), again);
    assert.equal(placed.code, undefined);
    assert.equal((await placeAs(subgraph, who(1), again)).id, placed.id); // the order placed under this key does not count against it
  });

  test(`${name}: seats count until the order is paid or its seats are released, and are subtracted once`, async () => {
    await using subgraph = await openSubgraph();
    const nine = () => placeAs(subgraph, who(1), ordering(subgraph, 'flight', 9));
    const [first, second] = [await nine(), await nine()];
    assert.equal((await nine()).code, 'TOO_MANY_UNPAID_SEATS');
    await move(subgraph, first.id, confirmHold);
    await move(subgraph, first.id, (order, now) => capture(order, paymentOf(order), now));
    const third = await nine();
    assert.equal(third.code, undefined);
    await move(subgraph, second.id, confirmHold);
    await move(subgraph, second.id, (order, now) => cancel(order, null, null, now));
    assert.equal((await nine()).code, 'TOO_MANY_UNPAID_SEATS'); // CLOSING: the seats are not back yet
    await move(subgraph, second.id, released);
    assert.equal((await nine()).code, undefined);
    assert.equal((await nine()).code, 'TOO_MANY_UNPAID_SEATS');
    assert.equal(await waiting(subgraph), 18);
    assert.equal(await subgraph.db.read().count(UnpaidSeats), 2); // no rows are left of the paid order
  });

  test(`${name}: each lapsed hold shortens the next for the account, ten of them for the address, and is deleted after a day`, async () => {
    await using subgraph = await openSubgraph();
    const lapse = async (n: number) => {
      const { id } = await placeAs(subgraph, who(n), ordering(subgraph, `flight-${people}`, 1));
      const order = await move(subgraph, id, confirmHold);
      subgraph.clock.advance(order.payBy - order.placedAt);
      await move(subgraph, id, close);
      await move(subgraph, id, released);
      return (order.payBy - order.placedAt) / MINUTE;
    };
    const lapsed = [await lapse(1), await lapse(1), await lapse(1), await lapse(1)];
    assert.deepEqual(lapsed, [15, 7.5, 5, 5]);
    const [others] = [await lapse(2)];
    assert.equal(others, 15);
    for (const n of times(5, (each) => each)) await lapse(10 + n);
    assert.equal(await lapse(20), 7.5); // ten holds of the address have lapsed
    subgraph.clock.advance(24 * 60 * MINUTE);
    await subgraph.orders.forgetTakers();
    assert.equal(await subgraph.db.read().count(LapsedHold), 0);
    assert.equal(await lapse(1), 15);
  });

  test(`${name}: no address is stored in plain text, and none once an order is paid`, async () => {
    await using subgraph = await openSubgraph();
    const { id } = await placeAs(subgraph, who(1, '203.0.113.77'), ordering(subgraph, 'flight', 2));
    const [row] = await subgraph.db.read().find(UnpaidSeats, { orderId: id });
    assert.match(row!.network!, /^[\w-]{22}$/);
    assert.doesNotMatch(JSON.stringify(row), /203|113/);
    await move(subgraph, id, confirmHold);
    await move(subgraph, id, (order, now) => capture(order, paymentOf(order), now));
    assert.equal(await subgraph.db.read().count(UnpaidSeats, { orderId: id }), 0);
    assert.equal(await subgraph.db.read().count(LapsedHold), 0);
  });

  test(`${name}: orders that a replica of the previous release placed or ended neither block an account nor leave rows`, async () => {
    await using subgraph = await openSubgraph();
    const { id } = await placeAs(subgraph, who(1), ordering(subgraph, 'flight', 9));
    const other = await placeAs(subgraph, who(1), ordering(subgraph, 'flight', 9));
    // the previous release knows neither the columns nor the tables
    await subgraph.db.write((em) => em.nativeUpdate(OrderItem, { orderId: id }, { account: null, departureId: null }));
    await subgraph.db.write((em) => em.nativeUpdate(OrderHead, { id }, { status: 'CLOSED' }));
    assert.equal((await placeAs(subgraph, who(1), ordering(subgraph, 'flight', 9))).code, undefined);
    await subgraph.orders.forgetTakers();
    assert.equal(await subgraph.db.read().count(UnpaidSeats, { orderId: id }), 0);
    assert.equal(await subgraph.db.read().count(UnpaidSeats, { orderId: other.id }), 1);
  });
}
