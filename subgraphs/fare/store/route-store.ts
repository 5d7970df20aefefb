// Routes: the aggregate on which writers of the fare subgraph serialize, with its revision and its events.
import { type EntityManager, LockMode, raw } from '@mikro-orm/core';
import { announce } from '../../../infra/database/outbox.ts';
import { event, type Event } from '../../../schema/events.ts';
import { changesOf, departuresOf } from '../rules/announcing.ts';
import type { FiledFare, Filing } from '../rules/filing.ts';
import { flightId } from './rows.ts';
import { Route } from './tables.ts';

/** A route as DEL-BLR: the aggregate that the fare subgraph's events are about. */
export const routeOf = ({ origin, destination }: { origin: string; destination: string }): string =>
  `${origin}-${destination}`;

/**
 * Locks these routes until the transaction ends: no other transaction writes their fares meanwhile. Data read after the
 * lock is current, also on databases with concurrent writers.
 */
export async function lockRoutes(em: EntityManager, routes: Iterable<string>): Promise<void> {
  const ids = [...new Set(routes)].sort(); // always in the same order, so that writers cannot deadlock
  const lock = () =>
    em.find(
      Route,
      { id: { $in: ids } },
      { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
    );
  const known = new Set((await lock()).map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id)).map((id) => ({ id, revision: 0 }));
  if (!missing.length) return;
  await em.upsertMany(Route, missing, { onConflictAction: 'ignore' }); // another writer may have inserted them meanwhile
  await lock();
}

/** The effect of a transaction on fares: those whose days changed, and those that open departures. */
export interface Touched {
  touched: readonly FiledFare[];
  scheduled: readonly Filing[];
}

/**
 * Writes the next revision of each touched route, and the events that announce the changes. The routes are locked. The
 * number of statements does not depend on the number of routes.
 */
export async function announceChanges(em: EntityManager, { touched, scheduled }: Touched, now: Date): Promise<void> {
  const changed = Map.groupBy(touched, routeOf);
  const opening = Map.groupBy(scheduled, routeOf);
  const routes = [...new Set([...changed.keys(), ...opening.keys()])].sort();
  const revisions = await nextRevisions(em, routes);
  const events = routes.flatMap((subject): Event[] => {
    const about = { source: '/fare', subject, sequence: revisions.get(subject)!, now };
    return [
      ...changesOf(changed.get(subject) ?? []).map((data) => event('fare.changed', about, data)),
      ...departuresOf(opening.get(subject) ?? [], flightId).map((data) => event('departure.scheduled', about, data)),
    ];
  });
  await announce(em, events);
}

async function nextRevisions(em: EntityManager, routes: readonly string[]): Promise<Map<string, number>> {
  if (!routes.length) return new Map();
  const these = { id: { $in: [...routes] } };
  await em.nativeUpdate(Route, these, { revision: raw<number>('revision + 1') });
  const rows = await em.find(Route, these, { disableIdentityMap: true });
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}
