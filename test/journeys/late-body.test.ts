// A request whose body arrives late: its session is checked when the operation begins, not when the headers arrived.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Kind, parse } from 'graphql';
import { Account, SavedTraveller } from '../../subgraphs/account/store/tables.ts';
import { CartEntity, OrderHead, OrderTraveller } from '../../subgraphs/order/store/tables.ts';
import { Payment } from '../../subgraphs/payment/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { type HeldBack, heldBack } from '../kit/held-back.ts';
import { contact } from '../kit/ordering.ts';
import { PASSWORD, signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

/** Mutations that need no session: they begin one, or authenticate the caller in another way. */
const WITHOUT_SESSION = [
  ...['signUp', 'signIn', 'refreshSession'],
  ...['requestPasswordReset', 'resetPassword', 'confirmEmail'],
];

const { definitions } = parse(readFileSync(`${import.meta.dirname}/../../schema/supergraph.graphql`, 'utf8'));
const mutations = definitions.flatMap((type) =>
  type.kind === Kind.OBJECT_TYPE_DEFINITION && type.name.value === 'Mutation'
    ? type.fields!.map(({ name }) => name.value)
    : [],
);

type Person = Awaited<ReturnType<typeof signedUp>>;
type Sent = Readonly<Record<string, { query: string; variables?: object }>>;

/** Every mutation that needs a session, with valid arguments, for a caller who is fare manager, operator and admin. */
async function mutationsOf(world: World, asha: Person): Promise<Sent> {
  const run = async <T>(query: string, variables: object = {}): Promise<T> => {
    const { data, errors } = await asha.ask<T>(query, variables);
    assert.equal(errors, undefined, query);
    return data;
  };
  await world.file([aFare()]);
  const { shopping } = await run<{ shopping: { offers: { edges: { node: { offerToken: string } }[] } } }>(
    `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
      offers(first: 1) { edges { node { offerToken } } } } }`,
  );
  const token = shopping.offers.edges[0]!.node.offerToken;
  const late = { name: 'Wombat Late', birthDate: '1990-02-28' };
  const { saved } = await run<{ saved: { id: string } }>(
    'mutation ($input: SavedTravellerInput!) { saved: addSavedTraveller(input: $input) { ... on SavedTraveller { id } } }',
    { input: { name: 'Asha Rao', birthDate: '1990-05-17' } },
  );
  const { cart } = await run<{ cart: { items: { id: string }[] } }>(
    'mutation ($token: String!) { cart: addToCart(token: $token) { ... on Cart { items { id } } } }',
    { token },
  );
  const anonymous = await world.graph<{ cart: { id: string } }>(
    'mutation ($token: String!, $travellers: [OrderTravellerInput!]) { cart: addToCart(token: $token, travellers: $travellers) { ... on Cart { id } } }',
    { token, travellers: [{ ...late, type: 'ADULT' }] },
  );
  const travellers = [{ ...late, type: 'ADULT' }];
  const place = { contact: { ...contact, email: 'wombat.late@example.com' }, idempotencyKey: 'late' };
  const item = cart.items[0]!.id;
  return {
    signOut: { query: 'mutation { signOut { sessions } }' },
    signOutEverywhere: { query: 'mutation { signOutEverywhere { sessions } }' },
    changePassword: {
      query: `mutation { changePassword(input: { current: "${PASSWORD}", new: "lantern-copper-walrus" }) { __typename } }`,
    },
    deleteAccount: { query: 'mutation { deleteAccount(password: "not mine") { __typename } }' },
    changeName: { query: 'mutation { changeName(name: "Wombat Late") { __typename } }' },
    changeEmail: {
      query: `mutation { changeEmail(input: { email: "wombat.late@example.com", password: "${PASSWORD}" }) { __typename } }`,
    },
    requestEmailConfirmation: { query: 'mutation { requestEmailConfirmation { __typename } }' },
    addSavedTraveller: {
      query: 'mutation ($input: SavedTravellerInput!) { addSavedTraveller(input: $input) { __typename } }',
      variables: { input: late },
    },
    changeSavedTraveller: {
      query:
        'mutation ($id: ID!, $input: SavedTravellerInput!) { changeSavedTraveller(id: $id, input: $input) { __typename } }',
      variables: { id: saved.id, input: late },
    },
    removeSavedTraveller: {
      query: 'mutation ($id: ID!) { removeSavedTraveller(id: $id) { __typename } }',
      variables: { id: saved.id },
    },
    placeOrder: {
      query: 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }',
      variables: { input: { ...place, offers: [{ token, travellers }] } },
    },
    checkout: {
      query: 'mutation ($input: CheckoutInput!) { checkout(input: $input) { __typename } }',
      variables: { input: place },
    },
    addToCart: {
      query:
        'mutation ($token: String!, $travellers: [OrderTravellerInput!]) { addToCart(token: $token, travellers: $travellers) { __typename } }',
      variables: { token, travellers },
    },
    changeCartItem: {
      query:
        'mutation ($item: ID!, $travellers: [OrderTravellerInput!]) { changeCartItem(item: $item, travellers: $travellers) { __typename } }',
      variables: { item, travellers },
    },
    removeFromCart: {
      query: 'mutation ($item: ID!) { removeFromCart(item: $item) { __typename } }',
      variables: { item },
    },
    claimCart: {
      query: 'mutation ($cart: ID!) { claimCart(cart: $cart) { __typename } }',
      variables: { cart: anonymous.data.cart.id },
    },
    cancelOrder: { query: 'mutation { cancelOrder(orderId: "ord_none") { __typename } }' },
    startPayment: {
      query: 'mutation { startPayment(orderId: "ord_none", method: CARD, idempotencyKey: "late") { __typename } }',
    },
    topUp: { query: 'mutation { topUp(amount: "10.00", currency: "INR", idempotencyKey: "late") { __typename } }' },
    grantRole: { query: 'mutation { grantRole(email: "none@example.com", role: OPERATOR) { __typename } }' },
    revokeRole: { query: 'mutation { revokeRole(email: "none@example.com", role: OPERATOR) { __typename } }' },
    createFare: {
      query: 'mutation ($input: FareInput!) { createFare(input: $input) { __typename } }',
      variables: {
        input: {
          ...{ carrier: '6E', flightNumber: '77', origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY' },
          ...{ departsLocal: '09:00', arrivesLocal: '11:45', firstDate: '2026-03-24', lastDate: '2026-03-24' },
          ...{ travellerType: 'ADULT', amount: '100.00', currency: 'INR', brand: 'STANDARD' },
        },
      },
    },
    changeFare: { query: 'mutation { changeFare(id: "none", input: {}, expectedRevision: 1) { __typename } }' },
    withdrawFare: { query: 'mutation { withdrawFare(id: "none", expectedRevision: 1) { __typename } }' },
    fileFares: { query: 'mutation { fileFares(input: []) { __typename } }' },
    changeCapacity: {
      query: 'mutation { changeCapacity(departureId: "none", total: 1, expectedRevision: 1) { __typename } }',
    },
    replayDeadLetter: { query: 'mutation { replayDeadLetter(id: "none") { __typename } }' },
    discardDeadLetter: { query: 'mutation { discardDeadLetter(id: "none") { __typename } }' },
  };
}

/** The content of all stores, to detect any change by a late request. */
async function stored({ stores }: World): Promise<Record<string, unknown>> {
  const [account, order, payment] = [await stores.account(), await stores.order(), await stores.payment()];
  const em = order.db.read();
  return {
    accounts: await account.db.read().find(Account, {}, { orderBy: { id: 'asc' } }),
    savedTravellers: await account.db.read().find(SavedTraveller, {}, { orderBy: { id: 'asc' } }),
    orders: await em.find(OrderHead, {}, { orderBy: { id: 'asc' } }),
    travellers: await em.find(OrderTraveller, {}, { orderBy: { id: 'asc' } }),
    carts: await em.find(CartEntity, { account: { $ne: null } }, { fields: ['id', 'account'] }),
    payments: await payment.db.read().find(Payment, {}),
  };
}

for (const [how, end] of [
  ['was deleted', `mutation { deleteAccount(password: "${PASSWORD}") { ... on AccountDeleted { id } } }`],
  ['signed out', 'mutation { signOut { sessions } }'],
] as const) {
  test(`every mutation whose body arrives after its account ${how} is refused, and stores nothing`, async () => {
    await using world = await openWorld();
    await world.gateway.listen({ port: 0, host: '127.0.0.1' });
    const { port } = world.gateway.server.address() as AddressInfo;
    const asha = await signedUp(world, 'late@example.com', 'FARE_MANAGER', 'OPERATOR', 'ADMIN');
    await signedUp(world, 'another.admin@example.com', 'ADMIN'); // the last admin could not be deleted
    world.clock.advance(6000); // the roles take effect
    const sent = await mutationsOf(world, asha);
    assert.deepEqual(
      Object.keys(sent).toSorted(),
      mutations.filter((name) => !WITHOUT_SESSION.includes(name)).toSorted(),
    );

    const begun: [string, HeldBack][] = [];
    for (const [name, body] of Object.entries(sent)) begun.push([name, await heldBack(port, body, asha.headers)]);
    assert.equal((await asha.ask('{ me { id } }')).status, 200); // the gateway has read the headers of all requests before this
    assert.equal((await asha.ask(end)).errors, undefined);
    await eventually(async () => (await world.wiring.bus.backlog('forget-travellers')) === 0);
    const before = await stored(world);

    const answers: Record<string, string> = {};
    for (const [name, { finish }] of begun) {
      const { status, text } = await finish();
      answers[name] = `${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text}`;
    }
    assert.deepEqual(answers, Object.fromEntries(begun.map(([name]) => [name, '401 UNAUTHENTICATED'])));
    assert.deepEqual(await stored(world), before);
  });
}

test('a body that arrives late in a live session is answered', async () => {
  await using world = await openWorld();
  await world.gateway.listen({ port: 0, host: '127.0.0.1' });
  const { port } = world.gateway.server.address() as AddressInfo;
  const asha = await signedUp(world);
  const one = await heldBack(port, { query: '{ me { email } }' }, asha.headers);
  const { status, text } = await one.finish();
  assert.deepEqual([status, JSON.parse(text)], [200, { data: { me: { email: asha.email } } }]);
});
