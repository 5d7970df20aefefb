// A process for killed.test.ts to kill: it files a fare and hangs at the given place, on the way to the bus.
// Arguments: the folder, and "before" or "after" the fare's events are on the bus.
import { setTimeout as wait } from 'node:timers/promises';
import { aFare, openWorld } from '../kit/world.ts';

const [folder, where] = process.argv.slice(2) as [string, 'before' | 'after'];
const forever = new Promise<never>(() => undefined);

const world = await openWorld({
  folder,
  bus: (shipped) => ({
    ...shipped,
    publish: async (messages) => {
      if (where === 'after') await shipped.publish(messages);
      process.stdout.write('stuck\n');
      return forever;
    },
    subscribe: async () => async () => undefined, // the next process shall consume the events
  }),
});
await world.file([aFare({ capacity: 5 })]);
process.stdout.write('filed\n');
await wait(60_000); // far longer than it lives
