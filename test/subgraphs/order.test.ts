// The order subgraph through its graph: placing, reading, cancelling, and permissions.
import type { PromisedOffer } from '../../schema/terms/offer-token.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromStart } from '../../schema/terms/connection.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { tryLater } from '../../subgraphs/order/rules/ticketing-retries.ts';
import { capture, confirmHold } from '../../subgraphs/order/rules/settling.ts';
import { paymentOf } from '../kit/an-order.ts';
import { adult, anOffer, child, family, forFamily, infant, PLACE, type Placed } from '../kit/ordering.ts';
import { asha, ben, openOrderSubgraph, operator, type OrderSubgraph } from '../kit/order-subgraph.ts';

const MINUTE = 60_000;

test('an order is PENDING at once, and shows the promised price and conditions', async () => {
  await using subgraph = await openOrderSubgraph();
  const placed = await subgraph.ordered();
  assert.match(placed.number, /^[0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{3}){2}$/);
  const { data, errors } = await subgraph.ask(
    asha,
    `query ($id: ID!) { order(id: $id) { status total { amount currency } payBy contact { email phone } actions
      items { cabin brand total { amount } conditions { refundable refundFeePercent }
        slices { origin { code city } destination { code } departure carrier flightNumber stops { code } }
        travellers { name birthDate type price { amount } isCancelled ticket { number } } }
      tickets { number } timeline { step status cause because at traceId } } }`,
    { id: placed.id },
  );
  assert.equal(errors, undefined);
  assert.deepEqual(data['order'], {
    status: 'PENDING',
    total: { amount: '3897.00', currency: 'INR' },
    payBy: '2026-03-01T12:15:00.000Z',
    contact: { email: 'asha.rao@example.com', phone: '+91 98765 43210' },
    actions: [],
    items: [
      {
        cabin: 'ECONOMY',
        brand: 'STANDARD',
        total: { amount: '3897.00' },
        conditions: { refundable: true, refundFeePercent: 25 },
        slices: [
          {
            origin: { code: 'DEL', city: 'Delhi' },
            destination: { code: 'BLR' },
            departure: '2026-03-24T22:20:00+05:30',
            carrier: '6E',
            flightNumber: '2131',
            stops: [],
          },
        ],
        travellers: [
          {
            name: 'Asha Rao',
            birthDate: '1990-05-17',
            type: 'ADULT',
            price: { amount: '3897.00' },
            isCancelled: false,
            ticket: null,
          },
        ],
      },
    ],
    tickets: [],
    timeline: [
      {
        step: 'PLACED',
        status: 'PENDING',
        cause: 'traveller',
        because: null,
        at: '2026-03-01T12:00:00.000Z',
        traceId: asha.requestId,
      },
    ],
  });
});

describe('an idempotency key', () => {
  test('asked fifty times at once gives one order, and one order is announced', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const input = subgraph.anInput();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => subgraph.ask<{ placeOrder: Placed }>(asha, PLACE, { input })),
    );
    assert.deepEqual(
      answers.flatMap(({ errors }) => errors ?? []),
      [],
    );
    assert.equal(new Set(answers.map(({ data }) => data.placeOrder.id)).size, 1);
    assert.deepEqual(
      (await subgraph.announced()).map(({ type }) => type),
      ['order.placed'],
    );
  });

  test('returns the same order long after the offer has expired, conflicts with a different input, and is separate for each account', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const input = subgraph.anInput();
    const place = async (who = asha, change = {}) =>
      subgraph.ask<{ placeOrder: Placed }>(who, PLACE, { input: { ...input, ...change } });
    const first = (await place()).data.placeOrder.id;
    subgraph.clock.advance(60 * MINUTE);
    assert.equal((await place()).data.placeOrder.id, first);
    const other = await place(asha, { contact: { email: 'other@example.com' } });
    assert.equal(other.errors?.[0]?.extensions['code'], 'IDEMPOTENCY_CONFLICT');
    assert.equal(other.errors[0].extensions['argument'], 'input.idempotencyKey');
    assert.equal((await place(ben)).data.placeOrder.code, 'OFFER_EXPIRED');
    for (const idempotencyKey of [' ', `${input.idempotencyKey} `])
      assert.equal((await place(asha, { idempotencyKey })).errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  });

  test('has at most 255 characters, as for payments', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const place = (length: number) =>
      subgraph.ask<{ placeOrder: Placed }>(asha, PLACE, {
        input: { ...subgraph.anInput(), idempotencyKey: 'k'.repeat(length) },
      });
    const placed = await place(255);
    assert.deepEqual([placed.errors, placed.data.placeOrder.__typename], [undefined, 'Order']);
    const refused = await place(256);
    assert.equal(refused.errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
    assert.match(refused.errors[0].message, /1 to 255 characters/);
  });
});

