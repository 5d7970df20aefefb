// Rebuilds cached days that changed or were missed, and invalidates responses made of old ones. Only it writes the fare cache.
import { fare } from '../subgraphs/fare/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'rebuild-fares';

export const rebuildFares = defineWorker({
  name: NAME,
  port: 4101,
  does: 'caches the days that changed or were missing; the only writer of the fare cache; retires cached responses of changed routes',
  subgraph: fare,
  uses: ['cache', 'bus'],
  onlyReads: true,
  on: ['fare.changed', 'fare.rebuild'],
  batch: { max: 100, linger: 200 }, // ms; merges a burst of tasks for one route: each day in it is rebuilt once
  mayOvertake: true, // a rebuild reads the current days, so the order of events does not matter
  work: ({ stores: { cache }, platform: { log } }) => ({
    async handle(events) {
      const days = events.flatMap(({ data: { dates, ...market } }) => dates.map((date) => ({ ...market, date })));
      const rebuilt = await cache.rebuild(days);
      await cache.retireAnswers(events.flatMap(({ type, data }) => (type === 'fare.changed' ? [data] : [])));
      log.debug('fare cache rebuilt', { service: NAME, tasks: events.length, days: days.length, rebuilt });
    },
  }),
});
