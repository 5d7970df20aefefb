// The promises about a deleted account's personal data under concurrent writes, on every database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Adapter } from '../../infra/database/database.ts';
import { event } from '../../schema/events.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import {
  AccountMark,
  CartEntity,
  CartItem,
  IdempotencyKey,
  OrderHead,
  OrderTraveller,
} from '../../subgraphs/order/store/tables.ts';
import { chance } from '../kit/chance.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { openOrderSubgraph, type OrderSubgraph } from '../kit/order-subgraph.ts';
import { signedInAs } from '../kit/signed.ts';

const ADD = `mutation ($token: String!, $travellers: [OrderTravellerInput!]) {
  result: addToCart(token: $token, travellers: $travellers) { __typename ... on Cart { id items { id } } } }`;
const CLAIM = 'mutation ($cart: ID!) { result: claimCart(cart: $cart) { __typename } }';
const CHECKOUT = 'mutation ($input: CheckoutInput!) { result: checkout(input: $input) { __typename } }';
const CHANGE = `mutation ($item: ID!, $travellers: [OrderTravellerInput!]) {
  result: changeCartItem(item: $item, travellers: $travellers) { __typename } }`;

interface InCart {
  result: { id: string; items: { id: string }[] };
}

const visitor = signedInAs({ account: null, roles: [], session: null });

/** Delivers the deletion of the account to the subgraph. */
function deleted({ orders, clock }: OrderSubgraph, account: string): Promise<string[]> {
  const now = clock.now();
  const told = event(
    'account.deleted',
    { source: '/account', subject: account, sequence: 1, now },
    { accountId: account },
  );
  return orders.forget(account, { consumer: 'test', event: told });
}

/** All personal data of the account in the subgraph. */
async function personal({ db }: OrderSubgraph, account: string): Promise<object[]> {
  const em = db.read();
  const heads = await em.find(OrderHead, { account });
  const travellers = await em.find(OrderTraveller, { orderId: { $in: heads.map(({ id }) => id) } });
  const carts = await em.find(CartEntity, { account });
  return [
    ...heads.filter(({ email, phone }) => email !== null || phone !== null),
    ...travellers.filter(({ person }) => person !== null),
    ...carts,
    ...(await em.find(CartItem, { cart: { $in: carts.map(({ id }) => id) } })),
    ...(await em.find(IdempotencyKey, { account, hash: { $ne: '' } })),
  ];
}

/** Every operation that stores personal data, ready to be sent. */
async function writesOf(subgraph: OrderSubgraph, who: Identity): Promise<Record<string, () => Promise<string>>> {
  const token = subgraph.tokenOf();
  const named = (n: string) => [{ ...adult, name: `Asha ${n}` }]; // different names, as one person cannot have two seats on a flight
  const outcome = ({ errors, data }: { errors?: { extensions: object }[]; data: unknown }): string =>
    errors ? String((errors[0]!.extensions as { code?: string }).code) : JSON.stringify(data);
  const anonymous = await subgraph.ask<InCart>(visitor, ADD, { token, travellers: named('One') });
  const own = await subgraph.ask<InCart>(who, ADD, { token, travellers: named('Two') });
  const item = own.data.result.items[0]!.id;
  const send = (query: string, variables: object) => async () => outcome(await subgraph.ask(who, query, variables));
  return {
    placeOrder: send(PLACE, { input: subgraph.anInput() }),
    addToCart: send(ADD, { token, travellers: named('Three') }),
    changeCartItem: send(CHANGE, { item, travellers: named('Four') }),
    claimCart: send(CLAIM, { cart: anonymous.data.result.id }),
    checkout: send(CHECKOUT, { input: { contact, idempotencyKey: `${who.account} checkout` } }),
  };
}

