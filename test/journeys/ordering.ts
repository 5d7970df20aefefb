// The journeys of an order from the traveller's view, on any system: embedded, or with a process per service.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Role } from '../../schema/wire/identity.ts';
import { eventually } from '../kit/eventually.ts';
import { adult } from '../kit/ordering.ts';
import { card, MINUTE } from '../kit/paying.ts';
import { type Customer, customer, type Offer, type OrderShown, payOnPage, said, type Search } from './customer.ts';

/** A system under test. Everything else in a journey goes over HTTP: to the gateway, and to the pages that it links. */
export interface OrderingSystem extends AsyncDisposable {
  /** The gateway's URL, as http://localhost:4000. */
  url: string;
  /** The time of its clock. */
  now(): Date;
  /** Resolves when its clock has advanced by this many ms. */
  letPass(ms: number): Promise<void>;
  /** Grants an account a role, as an operator does. */
  grant(email: string, role: Role): Promise<void>;
  /** The raw mails that were sent so far. */
  letters(): Promise<readonly string[]>;
  /** The result of `npm run verify`. */
  verify(): Promise<{ holds: boolean; lines: readonly string[] }>;
}

const DAY = 86_400_000;
const FIRST_DAY = 200; // days ahead: beyond the demo's fares, if filed
const PRICE = { amount: '3897.00', currency: 'INR' };
const PAST_LIMIT = 16 * MINUTE; // an order may be paid for 15
const UNTIL_LATE_CHARGE = 5 * MINUTE; // after that: a late card is charged 20 minutes after the payer entered it

let flights = 0;

const managers = new WeakMap<OrderingSystem, Promise<Customer>>();

/** The fare manager of a system. */
async function signUpManager(system: OrderingSystem): Promise<Customer> {
  const manager = await customer(system.url, 'Fare Manager');
  await system.grant(manager.email, 'FARE_MANAGER');
  return manager;
}

/**
 * Files a separate flight for a journey and waits until it is on sale with these seats; returns how to search for it.
 */
