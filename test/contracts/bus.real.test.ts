// The bus contract on Kafka.
import { after } from 'node:test';
import { openKafkaBus } from '../../infra/messaging/bus.kafka.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { busContract, isToCrash, log, topics } from './bus.ts';

let url = '';
if (!isToCrash) {
  const services = await openServices(['kafka']);
  after(() => services[Symbol.asyncDispose]());
  // a killed member is given up soon, but not one on a busy machine, whose messages would come again
  url = `${services.kafka.url}?session=5000`;
}

let places = 0;
await busContract({
  name: 'Kafka',
  place: async () => ({ url: `${url}&prefix=place${places++}.`, [Symbol.asyncDispose]: async () => undefined }),
  open: async (place) => openKafkaBus({ url: place, topics, log, onCrash: () => undefined }),
  features: {
    forgets: 'what is old',
    publishes: 'at least none that cannot be encoded',
    rebalances: 'at least once',
  },
});
