// The bus contract on Kafka.
import { after } from 'node:test';
import { openServices } from '../../infra/services/open.ts';
import { busContract, isToCrash } from './bus.ts';
import { openInPlace } from './kafka-place.ts';

let url = '';
if (!isToCrash) {
  const services = await openServices(['kafka']);
  after(() => services[Symbol.asyncDispose]());
  url = `${services.kafka.url}?session=1500`; // so that a member that was killed is soon given up
}

let places = 0;
await busContract({
  name: 'Kafka',
  place: async () => ({ url: `${url}#place${places++}.`, [Symbol.asyncDispose]: async () => undefined }),
  open: async (place) => openInPlace(place),
  features: {
    forgets: 'what is old',
    publishes: 'at least none that cannot be encoded',
    rebalances: 'at least once',
  },
});
