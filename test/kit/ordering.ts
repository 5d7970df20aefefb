// Ordering in tests: offers as the fare subgraph signs them, travellers, the mutation, and other subgraphs' events.
import { type Event, event, type EventType, type Payload } from '../../schema/events.ts';
import type { PromisedOffer } from '../../schema/terms/offer-token.ts';

/** An offer for tests: one adult DEL to BLR in the evening of 24 March 2026 at 3,897.00 INR, refundable at 25 %. */
export const anOffer = (change: Partial<PromisedOffer> = {}): PromisedOffer => ({
  offerId: 'offer-1',
  departureId: 'departure-1',
  cabin: 'ECONOMY',
  brand: 'STANDARD',
  conditions: { refundable: true, refundFeePercent: 25, refundableUntilHours: 24, note: null },
  slices: [
    {
      origin: 'DEL',
      destination: 'BLR',
      departure: '2026-03-24T22:20:00+05:30',
      arrival: '2026-03-25T01:10:00+05:30',
      stops: [],
      carrier: '6E',
      flightNumber: '2131',
    },
  ],
  travellers: [{ type: 'ADULT', count: 1, each: 389_700 }],
  total: 389_700,
  currency: 'INR',
  asOf: '2026-03-01T11:59:00.000Z',
  expiresAt: '2026-03-01T12:20:00.000Z',
  ...change,
});

/** A family of an adult, a child and an infant, at 100.00, 75.00 and 10.00. */
export const forFamily: Partial<PromisedOffer> = {
  travellers: [
    { type: 'ADULT', count: 1, each: 10_000 },
    { type: 'CHILD', count: 1, each: 7_500 },
    { type: 'INFANT', count: 1, each: 1_000 },
  ],
  total: 18_500,
};

export const adult = { name: 'Asha Rao', birthDate: '1990-05-17', type: 'ADULT' };
export const child = { name: 'Kabir Rao', birthDate: '2019-06-02', type: 'CHILD' };
export const infant = { name: 'Mira Rao', birthDate: '2025-02-11', type: 'INFANT' };
export const family = [adult, child, infant];

export const contact = { email: 'asha.rao@example.com', phone: '+91 98765 43210' };

export interface Placed {
  __typename: 'Order' | 'OrderRefusal';
  id: string;
  number: string;
  status: string;
  code?: string;
  message?: string;
  offers?: number[];
  items: { id: string; travellers: { id: string; type: string; name: string | null }[] }[];
}

export const PLACED = `{ __typename
  ... on Order { id number status items { id travellers { id type name } } }
  ... on OrderRefusal { code message offers } }`;

export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) ${PLACED} }`;

/** An event of another subgraph, as received from the bus. */
export const heard = <T extends EventType>(type: T, data: Payload<T> & { orderId: string }, now: Date): Event<T> =>
  event(type, { source: '/test', subject: data.orderId, sequence: 1, now }, data);
