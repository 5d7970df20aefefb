// The operators' part of the graph: departures with their seats, ledgers and sales, and capacity changes.
import DataLoader from 'dataloader';
import { airportFields } from '../../../schema/terms/airports.ts';
import { connection, cursorOf, pageOf } from '../../../schema/terms/connection.ts';
import { either, fault, refusalFields } from '../../../schema/errors.ts';
import { accountOfCaller, type Identity } from '../../../schema/wire/identity.ts';
import { MOST_SEATS } from '../rules/capacity.ts';
import type { DeparturePlace, Departures } from '../store/departure-store.ts';
import { salesByDay } from '../rules/sales-by-day.ts';
import type { Resolvers } from './schema.generated.ts';
import type { DepartureRow } from '../store/seat-store.ts';
import type { OperatorContext } from './context.ts';

/** The part of a request's context that operators need. */
export const operatorContext = (departures: Departures, identity: Identity, now: Date): OperatorContext => ({
  now,
  identity,
  departures,
  sales: new DataLoader(async (ids) => {
    const lines = await departures.sales(ids);
    return ids.map((id) => lines.get(id) ?? []);
  }),
});

export const operatorResolvers = {
  Query: {
    departure: (_, { id }, { departures }) => departures.departure(id),
    async departures(_, { filter, ...args }, { departures }) {
      const page = pageOf<DeparturePlace>('departures', ['', ''], args);
      const conditions = Object.fromEntries(
        Object.entries(filter ?? {}).filter(([, value]) => (value ?? null) !== null),
      );
      const found = await departures.departures(conditions, page);
      const cursor = ({ departs, id }: DepartureRow) => cursorOf('departures', [departs, id]);
      return connection(found, page, cursor, () => departures.count(conditions));
    },
  },

  Mutation: {
    changeCapacity(_, { departureId, total, expectedRevision }, { departures, identity, now }) {
      if (total < 0 || total > MOST_SEATS) {
        const message = `total: ${total} seats are not possible; 0 to ${MOST_SEATS} are allowed.`;
        throw fault('BAD_USER_INPUT', message, { argument: 'total' });
      }
      return departures.changeCapacity(departureId, total, expectedRevision ?? null, {
        by: accountOfCaller(identity),
        now,
      });
    },
  },

  ChangeCapacityResult: either('Departure', 'StockRefusal'),

  StockRefusal: refusalFields,

  Departure: {
    origin: ({ origin }) => ({ code: origin }),
    destination: ({ destination }) => ({ code: destination }),
    departsLocal: ({ departs }) => departs,
    sales: async ({ id }, _, { sales }) => salesByDay(await sales.load(id)),
    async ledger({ id, revision }, args, { departures }) {
      const list = `ledger ${id}`;
      const page = pageOf(list, [0], args);
      const lines = await departures.ledger(id, page);
      // each revision of a departure has exactly one ledger line
      return connection(
        lines,
        page,
        (line) => cursorOf(list, [line.revision]),
        () => revision,
      );
    },
  },

  Airport: airportFields,

  SeatLedgerLine: {
    at: ({ at }) => at.toISOString(),
  },
} satisfies Resolvers;
