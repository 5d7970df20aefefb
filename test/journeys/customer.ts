// A customer who shops, orders and pays as through a front end: over HTTP, with values from the graph's own responses.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eventually } from '../kit/eventually.ts';
import { assertKeepsToItself } from '../kit/leaks.ts';
import { adult } from '../kit/ordering.ts';
import { give } from '../kit/paying.ts';
import { bearer, PASSWORD, SIGN_IN_ANSWER, type SignIn, type Tokens } from '../kit/person.ts';
import type { Answer } from '../kit/world.ts';

/** A search: a day on a route. */
export interface Search {
  origin: string;
  destination: string;
  departureDate: string;
  travellers?: { type: string; count: number }[];
}

export interface Offer {
  offerToken: string;
  seatsLeft: number | null;
  brand: string;
  total: Amount;
  conditions: { refundFeePercent: number | null };
  slices: { segments: { flightNumber: string }[] }[];
}

interface Amount {
  amount: string;
  currency: string;
}

/** An order as a front end shows it. */
export interface OrderShown {
  id: string;
  number: string;
  status: string;
  actions: string[];
  total: Amount;
  timeline: { step: string; status: string; because: string | null }[];
  items: { travellers: { id: string; name: string; isCancelled: boolean; price: Amount }[] }[];
  tickets: { number: string; status: string; pageUrl: string; pdfUrl: string; traveller: { id: string } }[];
  mails: { kind: string; state: string }[];
  payments: { status: string; method: string; captured: Amount | null; refunded: Amount | null }[];
  refunds: { status: string; amount: Amount }[];
}

/** A mutation's result: the object, or the refusal. */
export type Outcome<T> = T & { __typename: string; code?: string; message?: string; offers?: number[] };

export interface Paying {
  id: string;
  status: string;
  pageUrl: string | null;
}

const ORDER = `id number status actions total { amount currency } timeline { step status because }
  items { travellers { id name isCancelled price { amount currency } } }
  tickets { number status pageUrl pdfUrl traveller { id } } mails { kind state }
  payments { status method captured { amount currency } refunded { amount currency } }
  refunds { status amount { amount currency } }`;
const ORDERED = `{ __typename ... on Order { ${ORDER} } ... on OrderRefusal { code message offers } }`;
const STARTED = '{ __typename ... on Payment { id status pageUrl } ... on PaymentRefusal { code message } }';
const CART = '{ __typename ... on Cart { items { id } } ... on OrderRefusal { code message } }';

/** Sends an operation to the gateway at this address, with a token if there is one. */
async function post<T>(url: string, query: string, variables: object, token?: string): Promise<Answer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && bearer(token)) },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  assertKeepsToItself(text);
  return { ...(JSON.parse(text) as Omit<Answer<T>, 'status'>), status: response.status, text };
}

/** Signs up a new customer at the gateway at this address, and returns the customer's actions. */
export async function customer(url: string, name: string) {
  const email = `${name.replaceAll(/\W+/g, '.').toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`;
  const signUp = `mutation ($input: SignUpInput!) { result: signUp(input: $input) ${SIGN_IN_ANSWER} }`;
  const signedUp = await post<{ result: SignIn }>(url, signUp, { input: { email, name, password: PASSWORD } });
  return actions(url, email, held(signedUp));
}

/** Signs in a customer with an existing account. */
export async function returningCustomer(url: string, email: string): Promise<Customer> {
  const signIn = `mutation ($input: SignInInput!) { result: signIn(input: $input) ${SIGN_IN_ANSWER} }`;
  const signedIn = await post<{ result: SignIn }>(url, signIn, { input: { email, password: PASSWORD } });
  return actions(url, email, held(signedIn));
}

