// Orders in every state, made as users make them: by operations of the graph, cards on the payment page, and time.
import { randomUUID } from 'node:crypto';
import { operation } from '../../../gateway/operations/operations.ts';
import type { OrderStatus } from '../../../subgraphs/order/rules/order.ts';
import { DAY } from '../../../schema/terms/durations.ts';
import { exampleOf, giveCard, resultOf } from '../demo/example-operations.ts';
import type { Workbench } from './workbench.ts';

export interface Scenario {
  status: OrderStatus;
  /** How the order came into this state, for the list. */
  says: string;
  /** Makes the order while every worker runs, and returns its id. */
  begin?: (shop: Shop, id: string) => Promise<string>;
  /** Makes the order, or the next step of this one, while some workers are stopped; returns its id. */
  leave?: (shop: Shop, id: string) => Promise<string>;
}

/** The workers that take orders out of the states that last for a moment. */
export const STOPPED = ['hold-stock', 'close-orders', 'issue-tickets', 'refund-payments'] as const;

/** By name, in the order of making: `closed` lets time pass, which would close others. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  closed: {
    status: 'CLOSED',
    says: 'was not paid in time, and its seat is free again',
    async begin(shop) {
      const id = await shop.place();
      shop.clock.advance('16m');
      return id;
    },
  },
  rejected: {
    status: 'REJECTED',
    says: 'was placed after another traveller had taken the last seat',
    async begin(shop) {
      const search = await shop.lastSeat();
      const offerToken = await shop.offer(search);
      await shop.pay(await shop.place(offerToken));
      return shop.place(offerToken);
    },
  },
  refunded: {
    status: 'REFUNDED',
    says: 'was cancelled after its ticket was issued; the money is back, less the fee',
    begin: async (shop) => shop.cancel(await shop.pay(await shop.place())),
  },
  ticketed: {
    status: 'TICKETED',
    says: 'is paid by card, and its ticket is issued and mailed',
    begin: async (shop) => shop.pay(await shop.place()),
  },
  'awaiting-payment': {
    status: 'AWAITING_PAYMENT',
    says: 'has its seat, and fifteen minutes to be paid',
    begin: (shop) => shop.place(),
  },
  pending: {
    status: 'PENDING',
    says: 'waits for its seat (hold-stock is stopped)',
    leave: (shop) => shop.place(),
  },
  paid: {
    status: 'PAID',
    says: 'waits for its ticket (issue-tickets is stopped)',
    begin: (shop) => shop.place(),
    leave: (shop, id) => shop.pay(id),
  },
  closing: {
    status: 'CLOSING',
    says: 'was cancelled before it was paid, and waits until its seat is released (hold-stock is stopped)',
    begin: (shop) => shop.place(),
    leave: (shop, id) => shop.cancel(id),
  },
  refunding: {
    status: 'REFUNDING',
    says: 'was cancelled, and waits for the refund (issue-tickets and refund-payments are stopped)',
    begin: async (shop) => shop.pay(await shop.place()),
    leave: (shop, id) => shop.cancel(id),
  },
};

interface Search {
  origin: string;
  destination: string;
  departureDate: string;
}

const AHEAD = 30 * DAY; // within the 90 days of the demo's fares
const BEYOND = 120 * DAY; // a day that has no other fares

const OFFERS = `query ($input: ShoppingInput!) {
  shopping(input: $input) { offers(first: 50, sort: PRICE) { edges { node { offerToken conditions { refundable } } } } }
}`;
const CREATE = `mutation ($input: FareInput!) {
  createFare(input: $input) { ... on Fare { id } ... on FareRefusal { code message } }
}`;

/**
 * The actions of the demo's traveller. Each resolves once the system has done all that follows from it, most of them
 * with the order's id. Calls `placed` for every order.
 */
export function openShop({ graphql, clock, settled }: Workbench, placed: (id: string) => void) {
  const day = (ahead: number) => new Date(clock.now().getTime() + ahead).toISOString().slice(0, 10);
  const search = (departureDate: string): Search => ({ origin: 'DEL', destination: 'BLR', departureDate });

  async function ask<T extends object>(name: string, query: string, variables: object, as = 'traveller'): Promise<T> {
    const result = resultOf(name, await graphql<Record<string, T | null>>(query, variables, { as }));
    await settled();
    return result;
  }

  function example<T extends object>(name: string, given: Record<string, string>): Promise<T> {
    const { query, variables } = exampleOf(name, clock.now(), given);
    return ask(name, query, variables);
  }

  /** The cheapest refundable offer: of a flight a month from now by default. */
  async function offer(input = search(day(AHEAD))): Promise<string> {
    const { offers } = await ask<Offers>('Shopping', OFFERS, { input });
    const found = offers.edges.find(({ node }) => node.conditions.refundable);
    if (!found) throw new Error(`No refundable offer from DEL to BLR on ${input.departureDate}: is DEMO_DATA off?`);
    return found.node.offerToken;
  }

  return {
    clock,
    offer,

    /** A flight with one seat, which the demo's fare manager files. */
    async lastSeat(): Promise<Search> {
      const departureDate = day(BEYOND);
      const input = {
        ...{ carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY' },
        ...{ departsLocal: `${departureDate}T09:20`, arrivesLocal: `${departureDate}T12:10` },
        ...{ travellerType: 'ADULT', amount: '3897.00', currency: 'INR', capacity: 1 },
      };
      await ask('createFare', CREATE, { input }, 'fare manager');
      return search(departureDate);
    },

    /** Orders an offer for a traveller who is on no other flight. */
    async place(offerToken?: string): Promise<string> {
      const key = randomUUID();
      const { id } = await example<{ id: string }>('PlaceOrder', {
        OFFER_TOKEN: offerToken ?? (await offer()),
        'Asha Rao': `Asha ${nameOf(key)}`,
        'asha@example.com': 'traveller@fareloom.example',
        [`order of ${day(0)}`]: key,
      });
      placed(id);
      return id;
    },

    /** Pays by card. */
    async pay(id: string): Promise<string> {
      const given = { ORDER_ID: id, [`payment of ${day(0)}`]: randomUUID() };
      const { pageUrl } = await example<{ pageUrl: string }>('StartPayment', given);
      await giveCard(pageUrl);
      await settled();
      return id;
    },

    async cancel(id: string): Promise<string> {
      await ask('CancelOrder', operation('cancel-order'), { id });
      return id;
    },

    settled,

    /** The order as it is. */
    order: (id: string) => example<{ status: OrderStatus; payBy: string }>('Order', { ORDER_ID: id }),
  };
}

export type Shop = ReturnType<typeof openShop>;

interface Offers {
  offers: { edges: { node: { offerToken: string; conditions: { refundable: boolean } } }[] };
}

/** A surname: a name has no digits. */
const nameOf = (key: string): string => `Rao${key.replaceAll(/[^a-f]/g, '')}`;
