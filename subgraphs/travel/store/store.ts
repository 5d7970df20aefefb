// The only reader and writer of the travel subgraph's tables.
import {
  type EntityManager,
  type EntitySchema,
  type FilterQuery,
  type QueryOrderMap,
  raw,
  type RawQueryFragment,
} from '@mikro-orm/core';
import { type Database, placesFor } from '../../../infra/database/database.ts';
import { cut, type Page } from '../../../schema/terms/connection.ts';
import { mean } from '../rules/rating.ts';
import { Guide, Review, type ReviewRow, Sight, type SightRow, Stay, type StayRow } from './tables.ts';

/** A row's place in its list. */
export type RowPosition = readonly [by: string | number, id: string];

/** A page of one owner's list. */
export interface Stretch extends Page<RowPosition> {
  owner: string;
}

/** Rows that are listed by their owner. */
export interface List<Row> {
  place(row: Row): RowPosition;
  /** The rows of at most MOST_STRETCHES pages, one array per page. One statement. */
  read(stretches: readonly Stretch[]): Promise<Row[][]>;
  /** The number of rows by owner; owners without rows are missing. One statement. */
  count(owners: readonly string[]): Promise<Map<string, number>>;
  /** The rows by id; unknown ids are missing. One statement. */
  byId(ids: readonly string[]): Promise<Map<string, Row>>;
}

/** The most pages that one statement reads: SQLite allows at most 500 selects in a union. */
export const MOST_STRETCHES = 500;

/** The complete guide to an airport's city. The rows carry their ids; a stay's rating and review count are computed. */
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
  /** The texts about the cities by airport code; codes without a text are missing. One statement. */
  summaries(codes: readonly string[]): Promise<Map<string, string>>;
  /** By airport, best rated first. */
  sights: List<SightRow>;
  /** By airport, best rated first. */
  stays: List<StayRow>;
  /** By stay, newest first. */
  reviews: List<ReviewRow>;
  /** Whether there are no guides. */
  isEmpty(): Promise<boolean>;
  /** Saves all guides in one transaction. Each replaces the previous guide to its airport. */
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
        // cascades to sights, stays and reviews
        await em.nativeDelete(Guide, { airport: { $in: guides.map(({ airport }) => airport) } });
        for (const guide of guides) await insert(em, guide);
      });
    },
  };
}

/** An entity's rows, listed per `owner`: the highest `by` first, equal ones by id. */
function list<Row extends { id: string }>(
  db: Database,
  entity: EntitySchema<Row>,
  owner: keyof Row & string,
  by: keyof Row & string,
): List<Row> {
  const place = (row: Row): RowPosition => [row[by] as string | number, row.id];
  return {
    place,
    async read(stretches) {
      const em = db.read();
      const ids = idsOf(em, entity, owner, by, stretches);
      const rows = await em.find(entity, among<Row>(ids), {
        orderBy: { [by]: 'desc', id: 'asc' } as QueryOrderMap<Row>,
      });
      const byOwner = Map.groupBy(rows, (row) => row[owner] as string);
      // the rows of an owner may include those of its other pages
      return stretches.map((stretch) => cut(byOwner.get(stretch.owner) ?? [], stretch, place, compare));
    },
    async count(owners) {
      const { table, column } = namesOf(db.read(), entity);
      const sql = `select ${column(owner)} as owner, count(*) as counted from ${table}
        where ${column(owner)} in (${placesFor(owners)}) group by ${column(owner)}`;
      const rows = await db.rows<{ owner: string; counted: number | string }>(sql, owners);
      return new Map(rows.map((row) => [row.owner, Number(row.counted)]));
    },
    async byId(ids) {
      const rows = await db.read().find(entity, among<Row>([...ids]));
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

const among = <Row>(ids: string[] | RawQueryFragment): FilterQuery<Row> =>
  ({ id: { $in: ids } }) as unknown as FilterQuery<Row>;

/** Compares two places: the highest `by` comes first. */
const compare = ([by, id]: RowPosition, [otherBy, otherId]: RowPosition): number => {
  if (by !== otherBy) return by > otherBy ? -1 : 1;
  return id < otherId ? -1 : Number(id > otherId);
};

/** The table and column names of an entity. */
function namesOf(em: EntityManager, entity: EntitySchema) {
  const { tableName, properties } = em.getMetadata().get(entity);
  return { table: tableName, column: (property: string): string => properties[property]!.fieldNames[0]! };
}

/** The ids in the pages, as SQL: each page reads only its own range of the index. */
function idsOf(em: EntityManager, entity: EntitySchema, owner: string, by: string, stretches: readonly Stretch[]) {
  const { table, column } = namesOf(em, entity);
  const key = column(by);
  const parts = stretches.map(({ owner: of, after, before, backward, most }) => ({
    sql: `select id from (
      select id from ${table} where ${column(owner)} = ?
      ${after ? `and ${key} <= ? and (${key} < ? or id > ?)` : ''}
      ${before ? `and ${key} >= ? and (${key} > ? or id < ?)` : ''}
      order by ${backward ? `${key}, id desc` : `${key} desc, id`} limit ?) stretch`,
    values: [of, ...(after ? [after[0], ...after] : []), ...(before ? [before[0], ...before] : []), most],
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
  await em.insertMany(Sight, sightRows);
  await em.insertMany(Stay, stayRows);
  await em.insertMany(Review, reviewRows);
}
