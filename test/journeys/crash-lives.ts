// The lives of orders that must end correctly whichever process dies: the customer's actions, retried until they
// succeed, and the end.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Behaviour } from '../../infra/partners/payment-provider/cards.ts';
import { eventually } from '../kit/eventually.ts';
import { assertKeepsToItself } from '../kit/leaks.ts';
import { card, give } from '../kit/paying.ts';
import { contact, PLACE, type Placed } from '../kit/ordering.ts';
import { PASSWORD, SIGN_IN_ANSWER, type SignIn } from '../kit/person.ts';
import { type CrashSystem, dayOf, SEATS } from './crash-system.ts';

const second = 1000;
const MINUTE = 60 * second;

/** A customer's actions with an order of two travellers, and the order's final status. */
export interface Life {
  name: string;
  travellers: readonly [string, string];
  /** The behaviour of the customer's card; null if the customer opens the payment page and leaves. */
  card: Behaviour | null;
  cancels: boolean;
  ends: 'TICKETED' | 'CLOSED' | 'REFUNDED';
  /** The mails, each once. */
  mails: readonly string[];
  /**
   * How far the clock jumps after the payment page is open or the card is entered: to the limit, or to the next poll.
   */
  then: number;
}

const usual = { travellers: ['Asha Rao', 'Ben Rao'], card: 'SUCCESS', cancels: false, then: 0 } as const;

export const lives: readonly Life[] = [
  { ...usual, name: 'paid', ends: 'TICKETED', mails: ['PAID', 'TICKETED'] },
  { ...usual, name: 'unpaid', card: null, ends: 'CLOSED', mails: ['CLOSED'], then: 16 * MINUTE },
  { ...usual, name: 'cancelled', cancels: true, ends: 'REFUNDED', mails: ['PAID', 'REFUNDED', 'TICKETED'] },
  {
    ...usual,
    name: 'no tickets', // and no webhook: the capture is found by polling
    travellers: ['Asha Rao', 'Ben TICKETREFUSED'],
    card: 'SILENT',
    ends: 'REFUNDED',
    mails: ['PAID', 'REFUNDED'],
    then: MINUTE,
  },
  { ...usual, name: 'paid too late', card: 'LATE', ends: 'REFUNDED', mails: ['CLOSED', 'REFUNDED'], then: 16 * MINUTE },
];

interface View {
  status: string;
  mails: { kind: string; state: string }[];
  tickets: { number: string; status: string }[];
  payments: { id: string; status: string }[];
  refunds: { status: string; amount: { amount: string } }[];
}

const VIEW = `query ($id: ID!) { order(id: $id) { status mails { kind state } tickets { number status }
  payments { id status } refunds { status amount { amount } } } }`;
const OFFERS = `query ($day: Date!, $count: Int!) {
  shopping(input: { origin: "DEL", destination: "BLR", departureDate: $day, travellers: [{ type: ADULT, count: $count }] }) {
    offers(first: 1) { edges { node { offerToken seatsLeft } } } } }`;
const START = `mutation ($id: ID!, $key: String!) { startPayment(orderId: $id, method: CARD, idempotencyKey: $key) { __typename
  ... on Payment { id pageUrl } ... on PaymentRefusal { code message } } }`;
const QUOTE = `query ($id: ID!) { cancellationQuote(orderId: $id) { ... on CancellationQuote { refund { amount } } } }`;
const CANCEL = `mutation ($id: ID!, $refund: Decimal!) { cancelOrder(orderId: $id, expectedRefund: $refund) { __typename
  ... on OrderRefusal { code } } }`;

