// The demo's journey: a traveller signs up, searches, orders, pays and gets a ticket, over HTTP, with the explorer's
// examples.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { exampleOf, giveCard, goodCard, type Response, resultOf } from './example-operations.ts';
import type { NonEmpty } from '../../../schema/values/non-empty.ts';
import { present } from '../../../schema/values/present.ts';

interface Amount {
  amount: string;
  currency: string;
}

/** The fields of an order that the demo reads. */
export interface OrderSeen {
  number: string;
  status: string;
  payBy: string;
  total: Amount;
  timeline: { at: string; step: string; status: string; cause: string; because: string | null }[];
  tickets: { number: string; pageUrl: string; pdfUrl: string }[];
  mails: { kind: string; state: string; sentAt: string | null }[];
  payments: { id: string; status: string }[] | null;
}

export interface DemoJourney {
  email: string;
  orderId: string;
  order: OrderSeen;
  /** The ticket's number. */
  ticket: string;
  /** The documents of the ticket. */
  page: Buffer;
  pdf: Buffer;
}

const WAIT_AT_MOST = 30_000; // ms for each asynchronous step; a step takes a second
const LOOK_EVERY = 100; // ms
const ASK_AGAIN = 1000; // ms, the delay that NOT_READY advises

/**
 * Plays the journey against the gateway at this address and reports each step with `say`. Throws an Error with a
 * sentence when a step fails.
 */
export async function playDemo(url: string, now: Date, say: (line: string) => void): Promise<DemoJourney> {
  const email = `asha.${randomBytes(4).toString('hex')}@example.com`;
  const given: Record<string, string> = { 'asha@example.com': email };
  given['gravel tuba horizon mint'] = randomBytes(12).toString('base64url');

  let session = '';

  /** Sends an example of the explorer with its placeholders replaced by the values known so far. */
  async function ask<T extends object>(name: string): Promise<T> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1', cookie: session },
      body: JSON.stringify(exampleOf(name, now, given)),
    }).catch((cause: unknown) => {
      throw new Error(`No server answers at ${url}/graphql: start a system there, or leave --url out.`, { cause });
    });
    // keeps the session cookies of SignUp, as a browser does
    const kept = response.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, ''));
    if (kept.length) session = kept.join('; ');
    return resultOf(name, readResponse<T>(name, await response.text()));
  }

  const orderWhen = (what: string, isSo: (order: OrderSeen) => boolean) =>
    inTime(what, async () => {
      const order = await ask<OrderSeen>('Order');
      if (['REJECTED', 'CLOSED', 'REFUNDING', 'REFUNDED'].includes(order.status))
        throw new Error(endedOtherwise(order));
      return isSo(order) ? order : null;
    });

  await ask('SignUp');
  say(`1. Asha Rao signs up as ${email}.`);

  const { offers } = await ask<{ offers: { edges: { node: Offer }[] } | null }>('Shopping');
  const edges = offers?.edges ?? [];
  const [cheapest] = edges;
  if (!cheapest) throw new Error(`Nothing flies from DEL to BLR a month from now at ${url}: it has no demo data.`);
  given['OFFER_TOKEN'] = cheapest.node.offerToken;
  say(`2. She searches DEL to BLR and takes the cheapest of ${edges.length} offers: ${offered(cheapest.node)}.`);

  const { id } = await ask<{ id: string }>('PlaceOrder');
  given['ORDER_ID'] = id;
  const held = await orderWhen('its seat to be held', ({ status }) => status === 'AWAITING_PAYMENT');
  say(`3. She places order ${held.number}. Its seat is held; it can be paid until ${held.payBy}.`);

  // the payment subgraph may receive the event about the held seats after we have seen the order's status
  const started = await inTime(
    'the payment to begin',
    () =>
      ask<{ pageUrl: string }>('StartPayment').catch((error: unknown) => {
        if (/NOT_READY/.test(String(error))) return null;
        throw error;
      }),
    ASK_AGAIN,
  );
  await giveCard(started.pageUrl);
  say(`4. She gives the card ${goodCard} on the provider's page, ${started.pageUrl}.`);

  const order = await orderWhen(
    'the ticket to be issued and mailed',
    ({ status, mails }) => status === 'TICKETED' && mails.length > 1 && mails.every(({ state }) => state === 'SENT'),
  );
  const ticket = present(order.tickets[0], 'A ticketed order has no ticket.');
  say(`5. The card is charged, ticket ${ticket.number} is issued, and a mail with it is sent to ${email}.`);
  const [page, pdf] = [await bytesAt(ticket.pageUrl), await bytesAt(ticket.pdfUrl)];
  return { email, orderId: id, order, ticket: ticket.number, page, pdf };
}

interface Offer {
  offerToken: string;
  total: Amount;
  brand: string;
  slices: NonEmpty<{
    departure: string;
    segments: NonEmpty<{ carrier: { code: string; name: string | null }; flightNumber: string | null }>;
  }>;
}

function offered({ total, brand, slices: [slice] }: Offer): string {
  const { carrier, flightNumber } = slice.segments[0];
  return `${carrier.code} ${flightNumber ?? ''} at ${slice.departure}, ${brand}, ${total.amount} ${total.currency}`;
}

/** A response of a graph; anything else, such as a proxy's page, throws. */
function readResponse<T>(name: string, text: string): Response<T> {
  if (!text.startsWith('{')) throw new Error(`${name} was not answered by a graph: ${text.slice(0, 200)}`);
  return JSON.parse(text) as Response<T>;
}

async function inTime<T>(what: string, look: () => Promise<T | null>, every = LOOK_EVERY): Promise<T> {
  const until = performance.now() + WAIT_AT_MOST;
  while (performance.now() < until) {
    const found = await look();
    if (found !== null) return found;
    await wait(every);
  }
  throw new Error(`Waited ${WAIT_AT_MOST / 1000} seconds for ${what}, in vain.`);
}

const endedOtherwise = ({ number, timeline }: OrderSeen): string =>
  `Order ${number} did not get its tickets: ${timeline.map(({ step, because }) => (because ? `${step} (${because})` : step)).join(', ')}.`;

async function bytesAt(address: string): Promise<Buffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
