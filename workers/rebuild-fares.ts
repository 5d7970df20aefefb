// Rebuilds cached days that changed or were missed, and invalidates responses made of old ones. Only it writes the fare cache.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { FareCache } from '../subgraphs/fare/store/fare-cache.ts';
import { consume } from './engine/consume.ts';

/** A batch merges a burst of tasks for one route: each day in it is rebuilt once. */
const BATCH = { max: 100, linger: 200 }; // ms

/** Starts the worker and returns its stop function. */
export const startRebuildFares = ({ bus, log, fares }: { bus: Bus; log: Log; fares: FareCache }) =>
  consume({
    bus,
    log,
    name: 'rebuild-fares',
    on: ['fare.changed', 'fare.rebuild'],
    batch: BATCH,
    mayOvertake: true, // a rebuild reads the current days, so the order of events does not matter
    async handle(events) {
      const days = events.flatMap(({ data: { dates, ...market } }) => dates.map((date) => ({ ...market, date })));
      const rebuilt = await fares.rebuild(days);
      await fares.retireAnswers(events.flatMap(({ type, data }) => (type === 'fare.changed' ? [data] : [])));
      log.debug('fare cache rebuilt', { service: 'rebuild-fares', tasks: events.length, days: days.length, rebuilt });
    },
  });