/** A customer with an account; signs in again when a token has expired. */
export function customerOf(system: CrashSystem) {
  const email = 'asha.rao@example.com';
  let token: string | undefined;

  async function post<T>(query: string, variables: object, bearer?: string): Promise<{ status: number; data?: T }> {
    const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) };
    const body = JSON.stringify({ query, variables });
    const signal = AbortSignal.timeout(10 * second);
    const answer = await fetch(`${system.url}/graphql`, { method: 'POST', headers, body, signal });
    const text = await answer.text();
    assertKeepsToItself(text);
    const { data, errors } = JSON.parse(text) as { data?: T; errors?: unknown[] };
    if (answer.status !== 401 && errors) throw new Error(JSON.stringify(errors));
    return { status: answer.status, ...(data && { data }) };
  }

  async function sign(): Promise<string> {
    const by = (input: object, what: 'signIn' | 'signUp') =>
      post<{ result: SignIn }>(
        `mutation ($input: ${what === 'signIn' ? 'SignInInput' : 'SignUpInput'}!) { result: ${what}(input: $input) ${SIGN_IN_ANSWER} }`,
        { input },
      );
    let { data } = await by({ email, password: PASSWORD }, 'signIn');
    if (!data?.result.tokens) ({ data } = await by({ email, password: PASSWORD, name: 'Asha Rao' }, 'signUp'));
    assert.ok(data?.result.tokens, JSON.stringify(data));
    return data.result.tokens.accessToken;
  }

  return {
    /** The data of the response; rejects if there is none or it has an error. */
    async ask<T>(query: string, variables: object): Promise<T> {
      token ??= await sign();
      let answer = await post<T>(query, variables, token);
      if (answer.status === 401) answer = await post<T>(query, variables, (token = await sign()));
      assert.ok(answer.data, `${answer.status}`);
      return answer.data;
    },
  };
}

export type Customer = ReturnType<typeof customerOf>;

/** The outcome of one life. */
export interface Lived {
  order: string;
  view: View;
  /** The refund that was quoted to the customer. */
  quoted: string | null;
  /** How many processes died during it. */
  deaths: number;
}

const LOOK_EVERY = 20; // ms
const PATIENCE = 700; // ms without any change until the clock jumps: work may wait for a point in time
const LEAST_LOOKS = 20; // without any change: a slow machine polls less often, and its work takes longer in proportion
const GIVE_UP_AFTER = 3 * MINUTE; // a start takes half a minute on a shared machine
const EARLY_JUMPS = [5, 10, 20].map((n) => n * second); // before payment: short enough that no limit passes
const LATER_JUMP = MINUTE;

/** The offer of a flight without bookings. */
async function search({ ask }: Customer, day: string): Promise<{ offerToken: string; seatsLeft: number } | null> {
  const { shopping } = await ask<{ shopping: { offers: { edges: { node: { offerToken: string; seatsLeft: number } }[] } } }>(OFFERS, { day, count: SEATS }); // prettier-ignore
  return shopping.offers.edges[0]?.node ?? null;
}