describe('the input of placeOrder', () => {
  const faultsOf = async (subgraph: OrderSubgraph, change: object) => {
    const { errors } = await subgraph.place(change);
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
    return (errors?.[0]?.extensions['faults'] as { argument: string }[]).map(({ argument }) => argument);
  };

  test('is refused with all its faults at once', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const offers = [
      { token: `${subgraph.tokenOf()}x`, travellers: [adult] },
      {
        token: subgraph.tokenOf(anOffer(forFamily)),
        travellers: [
          { ...adult, name: ' ' },
          { ...child, birthDate: '2010-01-01' },
        ],
      },
      { token: subgraph.tokenOf(), travellers: [adult, { ...adult, name: 'ASHA  RAO' }] },
    ];
    assert.deepEqual(await faultsOf(subgraph, { offers, contact: { email: 'no address', phone: 'x' } }), [
      'input.contact.email',
      'input.contact.phone',
      'input.offers[0].token',
      'input.offers[1].travellers',
      'input.offers[1].travellers[0].name',
      'input.offers[1].travellers[1].birthDate',
      'input.offers[2].travellers',
      'input.offers[2].travellers[1]',
    ]);
  });

  test('has 1 to 6 offers with at most 9 travellers each, and no traveller twice on one flight', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const one = { token: subgraph.tokenOf(), travellers: [adult] };
    assert.deepEqual(await faultsOf(subgraph, { offers: [] }), ['input.offers']);
    assert.deepEqual(await faultsOf(subgraph, { offers: Array<typeof one>(7).fill(one) }), ['input.offers']);
    const crowd = Array<typeof adult>(10).fill(adult);
    assert.deepEqual(await faultsOf(subgraph, { offers: [{ ...one, travellers: crowd }] }), [
      'input.offers[0].travellers',
    ]);
    assert.deepEqual(await faultsOf(subgraph, { offers: [one, one] }), ['input.offers[1].travellers[0]']);
  });

  test('has travellers whose age on the day of departure fits their type, born today or earlier', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const token = subgraph.tokenOf(anOffer(forFamily));
    const born = async (type: string, birthDate: string) =>
      (
        await subgraph.place({
          offers: [{ token, travellers: family.map((each) => (each.type === type ? { ...each, birthDate } : each)) }],
        })
      ).errors === undefined;
    // the flight departs on 24 March 2026
    for (const [type, birthDate, fits] of [
      ['ADULT', '2014-03-24', true],
      ['ADULT', '2014-03-25', false],
      ['CHILD', '2014-03-25', true],
      ['CHILD', '2014-03-24', false],
      ['CHILD', '2024-03-24', true],
      ['CHILD', '2024-03-25', false],
      ['INFANT', '2024-03-25', true],
      ['INFANT', '2024-03-24', false],
      ['INFANT', '2026-03-01', true], // today
      ['INFANT', '2026-03-02', false],
      ['INFANT', '2026-03-24', false],
      ['INFANT', '2026-03-25', false],
    ] as const) {
      assert.equal(await born(type, birthDate), fits, `${type} ${birthDate}`);
    }
  });

  test('is refused with the fault of a name: control characters, or its length', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const refusal = async (name: string) => {
      const { errors } = await subgraph.place({
        offers: [{ token: subgraph.tokenOf(), travellers: [{ ...adult, name }] }],
      });
      return errors![0]!.message;
    };
    assert.match(await refusal('Asha\u0007Rao'), /travellers\[0\]\.name: A name has no control characters/);
    assert.match(await refusal('\u200b\u3164'), /travellers\[0\]\.name: A name has 1 to 100 characters/);
  });

  test('is stored without invisible characters in names, so that they do not make a different traveller', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const offers = (name: string) => [{ token: subgraph.tokenOf(), travellers: [{ ...adult, name }] }];
    const { id, items } = await subgraph.ordered({ offers: offers('\u202eAsha\u200b Rao\ufeff') });
    assert.equal(items[0]!.travellers[0]!.name, 'Asha Rao');
    const again = (await subgraph.place({ offers: offers('Asha\u200b Rao') })).data.placeOrder;
    assert.equal(again.code, 'ALREADY_ON_FLIGHT', id);
  });

  test('has a contact address without invisible characters', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    assert.deepEqual(await faultsOf(subgraph, { contact: { email: 'as\u200bha@example.com' } }), [
      'input.contact.email',
    ]);
  });

  test('is refused with the index of the offer if an offer has expired or currencies differ', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const good = { token: subgraph.tokenOf(), travellers: [adult] };
    const over = { ...good, token: subgraph.tokenOf(anOffer({ expiresAt: '2026-03-01T11:59:30.000Z' })) };
    const yen = { ...good, token: subgraph.tokenOf(anOffer({ departureId: 'departure-2', currency: 'JPY' })) };
    const refusal = async (...offers: object[]) => {
      const { code, offers: to } = (await subgraph.place({ offers })).data.placeOrder;
      return { code, to };
    };
    assert.deepEqual(await refusal(good, over), { code: 'OFFER_EXPIRED', to: [1] });
    assert.deepEqual(await refusal(good, yen), { code: 'MIXED_CURRENCIES', to: [1] });
    assert.deepEqual(await subgraph.announced(), []);
  });

  test('is announced in one event with the seats of each departure, none for infants, and without names', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const there = { token: subgraph.tokenOf(anOffer(forFamily)), travellers: family };
    const back = { token: subgraph.tokenOf(anOffer({ ...forFamily, departureId: 'departure-2' })), travellers: family };
    const { id } = await subgraph.ordered({ offers: [there, back] });
    const [event] = await subgraph.announced();
    assert.deepEqual(event!.data, {
      orderId: id,
      account: 'acc_asha',
      amount: 37_000,
      currency: 'INR',
      payBy: '2026-03-01T12:15:00.000Z',
      seats: [
        { departureId: 'departure-1', seats: 2 },
        { departureId: 'departure-2', seats: 2 },
      ],
    });
    assert.doesNotMatch(JSON.stringify(event), new RegExp(`${adult.name}|${infant.name}|example`));
  });
});

