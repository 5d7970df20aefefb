// The only reader and writer of the travel room's tables.
import {
  type EntityManager,
  type EntitySchema,
  type FilterQuery,
  type QueryOrderMap,
  raw,
  type RawQueryFragment,
} from '@mikro-orm/core';
import type { Database } from '../../infra/database.ts';
import { mean } from './rating.ts';
import { Guide, Review, type ReviewRow, Sight, type SightRow, Stay, type StayRow } from './tables.ts';

/** A row's place in its list. */
export type Place = readonly [by: string | number, id: string];

/** A stretch of one owner's list: at most `most` rows from the start, or from just after a place. */
export interface Stretch {
  owner: string;
  after: Place | null;
  most: number;
}

/** Rows that are listed by their owner. */
export interface List<Row> {
  place(row: Row): Place;
  /** The rows of at most MOST_STRETCHES stretches, stretch by stretch. One statement. */
  read(stretches: readonly Stretch[]): Promise<Row[][]>;
  /** The rows of these ids; an id we do not know is missing. One statement. */
  byId(ids: readonly string[]): Promise<Map<string, Row>>;
}

/** How many stretches one statement reads: SQLite joins no more than 500 selects. */
export const MOST_STRETCHES = 500;

/** All that is filed of an airport's city. Rows bring their ids; a stay's rating and count follow from its reviews. */
export interface FiledGuide {
  airport: string;
  summary: string | null;
  sights: readonly Omit<SightRow, 'airport'>[];
  stays: readonly FiledStay[];
}
export interface FiledStay extends Omit<StayRow, 'airport' | 'rating' | 'reviewCount'> {
  reviews: readonly Omit<ReviewRow, 'stay'>[];
}

export interface Travel {
  /** What was written of these airports' cities, by code; where nobody wrote, the code is missing. One statement. */
  summaries(codes: readonly string[]): Promise<Map<string, string>>;
  /** By airport, the best rated first. */
  sights: List<SightRow>;
  /** By airport, the best rated first. */
  stays: List<StayRow>;
  /** By stay, the newest first. */
  reviews: List<ReviewRow>;
  /** Whether no guide is filed. */
  isEmpty(): Promise<boolean>;
  /** Files guides, all or none: each takes the place of what was filed of its airport before. */
  file(guides: readonly FiledGuide[]): Promise<void>;
}

export function openTravel(db: Database): Travel {
  return {
    async summaries(codes) {
      const rows = await db.read().find(Guide, { airport: { $in: [...codes] } });
      return new Map(rows.flatMap(({ airport, summary }) => (summary ? [[airport, summary]] : [])));
    },

    sights: list<SightRow>(db, Sight, 'airport', 'rating'),
    stays: list<StayRow>(db, Stay, 'airport', 'rating'),
    reviews: list<ReviewRow>(db, Review, 'stay', 'stayedOn'),

    async isEmpty() {
      return (await db.read().count(Guide)) === 0;
    },

    async file(guides) {
      await db.write(async (em) => {
        // sights, stays and reviews go with their guide
        await em.nativeDelete(Guide, { airport: { $in: guides.map(({ airport }) => airport) } });
        for (const guide of guides) await insert(em, guide);
      });
    },
  };
}

/** An entity's rows, listed by `owner`: the highest `by` first, equals by id. */
function list<Row extends { id: string }>(
  db: Database,
  entity: EntitySchema<Row>,
  owner: keyof Row & string,
  by: keyof Row & string,
): List<Row> {
  const place = (row: Row): Place => [row[by] as string | number, row.id];
  return {
    place,
    async read(stretches) {
      const em = db.read();
      const ids = idsOf(em, entity, owner, by, stretches);
      const rows = await em.find(entity, among<Row>(ids), {
        orderBy: { [by]: 'desc', id: 'asc' } as QueryOrderMap<Row>,
      });
      const byOwner = Map.groupBy(rows, (row) => row[owner] as string);
      return stretches.map(({ owner, after, most }) => {
        const own = byOwner.get(owner) ?? [];
        // another stretch of the same owner may have brought rows before this one and beyond it
        return own.filter((row) => !after || isBeyond(place(row), after)).slice(0, most);
      });
    },
    async byId(ids) {
      const rows = await db.read().find(entity, among<Row>([...ids]));
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

const among = <Row>(ids: string[] | RawQueryFragment): FilterQuery<Row> =>
  ({ id: { $in: ids } }) as unknown as FilterQuery<Row>;

const isBeyond = ([by, id]: Place, [afterBy, afterId]: Place): boolean =>
  by < afterBy || (by === afterBy && id > afterId);

/** The ids in the stretches, as SQL: each stretch reads its range of the index, and no further than it goes. */
function idsOf(em: EntityManager, entity: EntitySchema, owner: string, by: string, stretches: readonly Stretch[]) {
  const { tableName, properties } = em.getMetadata().get(entity);
  const column = (property: string): string => properties[property]!.fieldNames[0]!;
  const key = column(by);
  const parts = stretches.map(({ owner: of, after, most }) => ({
    sql: `select id from (
      select id from ${tableName} where ${column(owner)} = ?
      ${after ? `and ${key} <= ? and (${key} < ? or id > ?)` : ''}
      order by ${key} desc, id limit ?) stretch`,
    values: [of, ...(after ? [after[0], ...after] : []), most],
  }));
  return raw(
    `select id from (${parts.map(({ sql }) => sql).join(' union all ')}) stretches`,
    parts.flatMap(({ values }) => values),
  );
}

async function insert(em: EntityManager, { airport, summary, sights, stays }: FiledGuide): Promise<void> {
  await em.insert(Guide, { airport, summary });
  const sightRows = sights.map((sight) => ({ ...sight, airport }));
  const stayRows = stays.map(({ reviews, ...stay }) => {
    const rating = mean(reviews.map((review) => review.rating));
    return { ...stay, airport, rating, reviewCount: reviews.length };
  });
  const reviewRows = stays.flatMap(({ id, reviews }) => reviews.map((review) => ({ ...review, stay: id })));
  if (sightRows.length) await em.insertMany(Sight, sightRows);
  if (stayRows.length) await em.insertMany(Stay, stayRows);
  if (reviewRows.length) await em.insertMany(Review, reviewRows);
}
