// Caches the days that changed or were missed, the only writer of the fare cache, and retires the answers made of old ones.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { FareCache } from '../subgraphs/fare/store/fare-cache.ts';
import { consume } from './engine/consume.ts';

/** Batches tell a burst of tasks for one route from many: each day of a batch is rebuilt once. */
const BATCH = { max: 100, linger: 200 }; // ms

/** Starts the worker; the result stops it. */
export const startRebuildFares = ({ bus, log, fares }: { bus: Bus; log: Log; fares: FareCache }) =>
  consume({
    bus,
    log,
    name: 'rebuild-fares',
    on: ['fare.changed', 'fare.rebuild'],
    batch: BATCH,
    mayOvertake: true, // a rebuild reads the days as they are, whichever event asked for it
    async handle(events) {
      const days = events.flatMap(({ data: { dates, ...market } }) => dates.map((date) => ({ ...market, date })));
      const rebuilt = await fares.rebuild(days);
      await fares.retireAnswers(events.flatMap(({ type, data }) => (type === 'fare.changed' ? [data] : [])));
      log.debug('rebuilt', { service: 'rebuild-fares', tasks: events.length, days: days.length, rebuilt });
    },
  });
