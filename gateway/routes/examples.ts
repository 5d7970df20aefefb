// The example operations, for the explorer's tabs and the demo.
import { DAY } from '../../schema/terms/durations.ts';
import { ASKED_BY } from '../../schema/wire/explaining.ts';
import { operation } from '../operations/operations.ts';

export interface Example {
  name: string;
  query: string;
  variables: string;
  /** Request headers as JSON; only if the operation needs them. */
  headers?: string;
}

/** An operation's name, its file in operations/, and what to send with it. */
type Filled = readonly [name: string, file: string, variables: object, headers?: object];

/**
 * The examples, with variables that match the demo data: travel is a month from now. OFFER_TOKEN and ORDER_ID stand for
 * values from earlier responses. SignUp and SignIn store the session in cookies, which the examples after them need.
 * Comments have up to 50 characters a line: the explorer's editor does not wrap them, and shows 50 in a window of
 * 1280 pixels.
 */
export function examples(now: Date): Example[] {
  const input = searchIn30Days(now);
  const date = now.toISOString().slice(0, 10);
  const travellers = [
    { type: 'ADULT', count: 2 },
    { type: 'CHILD', count: 1 },
    { type: 'INFANT', count: 1 },
  ];
  const credentials = { email: 'asha@example.com', password: 'gravel tuba horizon mint' };
  const session = 'COOKIE';
  const order = {
    offers: [{ token: 'OFFER_TOKEN', travellers: [{ name: 'Asha Rao', birthDate: '1990-05-17', type: 'ADULT' }] }],
    contact: { email: 'asha@example.com' },
    idempotencyKey: `order of ${date}`,
  };
  const payment = { orderId: 'ORDER_ID', method: 'CARD', idempotencyKey: `payment of ${date}` };
  const all: Filled[] = [
    ['Shopping', 'shopping', { input }],
    ['CheapestDay', 'cheapest-day', { input: { ...input, origin: 'SIN', destination: 'NRT' } }],
    ['Family', 'family', { input: { ...input, travellers } }],
    ['Airports', 'airports', { search: 'zurich' }],
    ['Stays', 'stays', { code: 'SIN' }],
    ['SignUp', 'sign-up', { input: { ...credentials, name: 'Asha Rao', session } }],
    ['SignIn', 'sign-in', { input: { ...credentials, session } }],
    ['Me', 'me', {}],
    ['PlaceOrder', 'place-order', { input: order }],
    ['StartPayment', 'start-payment', payment],
    ['Order', 'order', { id: 'ORDER_ID' }],
    ['Fares', 'fares', { filter: { origin: 'DEL', destination: 'BLR' } }],
    ['Verification', 'verification', { checks: null }],
    ['Processes', 'processes', {}],
    ['SupergraphVersions', 'supergraph-versions', {}],
    ['Explained', 'explained', { input }, { [ASKED_BY]: '1' }],
  ];
  return all.map(([name, file, variables, headers]) => ({
    name,
    query: operation(file),
    variables: JSON.stringify(variables, null, 2),
    ...(headers && { headers: JSON.stringify(headers, null, 2) }),
  }));
}

/** The search that the demo data can answer, a month from now. */
export function searchIn30Days(now: Date): { origin: string; destination: string; departureDate: string } {
  const departureDate = new Date(now.getTime() + 30 * DAY).toISOString().slice(0, 10);
  return { origin: 'DEL', destination: 'BLR', departureDate };
}
