// The bus contract on the embedded bus.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { busContract, log, topics } from './bus.ts';

await busContract({
  name: 'embedded',
  async place() {
    const dir = await mkdtempDisposable(join(tmpdir(), 'bus-'));
    return { url: join(dir.path, 'bus.sqlite'), [Symbol.asyncDispose]: () => dir.remove() };
  },
  open: async (path, now) => openEmbeddedBus(path, topics, now, log),
  features: {
    forgets: 'what every group finished',
    publishes: 'all or none',
    rebalances: 'exactly once',
  },
});