/** The actions of a signed-in customer. */
function actions(url: string, email: string, tokens: Tokens) {
  /**
   * Sends an operation, with new tokens if the old ones have expired; rejects unless the requested data is returned.
   */
  async function ask<T>(query: string, variables: object = {}): Promise<T> {
    let answer = await post<{ result: T }>(url, query, variables, tokens.accessToken);
    if (answer.status === 401) {
      const refresh = `mutation ($token: String) { result: refreshSession(refreshToken: $token) ${SIGN_IN_ANSWER} }`;
      tokens = held(await post<{ result: SignIn }>(url, refresh, { token: tokens.refreshToken }));
      answer = await post<{ result: T }>(url, query, variables, tokens.accessToken);
    }
    assert.equal(answer.errors, undefined, answer.text);
    return answer.data.result;
  }

  const order = (id: string) => ask<OrderShown>(`query ($id: ID!) { result: order(id: $id) { ${ORDER} } }`, { id });

  /** The order, once the condition holds. */
  const orderWhen = (id: string, isSo: (order: OrderShown) => boolean): Promise<OrderShown> =>
    eventually(async () => {
      const shown = await order(id);
      if (!isSo(shown)) throw new Error(`never came to be: ${JSON.stringify(shown)}`);
      return shown;
    });

  return {
    email,
    ask,
    order,
    orderWhen,
    /** The order, once it has this status. */
    once: (id: string, status: string) => orderWhen(id, (shown) => shown.status === status),

    /** The offers, cheapest first. */
    offers: async (input: Search): Promise<Offer[]> =>
      (
        await ask<{ offers: { edges: { node: Offer }[] } }>(
          `query ($input: ShoppingInput!) { result: shopping(input: $input) { offers(first: 20) { edges { node {
            offerToken seatsLeft brand total { amount currency } conditions { refundFeePercent }
            slices { segments { flightNumber } } } } } } }`,
          { input },
        )
      ).offers.edges.map(({ node }) => node),

    /** Orders one offer for these travellers: one adult by default. */
    place: (token: string, travellers: object[] = [adult]) =>
      ask<Outcome<OrderShown>>(`mutation ($input: PlaceOrderInput!) { result: placeOrder(input: $input) ${ORDERED} }`, {
        input: { offers: [{ token, travellers }], contact: { email }, idempotencyKey: randomUUID() },
      }),

    addToCart: (token: string, travellers: object[] = [adult]) =>
      ask<Outcome<{ items: { id: string }[] }>>(
        `mutation ($token: String!, $travellers: [OrderTravellerInput!]) {
          result: addToCart(token: $token, travellers: $travellers) ${CART} }`,
        { token, travellers },
      ),

    checkout: () =>
      ask<Outcome<OrderShown>>(`mutation ($input: CheckoutInput!) { result: checkout(input: $input) ${ORDERED} }`, {
        input: { contact: { email }, idempotencyKey: randomUUID() },
      }),

    /** Starts a payment; while the order is NOT_READY, it tries again with the same key. */
    startPayment: (orderId: string, method: 'CARD' | 'WALLET' = 'CARD') => {
      const key = randomUUID();
      return eventually(async () => {
        const started = await ask<Outcome<Paying>>(
          `mutation ($orderId: ID!, $method: PaymentMethod!, $key: String!) {
            result: startPayment(orderId: $orderId, method: $method, idempotencyKey: $key) ${STARTED} }`,
          { orderId, method, key },
        );
        return started.code !== 'NOT_READY' && started;
      });
    },

    topUp: ({ amount, currency }: Amount) =>
      ask<Outcome<Paying>>(
        `mutation ($amount: Decimal!, $currency: CurrencyCode!, $key: String!) {
          result: topUp(amount: $amount, currency: $currency, idempotencyKey: $key) ${STARTED} }`,
        { amount, currency, key: randomUUID() },
      ),

    /** The wallets' balances, as 1103.00 INR. */
    balances: async () =>
      (await ask<{ wallets: { balance: Amount }[] }>('{ result: me { wallets { balance { amount currency } } } }')).wallets.map(({ balance }) => said(balance)), // prettier-ignore

    /** The quote for cancelling the whole order, or these travellers of it. */
    quote: (orderId: string, travellers: string[] | null = null) =>
      ask<Outcome<{ fee: Amount; refund: Amount }>>(
        `query ($orderId: ID!, $travellers: [ID!]) { result: cancellationQuote(orderId: $orderId, travellers: $travellers) {
          __typename ... on CancellationQuote { fee { amount currency } refund { amount currency } }
          ... on OrderRefusal { code message } } }`,
        { orderId, travellers },
      ),

    /** Cancels with the quoted refund. */
    cancel: (orderId: string, expectedRefund: string, travellers: string[] | null = null) =>
      ask<Outcome<OrderShown>>(
        `mutation ($orderId: ID!, $travellers: [ID!], $expectedRefund: Decimal) {
          result: cancelOrder(orderId: $orderId, travellers: $travellers, expectedRefund: $expectedRefund) ${ORDERED} }`,
        { orderId, travellers, expectedRefund },
      ),
  };
}

export type Customer = ReturnType<typeof actions>;

function held({ data, text }: Answer<{ result: SignIn }>): Tokens {
  assert.ok(data.result.tokens, text);
  return data.result.tokens;
}

export const said = ({ amount, currency }: Amount): string => `${amount} ${currency}`;

/** Opens a payment's page and enters a card. */
export async function payOnPage({ pageUrl }: Paying, card: string): Promise<void> {
  assert.ok(pageUrl, 'the payment has a page');
  const page = await fetch(pageUrl);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Card number/);
  assert.equal(await give(pageUrl, { card }), 303);
}