describe("another's order", () => {
  test('is not found by any path, except by an operator', async () => {
    await using subgraph = await openOrderSubgraph({ workers: false });
    const { id } = await subgraph.ordered();
    const query = `query ($id: ID!, $is: [_Any!]!) { order(id: $id) { id } cancellationQuote(orderId: $id) { __typename }
      _entities(representations: $is) { ... on Order { id } ... on Account { orders { edges { node { id } } } } } }`;
    const variables = {
      id,
      is: [
        { __typename: 'Order', id },
        { __typename: 'Account', id: 'acc_asha' },
      ],
    };
    const mine = { edges: [{ node: { id } }] };
    const quote = { __typename: 'OrderRefusal' };
    const found = async (who: typeof asha) => (await subgraph.ask(who, query, variables)).data;
    assert.deepEqual(await found(asha), {
      order: { id },
      cancellationQuote: quote,
      _entities: [{ id }, { orders: mine }],
    });
    assert.deepEqual(await found(ben), { order: null, cancellationQuote: null, _entities: [null, null] });
    assert.deepEqual(await found(operator), { order: { id }, cancellationQuote: null, _entities: [{ id }, null] });
    const visitor = await subgraph.ask(anonymous('0'.repeat(32)), '{ order(id: "x") { id } }');
    assert.equal(visitor.errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
    const cancel = 'mutation ($id: ID!) { cancelOrder(orderId: $id) { ... on OrderRefusal { code order { id } } } }';
    for (const who of [ben, operator]) {
      assert.deepEqual((await subgraph.ask(who, cancel, { id })).data['cancelOrder'], {
        code: 'NOT_FOUND',
        order: null,
      });
    }
  });
});

describe('lists of orders', () => {
  interface Page {
    edges: { cursor: string; node: { number: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }

  test('continue from page to page in the requested order, and filter by status', async () => {
    await using subgraph = await openOrderSubgraph();
    const numbers: string[] = [];
    for (const day of ['24', '22', '23']) {
      const [slice] = anOffer().slices;
      const slices: PromisedOffer['slices'] = [{ ...slice, departure: `2026-03-${day}T22:20:00+05:30` }];
      const token = subgraph.tokenOf(anOffer({ departureId: `departure of the ${day}`, slices }));
      numbers.push((await subgraph.ordered({ offers: [{ token, travellers: [adult] }] })).number);
      subgraph.clock.advance(2);
    }
    await subgraph.ordered({}, ben);
    const query = `query ($is: [_Any!]!, $after: String, $sort: OrderSort, $status: OrderStatus) { _entities(representations: $is) {
      ... on Account { orders(first: 2, after: $after, sort: $sort, status: $status) {
        edges { cursor node { number } } pageInfo { hasNextPage endCursor } } } } }`;
    const page = async (variables: object) => {
      const is = [{ __typename: 'Account', id: 'acc_asha' }];
      const { data, errors } = await subgraph.ask<{ _entities: [{ orders: Page }] }>(asha, query, { is, ...variables });
      if (errors) throw new Error(errors[0]!.message);
      return data._entities[0].orders;
    };
    const [first, second, third] = numbers;
    for (const [sort, expected] of [
      ['NEWEST', [third, second, first]],
      ['OLDEST', [first, second, third]],
      ['DEPARTURE', [second, third, first]],
    ] as const) {
      const one = await page({ sort });
      const two = await page({ sort, after: one.pageInfo.endCursor });
      assert.deepEqual(
        [...one.edges, ...two.edges].map(({ node }) => node.number),
        expected,
        sort,
      );
      assert.deepEqual([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage], [true, false]);
      const others = sort === 'NEWEST' ? 'OLDEST' : 'NEWEST';
      await assert.rejects(page({ sort: others, after: one.pageInfo.endCursor }), /not a cursor of this list/);
    }
    assert.deepEqual((await page({ status: 'TICKETED' })).edges, []);
    const operators = 'query ($filter: OrderFilter) { orders(filter: $filter) { edges { node { number } } } }';
    const all = await subgraph.ask<{ orders: Page }>(operator, operators);
    assert.equal(all.data.orders.edges.length, 4);
    const typed = first!.toLowerCase().replaceAll('-', ' ');
    const one = await subgraph.ask<{ orders: Page }>(operator, operators, { filter: { number: typed } });
    assert.deepEqual(
      one.data.orders.edges.map(({ node }) => node.number),
      [first],
    );
    assert.equal((await subgraph.ask(asha, operators)).errors?.[0]?.extensions['code'], 'FORBIDDEN');
  });
});

describe('cancelling', () => {
  const CANCEL = `mutation ($id: ID!, $travellers: [ID!], $expected: Decimal) {
    cancelOrder(orderId: $id, travellers: $travellers, expectedRefund: $expected) { __typename
      ... on Order { status items { travellers { isCancelled } } }
      ... on OrderRefusal { code message order { status } } } }`;

  test('before payment is free and releases the seats', async () => {
    await using subgraph = await openOrderSubgraph();
    const { id } = await subgraph.ordered();
    const early = await subgraph.ask(asha, CANCEL, { id });
    assert.deepEqual(early.data['cancelOrder'], {
      __typename: 'OrderRefusal',
      code: 'NOT_POSSIBLE_NOW',
      message: 'An order that is PENDING cannot be cancelled yet; its status changes in a moment, try again then.',
      order: { status: 'PENDING' },
    });
    await subgraph.tell(subgraph.eventsOf(id).held);
    const { data } = await subgraph.ask<{ cancelOrder: { status: string } }>(asha, CANCEL, { id });
    assert.equal(data.cancelOrder.status, 'CLOSING');
    assert.equal((await subgraph.announced()).at(-1)!.type, 'order.closing');
    const again = await subgraph.ask<{ cancelOrder: { code: string } }>(asha, CANCEL, { id });
    assert.equal(again.data.cancelOrder.code, 'ALREADY_CANCELLED');
  });

  test('one traveller of a ticketed order refunds exactly the quoted amount', async () => {
    await using subgraph = await openOrderSubgraph();
    const order = await subgraph.ordered({
      offers: [{ token: subgraph.tokenOf(anOffer(forFamily)), travellers: family }],
    });
    const { id } = order;
    const { held, captured } = subgraph.eventsOf(id);
    await subgraph.tell(held, { ...captured, data: { ...captured.data, amount: 18_500 } });
    await subgraph.ticket(id);
    const travellers = [order.items[0]!.travellers[2]!.id];
    const quoted = await subgraph.ask(
      asha,
      `query ($id: ID!, $travellers: [ID!]) { cancellationQuote(orderId: $id, travellers: $travellers) { ... on CancellationQuote {
        fee { amount } refund { amount } validUntil travellers { traveller { name } fee { amount } refund { amount } } } } }`,
      { id, travellers },
    );
    assert.deepEqual(quoted.data['cancellationQuote'], {
      fee: { amount: '2.50' },
      refund: { amount: '7.50' },
      validUntil: '2026-03-23T16:50:00.000Z',
      travellers: [{ traveller: { name: 'Mira Rao' }, fee: { amount: '2.50' }, refund: { amount: '7.50' } }],
    });
    const changed = await subgraph.ask<{ cancelOrder: { code: string } }>(asha, CANCEL, {
      id,
      travellers,
      expected: '8',
    });
    assert.equal(changed.data.cancelOrder.code, 'QUOTE_CHANGED');
    const wrong = await subgraph.ask(asha, CANCEL, { id, travellers, expected: '7.505' });
    assert.equal(wrong.errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
    const { data } = await subgraph.ask(asha, CANCEL, { id, travellers, expected: '7.50' });
    assert.deepEqual(data['cancelOrder'], {
      __typename: 'Order',
      status: 'TICKETED',
      items: [{ travellers: [{ isCancelled: false }, { isCancelled: false }, { isCancelled: true }] }],
    });
    assert.equal((await subgraph.announced()).at(-1)!.type, 'order.tickets-cancelled');
    assert.deepEqual(await subgraph.orders.dueForTicketing(10), [id]);
  });
});

test('reading an order skips tables where it cannot have rows yet, and a list needs no more statements than one order', async () => {
  await using subgraph = await openOrderSubgraph({ workers: false });
  const { orders, counted } = subgraph;
  const by = { by: 'test' };
  const [{ id }, other] = [await subgraph.ordered(), await subgraph.ordered()];
  const read = () => counted(() => orders.byId(id));
  assert.equal(await read(), 3); // the head, its items, its travellers
  await orders.change(id, confirmHold, by);
  assert.equal(await read(), 4); // and refunds: a payment of a wrong amount causes one
  await orders.change(id, (order, now) => capture(order, paymentOf(order), now), by);
  await subgraph.ticket(id);
  assert.equal(await read(), 6); // and tickets and cancellations
  assert.equal((await orders.byId(id))!.tickets.length, 1);
  const listed = await orders.list({}, 'OLDEST', fromStart(10));
  assert.deepEqual(listed.map((each) => [each.id, each.tickets.length]), [[id, 1], [other.id, 0]]); // prettier-ignore
  assert.equal(await counted(() => orders.list({}, 'OLDEST', fromStart(10))), 6);
});

test('an order is sent to the ticket issuer only when it is due: not before payment, nor in the pause after a failed try', async () => {
  await using subgraph = await openOrderSubgraph({ workers: false });
  const { orders, clock } = subgraph;
  const by = { by: 'test' };
  const { id } = await subgraph.ordered();
  const isDue = async () => (await orders.toTicket(id))?.id === id;
  assert.equal(await isDue(), false, 'unpaid');
  await orders.change(id, confirmHold, by);
  await orders.change(id, (order, now) => capture(order, paymentOf(order), now), by);
  assert.equal(await isDue(), true, 'paid');
  await orders.change(id, (order, now) => tryLater(order, order, now), by);
  assert.equal(await isDue(), false, 'the issuer did not answer');
  clock.advance((await orders.byId(id))!.ticketingDueAt! - clock.now().getTime() - 1);
  assert.equal(await isDue(), false, 'the pause is not over');
  clock.advance(1);
  assert.equal(await isDue(), true, 'the pause is over');
  await subgraph.ticket(id);
  assert.equal(await isDue(), false, 'ticketed');
  assert.equal(await orders.toTicket('ord_unknown'), null);
});
