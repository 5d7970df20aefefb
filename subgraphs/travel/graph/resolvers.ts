// Resolvers of airports and of the guides, sights, stays and reviews around them.
import DataLoader from 'dataloader';
import { airport, airports, knownAirport } from '../../../schema/terms/airports.ts';
import { type Connection, connection, cursorOf, cut, type PageArgs, pageOf } from '../../../schema/terms/connection.ts';
import { fault } from '../../../schema/errors.ts';
import { money } from '../../../schema/terms/money.ts';
import { search } from '../../../schema/terms/shopping.ts';
import { ratingShown } from '../rules/rating.ts';
import type { Resolvers } from './schema.generated.ts';
import { byAirportPosition, find, fold, indexOf, LONGEST, type AirportPosition } from '../rules/search.ts';
import { type List, MOST_STRETCHES, type Travel } from '../store/store.ts';
import type { Context, Listing } from './context.ts';

export const context = (travel: Travel, now: Date): Context => ({
  now,
  summary: byKey((codes) => travel.summaries(codes)),
  sights: listing(travel.sights),
  stays: listing(travel.stays),
  reviews: listing(travel.reviews),
});

const byKey = <Value>(load: (keys: readonly string[]) => Promise<Map<string, Value>>) =>
  new DataLoader<string, Value | null>(async (keys) => {
    const found = await load(keys);
    return keys.map((key) => found.get(key) ?? null);
  });

const listing = <Row>(list: List<Row>): Listing<Row> => ({
  place: (row) => list.place(row),
  stretch: new DataLoader((stretches) => list.read(stretches), {
    cacheKeyFn: (stretch) => JSON.stringify(stretch),
    maxBatchSize: MOST_STRETCHES,
  }),
  count: new DataLoader(async (owners) => {
    const counts = await list.count(owners);
    return owners.map((owner) => counts.get(owner) ?? 0);
  }),
  byId: byKey((ids) => list.byId(ids)),
});

/** A page of an owner's list. `shape` is a sample of the list's cursor keys and gives their types. */
async function page<Row>(
  { place, stretch, count }: Listing<Row>,
  [name, owner]: [name: string, owner: string],
  shape: [string | number, string],
  args: PageArgs,
): Promise<Connection<Row>> {
  const listName = `${name}:${owner}`;
  const wanted = pageOf<readonly [string | number, string]>(listName, shape, args);
  const rows = await stretch.load({ owner, ...wanted });
  return connection(
    rows,
    wanted,
    (row) => cursorOf(listName, place(row)),
    () => count.load(owner),
  );
}

const index = indexOf(airports());

export const resolvers: Resolvers = {
  Query: {
    shopping(_, { input }, { now }) {
      const { destination } = search(input, now);
      return { travel: { airport: knownAirport(destination) } };
    },
    airport: (_, { code }) => airport(code) ?? null,
    airports(_, { search: typed, ...args }) {
      if (typed && typed.length > LONGEST) {
        const message = `search: ${typed.length} characters are too many; ${LONGEST} are allowed.`;
        throw fault('BAD_USER_INPUT', message, { argument: 'search' });
      }
      const list = `airports:${fold(typed ?? '')}`;
      const wanted = pageOf<AirportPosition>(list, [0, ''], args);
      const found = find(index, typed ?? '');
      const rows = cut(found, wanted, ({ place }) => place, byAirportPosition);
      const { edges, ...shown } = connection(
        rows,
        wanted,
        ({ place }) => cursorOf(list, place),
        () => found.length,
      );
      return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.airport })), ...shown };
    },
  },

  Airport: {
    __resolveReference: ({ code }) => airport(code) ?? null,
    location: ({ latitude, longitude }) => ({ latitude, longitude }),
    guide: (airport) => ({ airport }),
  },

  TravelGuide: {
    summary: ({ airport }, _, { summary }) => summary.load(airport.code),
    sights: ({ airport }, args, { sights }) => page(sights, ['sights', airport.code], [0, ''], args),
    stays: ({ airport }, args, { stays }) => page(stays, ['stays', airport.code], [0, ''], args),
  },

  Sight: {
    __resolveReference: ({ id }, { sights }) => sights.byId.load(id),
    rating: ({ rating }) => ratingShown(rating),
  },

  Stay: {
    __resolveReference: ({ id }, { stays }) => stays.byId.load(id),
    nightlyPrice: ({ nightlyPrice, currency }) => money(nightlyPrice, currency),
    rating: ({ rating }) => ratingShown(rating),
    reviews: ({ id }, args, { reviews }) => page(reviews, ['reviews', id], ['', ''], args),
  },

  Review: {
    __resolveReference: ({ id }, { reviews }) => reviews.byId.load(id),
  },
};