export async function flightOnSale(system: OrderingSystem, seats: number): Promise<Search> {
  const signingUp = managers.get(system) ?? signUpManager(system);
  managers.set(system, signingUp);
  const manager = await signingUp;
  const departureDate = new Date(system.now().getTime() + (FIRST_DAY + flights++) * DAY).toISOString().slice(0, 10);
  const search = { origin: 'DEL', destination: 'BLR', departureDate };
  const fare = {
    ...{ carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY' },
    ...{ departsLocal: `${departureDate}T09:20`, arrivesLocal: `${departureDate}T12:10` },
    ...{ travellerType: 'ADULT', ...PRICE, capacity: seats },
  };
  // a role takes effect within five seconds
  const filed = await eventually(() =>
    manager.ask<{ __typename: string }>(
      'mutation ($input: FareInput!) { result: createFare(input: $input) { __typename ... on FareRefusal { code message } } }',
      { input: fare },
    ),
  );
  assert.equal(filed.__typename, 'Fare', JSON.stringify(filed));
  await seatsAre(manager, search, seats);
  return search;
}

/** The flight's only offer; fails while it has none. */
export async function offerOf(who: Customer, search: Search): Promise<Offer> {
  const [offer] = await who.offers(search);
  assert.ok(offer, `an offer on ${search.departureDate}`);
  return offer;
}

/** Resolves when shoppers see this number of seats on the flight; with none there is no offer. */
const seatsAre = (who: Customer, search: Search, seats: number) =>
  eventually(async () => {
    const seen = (await who.offers(search)).map(({ seatsLeft }) => seatsLeft);
    assert.deepEqual(seen, seats ? [seats] : []);
  });

/** Orders the flight for these travellers, and waits until its seats are held. */
export async function held(who: Customer, search: Search, travellers: object[] = [adult]): Promise<OrderShown> {
  const party = { ...search, travellers: [{ type: 'ADULT', count: travellers.length }] };
  const order = await who.place((await offerOf(who, party)).offerToken, travellers);
  assert.equal(order.__typename, 'Order', JSON.stringify(order));
  return who.once(order.id, 'AWAITING_PAYMENT');
}

/** Orders the flight, pays by card, and waits for the tickets. */
export async function ticketed(who: Customer, search: Search, travellers: object[] = [adult]): Promise<OrderShown> {
  const { id } = await held(who, search, travellers);
  await payOnPage(await who.startPayment(id), card('SUCCESS'));
  return who.once(id, 'TICKETED');
}

const steps = ({ timeline }: OrderShown): string[] => timeline.map(({ step }) => step);
const valid = ({ tickets }: OrderShown) => tickets.filter(({ status }) => status === 'ISSUED');
const paidBack = ({ refunds }: OrderShown): string[] =>
  refunds.map(({ status, amount }) => `${status} ${said(amount)}`);

/** The mail of a kind about an order to its account, with its lines unfolded. */
const letterTo = (system: OrderingSystem, { email }: Customer, id: string, kind: string): Promise<string> =>
  eventually(async () => {
    const letter = (await system.letters()).find((each) => each.includes(`Message-ID: <${id}.${kind}@`));
    assert.ok(letter, `a mail that ${id} is ${kind}`);
    assert.ok(letter.includes(`To: ${email}\r\n`), letter);
    return letter.replaceAll(/=\r?\n/g, '');
  });

const journeys: Readonly<Record<string, (system: OrderingSystem) => Promise<void>>> = {
  async 'from a search to a ticket: seats are held, a card is charged, the ticket arrives by mail, as a page and as a PDF'(
    system,
  ) {
    const search = await flightOnSale(system, 5);
    const asha = await customer(system.url, 'Asha Rao');
    const { id } = await held(asha, search);
    await seatsAre(asha, search, 4);
    const payment = await asha.startPayment(id);
    const paymentPage = await (await fetch(payment.pageUrl!)).text();
    await payOnPage(payment, card('SUCCESS'));
    const order = await asha.once(id, 'TICKETED');
    assert.match(paymentPage, new RegExp(`Order ${order.number}\nIndiGo 6E 2131: Delhi to Bengaluru, .* 09:20 `));
    assert.deepEqual(steps(order), ['PLACED', 'SEATS_HELD', 'PAID', 'TICKETED']);
    assert.deepEqual(order.payments, [{ status: 'SUCCEEDED', method: 'CARD', captured: PRICE, refunded: { ...PRICE, amount: '0.00' } }]); // prettier-ignore

    const [ticket, ...others] = order.tickets;
    assert.deepEqual([ticket!.status, others], ['ISSUED', []]);
    assert.match(ticket!.number, /^\d{3}-\d{10}$/);
    const page = await fetch(ticket!.pageUrl);
    assert.match(await page.text(), new RegExp(`${ticket!.number}[^]*Delhi to Bengaluru`));
    const pdf = Buffer.from(await (await fetch(ticket!.pdfUrl)).arrayBuffer());
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');

    const letter = await letterTo(system, asha, id, 'ticketed');
    assert.ok(letter.includes(ticket!.pageUrl), 'the mail links the page');
    assert.match(letter, new RegExp(`application/pdf[^]*${Buffer.from('%PDF-').toString('base64').slice(0, 6)}`));
    await asha.orderWhen(id, ({ mails }) => mails.length === 2 && mails.every(({ state }) => state === 'SENT'));
  },

  async 'a declined card costs nothing and loses no seat: the next card gets the ticket'(system) {
    const search = await flightOnSale(system, 1);
    const asha = await customer(system.url, 'Asha Rao');
    const { id } = await held(asha, search);
    await payOnPage(await asha.startPayment(id), card('DECLINE'));
    const declined = await asha.orderWhen(id, (order) => steps(order).includes('PAYMENT_FAILED'));
    assert.deepEqual([declined.status, declined.actions], ['AWAITING_PAYMENT', ['PAY', 'CANCEL']]);
    await payOnPage(await asha.startPayment(id), card('SUCCESS'));
    const order = await asha.once(id, 'TICKETED');
    assert.deepEqual(
      order.payments.map(({ status, captured }) => [status, captured]),
      [['FAILED', null], ['SUCCEEDED', PRICE]], // prettier-ignore
    );
    assert.equal(valid(order).length, 1);
  },

  async 'an unpaid order is closed: the sold-out flight is on offer again, and another account gets the seat'(system) {
    const search = await flightOnSale(system, 1);
    const [asha, ben] = [await customer(system.url, 'Asha Rao'), await customer(system.url, 'Ben Okri')];
    const { id } = await held(asha, search);
    await seatsAre(ben, search, 0);
    await system.letPass(PAST_LIMIT);
    const order = await asha.once(id, 'CLOSED');
    assert.deepEqual(steps(order), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE', 'SEATS_RELEASED']);
    assert.deepEqual(order.actions, []);
    assert.equal((await asha.startPayment(id)).code, 'NOT_PAYABLE');
    await letterTo(system, asha, id, 'closed');
    await seatsAre(ben, search, 1);
    assert.equal(valid(await ticketed(ben, search)).length, 1);
    await seatsAre(asha, search, 0);
  },

  async 'a card charged after the order was closed is refunded in full, and no ticket is issued'(system) {
    const search = await flightOnSale(system, 1);
    const asha = await customer(system.url, 'Asha Rao');
    const { id } = await held(asha, search);
    await payOnPage(await asha.startPayment(id), card('LATE'));
    await system.letPass(PAST_LIMIT);
    await asha.once(id, 'CLOSED');
    await system.letPass(UNTIL_LATE_CHARGE);
    const order = await asha.once(id, 'REFUNDED');
    assert.ok(steps(order).includes('PAID_TOO_LATE'));
    assert.deepEqual([paidBack(order), order.tickets], [[`PAID_BACK ${said(PRICE)}`], []]);
    assert.deepEqual(order.payments[0]!.captured, order.payments[0]!.refunded);
    await letterTo(system, asha, id, 'refunded');
    await seatsAre(asha, search, 1);
  },

  async 'a ticket is cancelled at the quoted fee: the rest is refunded, the ticket is void, the seat is free'(system) {
    const search = await flightOnSale(system, 1);
    const asha = await customer(system.url, 'Asha Rao');
    const { conditions } = await offerOf(asha, search);
    assert.equal(conditions.refundFeePercent, 25);
    const { id, tickets } = await ticketed(asha, search);
    const { fee, refund } = await asha.quote(id);
    assert.deepEqual([fee.amount, refund.amount], ['974.25', '2922.75']);
    assert.equal((await asha.cancel(id, '3897.00')).code, 'QUOTE_CHANGED');
    assert.equal((await asha.cancel(id, refund.amount)).status, 'REFUNDING');
    const order = await asha.once(id, 'REFUNDED');
    assert.deepEqual([paidBack(order), valid(order)], [['PAID_BACK 2922.75 INR'], []]);
    assert.match(await (await fetch(tickets[0]!.pageUrl)).text(), /This ticket is void/);
    assert.match(await letterTo(system, asha, id, 'refunded'), /2922\.75 INR/);
    assert.equal((await asha.cancel(id, refund.amount)).code, 'ALREADY_CANCELLED');
    await seatsAre(asha, search, 1);
  },

  async 'for a cart with two flights of which the second has sold out, nothing is held'(system) {
    const [free, full] = [await flightOnSale(system, 3), await flightOnSale(system, 1)];
    const [asha, ben] = [await customer(system.url, 'Asha Rao'), await customer(system.url, 'Ben Okri')];
    for (const search of [free, full]) await asha.addToCart((await offerOf(asha, search)).offerToken);
    await held(ben, full);
    const { id } = await asha.checkout();
    const order = await asha.once(id, 'REJECTED');
    assert.deepEqual(
      order.timeline.map(({ step, because }) => [step, because]),
      [['PLACED', null], ['SEATS_REFUSED', 'SOLD_OUT']], // prettier-ignore
    );
    await letterTo(system, asha, id, 'rejected');
    await seatsAre(asha, free, 3);
    await seatsAre(asha, full, 0);
  },

  async 'a wallet is topped up by card, pays at once, never below zero, and receives refunds'(system) {
    const search = await flightOnSale(system, 2);
    const asha = await customer(system.url, 'Asha Rao');
    await payOnPage(await asha.topUp({ amount: '5000.00', currency: 'INR' }), card('SUCCESS'));
    await eventually(async () => assert.deepEqual(await asha.balances(), ['5000.00 INR']));
    const first = await held(asha, search);
    assert.equal((await asha.startPayment(first.id, 'WALLET')).status, 'SUCCEEDED');
    assert.deepEqual(await asha.balances(), ['1103.00 INR']);
    await asha.once(first.id, 'TICKETED');

    const second = await held(asha, search, [{ ...adult, name: 'Ben Okri' }]); // a traveller can be on a flight only once
    assert.equal((await asha.startPayment(second.id, 'WALLET')).code, 'INSUFFICIENT_FUNDS');
    assert.equal((await asha.cancel(second.id, '0.00')).status, 'CLOSING');
    await asha.once(second.id, 'CLOSED');

    await asha.cancel(first.id, (await asha.quote(first.id)).refund.amount);
    await asha.once(first.id, 'REFUNDED');
    assert.deepEqual(await asha.balances(), ['4025.75 INR']);
  },

  async 'one of two travellers is cancelled: their ticket is void and refunded, the other flies'(system) {
    const search = await flightOnSale(system, 2);
    const asha = await customer(system.url, 'Asha Rao');
    const { id, items } = await ticketed(asha, search, [adult, { ...adult, name: 'Ben Okri' }]);
    await seatsAre(asha, search, 0);
    const [stays, goes] = items[0]!.travellers;
    const { refund } = await asha.quote(id, [goes!.id]);
    assert.equal((await asha.cancel(id, refund.amount, [goes!.id])).status, 'TICKETED');
    const order = await asha.orderWhen(id, ({ refunds }) => refunds[0]?.status === 'PAID_BACK');
    assert.deepEqual([order.status, paidBack(order)], ['TICKETED', ['PAID_BACK 2922.75 INR']]);
    assert.deepEqual(valid(order).map(({ traveller }) => traveller.id), [stays!.id]); // prettier-ignore
    await seatsAre(asha, search, 1);
  },

  async 'tickets that cannot be issued are refunded in full'(system) {
    const search = await flightOnSale(system, 1);
    const asha = await customer(system.url, 'Asha Rao');
    const { id } = await held(asha, search, [{ ...adult, name: 'Asha TICKETREFUSED' }]);
    await payOnPage(await asha.startPayment(id), card('SUCCESS'));
    const order = await asha.once(id, 'REFUNDED');
    assert.ok(steps(order).includes('TICKETING_FAILED'));
    assert.deepEqual([paidBack(order), order.tickets], [[`PAID_BACK ${said(PRICE)}`], []]);
    await letterTo(system, asha, id, 'refunded');
    await seatsAre(asha, search, 1);
  },
};

/** Runs the journeys one after the other on one system; each ends with all checks of `npm run verify`. */
export function orderingJourneys(name: string, open: () => Promise<OrderingSystem>): void {
  suite(name, () => {
    let system: OrderingSystem;
    before(async () => (system = await open()));
    after(() => system[Symbol.asyncDispose]());
    for (const [sentence, play] of Object.entries(journeys)) {
      test(sentence, async () => {
        await play(system);
        const { holds, lines } = await system.verify();
        assert.ok(holds, lines.join('\n'));
      });
    }
  });
}
