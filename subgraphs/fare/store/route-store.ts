// Routes: the aggregate that the fare room's writers take turns on, with its revision and its events.
import { type EntityManager, LockMode, raw } from '@mikro-orm/core';
import { announce } from '../../../infra/database/outbox.ts';
import { event, type Event } from '../../../schema/events.ts';
import { changesOf, departuresOf } from '../rules/announcing.ts';
import type { FiledFare, Filing } from '../rules/filing.ts';
import { flightId } from './rows.ts';
import { Route } from './tables.ts';

/** A route as DEL-BLR: the aggregate that the fare room's events are about. */
export const routeOf = ({ origin, destination }: { origin: string; destination: string }): string =>
  `${origin}-${destination}`;

/**
 * Waits until no other transaction writes fares of these routes, and keeps others waiting until this one ends. What is
 * read after it is what there is, on databases that let writers run side by side too.
 */
export async function lockRoutes(em: EntityManager, routes: Iterable<string>): Promise<void> {
  const ids = [...new Set(routes)].sort(); // in one order everywhere, so that two writers never wait for each other
  const lock = () =>
    em.find(
      Route,
      { id: { $in: ids } },
      { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
    );
  const known = new Set((await lock()).map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id)).map((id) => ({ id, revision: 0 }));
  if (!missing.length) return;
  await em.upsertMany(Route, missing, { onConflictAction: 'ignore' }); // another writer may have made them meanwhile
  await lock();
}

/** What a transaction did to fares: those whose days changed, and those that open departures. */
export interface Touched {
  touched: readonly FiledFare[];
  scheduled: readonly Filing[];
}

/**
 * Writes the next revision of each route that was touched, and the events that say what changed. Its routes are locked.
 * The statements are as many for a hundred routes as for one.
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