/** The tests, with a new database of `adapter` for each. */
export function deletedAccounts(what: string, adapter: () => Adapter, rounds: number): void {
  const open = () => openOrderSubgraph({ adapter: adapter(), workers: false });

  test(`${what}: every write of a deleted account is UNAUTHENTICATED, and stores nothing`, async () => {
    await using subgraph = await open();
    const who = signedInAs({ account: 'acc_gone' });
    const writes = await writesOf(subgraph, who);
    await subgraph.ordered({}, who);
    assert.equal((await deleted(subgraph, 'acc_gone')).length, 1);
    assert.deepEqual(await personal(subgraph, 'acc_gone'), []);
    for (const [name, write] of Object.entries(writes)) {
      const said = await write();
      if (name !== 'changeCartItem') assert.equal(said, 'UNAUTHENTICATED', name); // its item no longer exists
      assert.deepEqual(await personal(subgraph, 'acc_gone'), [], name);
    }
    assert.equal(await subgraph.db.read().count(OrderHead), 1);
  });

  test(`${what}: a deletion that arrives before the account's first write stops that write`, async () => {
    await using subgraph = await open();
    assert.deepEqual(await deleted(subgraph, 'acc_new'), []);
    const { errors } = await subgraph.place({}, signedInAs({ account: 'acc_new' }));
    assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
    const marks = await subgraph.db.read().find(AccountMark, {});
    assert.deepEqual(
      marks.map(({ account, deletedAt }) => [account, deletedAt !== null]),
      [['acc_new', true]],
    );
  });

  test(`${what}: a deletion that arrives twice has one effect, and another account's data stays`, async () => {
    await using subgraph = await open();
    const now = subgraph.clock.now();
    const about = { source: '/account', subject: 'acc_a', sequence: 1, now };
    const cause = { consumer: 'test', event: event('account.deleted', about, { accountId: 'acc_a' }) };
    const placed = await subgraph.ordered({}, signedInAs({ account: 'acc_a' }));
    await subgraph.ordered({}, signedInAs({ account: 'acc_b' }));
    for (const _ of [1, 2]) assert.deepEqual(await subgraph.orders.forget('acc_a', cause), [placed.id]);
    assert.deepEqual(await personal(subgraph, 'acc_a'), []);
    assert.equal((await personal(subgraph, 'acc_b')).length, 3, 'the contact, the traveller, the key');
  });

  test(`${what}: an idempotency key equal to another order's id does not stop the deletion`, async () => {
    await using subgraph = await open();
    const who = signedInAs({ account: 'acc_keys' });
    const first = await subgraph.ordered({ idempotencyKey: 'a first key' }, who);
    const second = await subgraph.ordered({ idempotencyKey: first.id }, who);
    await subgraph.ordered({ idempotencyKey: second.id }, who);
    assert.equal((await deleted(subgraph, 'acc_keys')).length, 3);
    assert.deepEqual(await personal(subgraph, 'acc_keys'), []);
    assert.equal(await subgraph.db.read().count(IdempotencyKey, { account: 'acc_keys' }), 3);
  });

  test(`${what}: deletions that race with every kind of write leave no personal data`, async (t) => {
    await using subgraph = await open();
    const below = chance(t);
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < rounds; round++) {
      const account = `acc_${round}`;
      const who = signedInAs({ account });
      // a fresh account in half of the rounds, so that its row of marks is created during the race
      const writes = round % 2 ? Object.values(await writesOf(subgraph, who)) : [];
      for (let n = 0; n < 6; n++) {
        const input = subgraph.anInput();
        writes.push(async () => {
          const { errors, data } = await subgraph.ask<{ placeOrder: Placed | null }>(who, PLACE, { input });
          return errors ? String(errors[0]!.extensions['code']) : data.placeOrder!.__typename;
        });
      }
      const said = await Promise.all([
        ...writes.map(async (write) => {
          await wait(below(8));
          return write();
        }),
        wait(below(8)).then(async () => void (await deleted(subgraph, account))),
      ]);
      for (const one of said.filter((each) => each !== undefined)) {
        const kind = one.startsWith('{') ? 'stored' : one;
        assert.match(kind, /^(stored|Order|UNAUTHENTICATED|IN_PROGRESS)$/);
        outcomes[kind] = (outcomes[kind] ?? 0) + 1;
      }
      assert.deepEqual(await personal(subgraph, account), [], account);
    }
    t.diagnostic(JSON.stringify(outcomes));
    assert.ok(outcomes['Order'] && outcomes['UNAUTHENTICATED'], 'the operations never overlapped');
  });
}
