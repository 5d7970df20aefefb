// The whole system on MariaDB, Redis and Kafka, in this process: fares are filed, searched, changed and searched again.
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { eventually } from '../kit/eventually.ts';
import { aFare, openWorld, type Servers, type World } from '../kit/world.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());
const DATABASE_URL = services.mariadb.url;
const REDIS_URL = services.redis.url;
const KAFKA_URL = services.kafka.url;

const query = `query ($input: ShoppingInput!) {
  shopping(input: $input) { price { total { amount } } offers(first: 5) { edges { node { seatsLeft } } } }
}`;

interface Shopping {
  shopping: {
    price: { total: { amount: string } } | null;
    offers: { edges: { node: { seatsLeft: number | null } }[] };
  };
}

async function shop(world: World) {
  const input = {
    origin: 'DEL',
    destination: 'BLR',
    departureDate: '2026-03-24',
    travellers: [{ type: 'ADULT', count: 1 }],
  };
  const { data, errors } = await world.graph<Shopping>(query, { input });
  assert.equal(errors, undefined);
  const { price, offers } = data.shopping;
  return { amount: price?.total.amount, seats: offers.edges.map(({ node }) => node.seatsLeft) };
}

const mixtures: Record<string, Servers> = {
  'MariaDB, Redis and Kafka': { DATABASE_URL, REDIS_URL, KAFKA_URL },
  'SQLite, Redis and the embedded bus': { REDIS_URL },
  'MariaDB, the cache in memory and the embedded bus': { DATABASE_URL },
  'SQLite, the cache in memory and Kafka': { KAFKA_URL },
  "MariaDB by MySQL's driver, Redis and Kafka": {
    DATABASE_URL: DATABASE_URL.replace('mariadb:', 'mysql:'),
    REDIS_URL,
    KAFKA_URL,
  },
};

for (const [name, servers] of Object.entries(mixtures)) {
  suite(`on ${name}`, () => {
    test('a filed fare is offered with its seats, and the next shopper sees a new amount', async () => {
      await using world = await openWorld({ servers });
      const fare = aFare({ fareBasis: 'YFLEX', capacity: 5 });
      await world.file([fare]);
      await eventually(async () => assert.deepEqual(await shop(world), { amount: '3897.00', seats: [5] }));
      await world.file([{ ...fare, amount: 400_000 }]);
      await eventually(async () => assert.equal((await shop(world)).amount, '4000.00'));
    });

    test('two writers that file fares of a new route at once both succeed', async () => {
      await using world = await openWorld({ servers });
      const both = ['1', '2'].map((flightNumber) => world.file([aFare({ flightNumber })]));
      await Promise.all(both);
      const { fares } = await world.stores.fare();
      assert.deepEqual(await fares.revisions(['DEL-BLR']), new Map([['DEL-BLR', 2]]));
    });
  });
}