/** Runs the life on the n-th day's flight; failed actions are retried, and dead processes are restarted. */
export async function live(system: CrashSystem, customer: Customer, life: Life, n: number): Promise<Lived> {
  const { ask } = customer;
  const day = dayOf(n);
  const until = performance.now() + GIVE_UP_AFTER;
  let token: string | undefined;
  let order: string | undefined;
  let pageUrl: string | null = null;
  let [isGiven, isPast, isLate, isCancelled] = [life.card === null, false, false, false];
  let quoted: string | null = null;

  async function pay(id: string): Promise<void> {
    if (pageUrl === null) {
      const { startPayment } = await ask<{ startPayment: { pageUrl?: string | null } }>(START, {
        id,
        key: `pay ${id}`,
      });
      pageUrl = startPayment.pageUrl ?? null;
    }
    if (pageUrl !== null && !isGiven) isGiven = (await give(pageUrl, { card: card(life.card!) })) === 303; // prettier-ignore
    if (pageUrl === null || !isGiven || isPast) return;
    isPast = true;
    if (life.then) system.jump(life.then);
  }

  async function cancel(id: string): Promise<void> {
    const { cancellationQuote } = await ask<{ cancellationQuote: { refund: { amount: string } } }>(QUOTE, { id });
    quoted ??= cancellationQuote.refund.amount;
    await ask(CANCEL, { id, refund: quoted });
    isCancelled = true;
  }

  /** Takes the customer's next action; returns the view once the life is complete. */
  async function step(): Promise<View> {
    token ??= (await search(customer, day))?.offerToken;
    const offers = [{ token, travellers: life.travellers.map(name => ({ name, birthDate: '1990-05-17', type: 'ADULT' })) }]; // prettier-ignore
    order ??= (await ask<{ placeOrder: Placed }>(PLACE, { input: { offers, contact, idempotencyKey: `${life.name} ${n}` } })).placeOrder.id; // prettier-ignore
    const { order: view } = await ask<{ order: View }>(VIEW, { id: order });
    seen = view;
    if (view.status === 'AWAITING_PAYMENT') await pay(order);
    if (view.status === 'CLOSED' && life.card === 'LATE' && !isLate) {
      isLate = true;
      system.jump(5 * MINUTE);
    }
    if (view.status === 'TICKETED' && life.cancels && !isCancelled) await cancel(order);
    assert.equal(view.status, life.ends);
    assert.deepEqual(view.mails.map(({ kind, state }) => `${kind} ${state}`).sort(), life.mails.map((kind) => `${kind} SENT`)); // prettier-ignore
    assert.ok(view.refunds.every(({ status }) => status === 'PAID_BACK'));
    const left = (await search(customer, day))?.seatsLeft ?? 0;
    assert.equal(left, life.ends === 'TICKETED' ? 0 : SEATS, 'seats on offer');
    return view;
  }

  let seen: View | undefined;
  let [last, since, looks, jumps, deaths] = ['', performance.now(), 0, 0, 0];
  for (;;) {
    const failure = await step().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(failure instanceof Error)) return { order: order!, view: failure, quoted, deaths };
    if (await system.revive()) [deaths, since, looks] = [deaths + 1, performance.now(), 0];
    if (performance.now() > until) throw new Error(`${order} does not get there: ${last}`, { cause: failure });
    if (JSON.stringify(seen) !== last) [last, since, looks] = [JSON.stringify(seen), performance.now(), 0];
    if (++looks > LEAST_LOOKS && performance.now() - since > PATIENCE) {
      const isEarly = ['PENDING', 'AWAITING_PAYMENT', undefined].includes(seen?.status);
      const ms = isEarly ? EARLY_JUMPS[jumps++] : LATER_JUMP;
      if (ms) system.jump(ms);
      [since, looks] = [performance.now(), 0];
    }
    await wait(LOOK_EVERY);
  }
}

/** Asserts the independent records: the provider's and the issuer's own logs, and the mails. */
export async function assertOnce(system: CrashSystem, life: Life, { order, view, quoted }: Lived): Promise<void> {
  const ids = new Set(view.payments.map(({ id }) => id));
  assert.equal(ids.size, 1, 'one payment');
  const paid = await system.paid();
  const created = paid.filter((entry) => entry.type === 'intent.created' && ids.has(entry.reference));
  assert.equal(created.length, 1, 'one intent');
  const noted = paid.filter(({ intent }) => intent === created[0]!.intent);
  const sums = (type: string) =>
    noted.flatMap((entry) => (entry.type === type && 'amount' in entry ? [entry.amount] : []));
  const [captured, refunded] = [sums('intent.captured'), sums('refund.made')];
  assert.equal(captured.length, life.card === null ? 0 : 1, 'captures');
  const back = quoted === null ? captured : [Math.round(Number(quoted) * 100)];
  assert.deepEqual(refunded, life.ends === 'REFUNDED' ? back : [], 'refunds');

  const issued = (await system.issued()).filter((entry) => entry.order === order);
  const gets = life.ends === 'TICKETED' || life.cancels;
  const of = (did: string) => issued.filter((entry) => entry.did === did).length;
  assert.equal(of('ISSUED'), gets ? SEATS : 0, 'tickets');
  assert.equal(of('VOIDED'), life.cancels ? SEATS : 0, 'voided tickets');
  const numbers = view.tickets.map(({ number, status }) => `${number} ${status}`).sort();
  const theirs = issued.flatMap((entry) => (entry.did === 'ISSUED' ? `${entry.number} ${life.cancels ? 'VOID' : 'ISSUED'}` : [])).sort(); // prettier-ignore
  assert.deepEqual(numbers, theirs, 'the tickets that the customer sees');

  const letters = (await system.letters()).filter((name) => name.startsWith(order));
  assert.deepEqual(
    letters.sort(),
    life.mails.map((kind) => `${order}.${kind.toLowerCase()}.eml`),
    'letters',
  );
  await eventually(async () => {
    const { holds, lines } = await system.verify(); // internal work at an order's end may still be in progress
    assert.ok(holds, lines.filter((line) => !line.startsWith('holds')).join('\n'));
  });
}
