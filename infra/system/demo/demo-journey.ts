// The demo's journey: somebody signs up, searches, orders, pays and gets a ticket, over HTTP, by the explorer's own examples.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { examples } from '../../../gateway/routes/examples.ts';
import { cards } from '../../partners/payment-provider/cards.ts';

interface Amount {
  amount: string;
  currency: string;
}

/** What the demo looks at of an order. */
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

export interface Journey {
  email: string;
  orderId: string;
  order: OrderSeen;
  /** The documents of the ticket. */
  page: Buffer;
  pdf: Buffer;
}

const PATIENCE = 30_000; // ms for each thing that goes on by itself; it takes a second
const LOOK_EVERY = 100; // ms
const ASK_AGAIN = 1000; // ms, as NOT_READY says

/**
 * Plays it against the gateway of this address, and says each step. Throws an Error with a sentence where anything does
 * not go as it should.
 */
export async function playDemo(url: string, now: Date, say: (line: string) => void): Promise<Journey> {
  const email = `asha.${randomBytes(4).toString('hex')}@example.com`;
  const given: Record<string, string> = { 'asha@example.com': email };
  given['gravel tuba horizon mint'] = randomBytes(12).toString('base64url');

  let session = '';

  /** Asks an example of the explorer with what was given so far in place of its placeholders. */
  async function ask<T extends object>(name: string): Promise<T> {
    const { query, variables } = examples(now).find((each) => each.name === name)!;
    const filled = (text: string) =>
      Object.entries(given).reduce((all, [word, value]) => all.replaceAll(word, value), text);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1', cookie: session },
      body: JSON.stringify({ query, variables: JSON.parse(filled(variables)) as object }),
    }).catch((cause: unknown) => {
      throw new Error(`Nobody answers at ${url}/graphql: start a system there, or leave --url out.`, { cause });
    });
    // the session of SignUp, as a browser keeps it
    const kept = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]!);
    if (kept.length) session = kept.join('; ');
    return resultOf<T>(name, await response.text());
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
  const [cheapest] = offers?.edges ?? [];
  if (!cheapest) throw new Error(`Nothing flies from DEL to BLR a month from now at ${url}: it has no demo data.`);
  given['OFFER_TOKEN'] = cheapest.node.offerToken;
  say(
    `2. She searches DEL to BLR and takes the cheapest of ${offers!.edges.length} offers: ${offered(cheapest.node)}.`,
  );

  const { id } = await ask<{ id: string }>('PlaceOrder');
  given['ORDER_ID'] = id;
  const held = await orderWhen('its seat to be held', ({ status }) => status === 'AWAITING_PAYMENT');
  say(`3. She places order ${held.number}. Its seat is held; it can be paid until ${held.payBy}.`);

  // the event that tells the payment subgraph of the held seats may be later than our look at the order
  const started = await inTime(
    'the payment to begin',
    () =>
      ask<{ pageUrl: string }>('StartPayment').catch((error: Error) => {
        if (/NOT_READY/.test(error.message)) return null;
        throw error;
      }),
    ASK_AGAIN,
  );
  await giveCard(started.pageUrl);
  say(`4. She gives the card ${card} on the provider's page, ${started.pageUrl}.`);

  const order = await orderWhen(
    'the ticket to be issued and mailed',
    ({ status, mails }) => status === 'TICKETED' && mails.length > 1 && mails.every(({ state }) => state === 'SENT'),
  );
  const [ticket] = order.tickets;
  say(`5. The card is charged, ticket ${ticket!.number} is issued, and a mail with it is sent to ${email}.`);
  return { email, orderId: id, order, page: await bytesAt(ticket!.pageUrl), pdf: await bytesAt(ticket!.pdfUrl) };
}

interface Offer {
  offerToken: string;
  total: Amount;
  brand: string;
  slices: {
    departure: string;
    segments: { carrier: { code: string; name: string | null }; flightNumber: string | null }[];
  }[];
}

function offered({ total, brand, slices: [slice] }: Offer): string {
  const { carrier, flightNumber } = slice!.segments[0]!;
  return `${carrier.code} ${flightNumber ?? ''} at ${slice!.departure}, ${brand}, ${total.amount} ${total.currency}`;
}

const card = cards.find(({ behaviour }) => behaviour === 'SUCCESS')!.number;

async function giveCard(pageUrl: string): Promise<void> {
  const page = await fetch(pageUrl, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' });
  if (page.status !== 303)
    throw new Error(`The payment page ${pageUrl} does not take the demo's card: ${page.status}.`);
}

/** The one thing that an operation answers; throws where it was refused, or has errors. */
function resultOf<T extends object>(name: string, text: string): T {
  if (!text.startsWith('{')) throw new Error(`${name} was not answered by a graph: ${text.slice(0, 200)}`);
  const { data, errors } = JSON.parse(text) as { data?: Record<string, T | null>; errors?: { message: string }[] };
  const result = Object.values(data ?? {})[0];
  if (errors?.[0] || !result) throw new Error(`${name} failed: ${errors?.[0]?.message ?? 'no answer'}`);
  const { code, message } = result as { code?: string; message?: string };
  if (code !== undefined) throw new Error(`${name} was refused: ${code}, ${message}`);
  return result;
}

async function inTime<T>(what: string, look: () => Promise<T | null>, every = LOOK_EVERY): Promise<T> {
  for (const until = performance.now() + PATIENCE; performance.now() < until; await wait(every)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`Waited ${PATIENCE / 1000} seconds for ${what}, in vain.`);
}

const endedOtherwise = ({ number, timeline }: OrderSeen): string =>
  `Order ${number} ended otherwise: ${timeline.map(({ step, because }) => (because ? `${step} (${because})` : step)).join(', ')}.`;

async function bytesAt(address: string): Promise<Buffer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
