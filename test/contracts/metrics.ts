// The promises of a process's metrics, on all adapters: each number follows what it counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Cache } from '../../infra/cache/cache.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { scraped } from '../kit/scraping.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, type Servers, type World } from '../kit/world.ts';
import { gate } from './bus.ts';

const input = 'input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }';

const shop = (world: World) =>
  world.graph(`{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
    price { total { amount } } } }`);

export function metricsContract(name: string, servers: Servers): void {
  test(`${name}: a group's lag is the number of unfinished messages by topic, and 0 when all are finished`, async () => {
    const held = gate();
    const bus = (shipped: Bus): Bus => ({
      ...shipped,
      subscribe: (subscription, handle) =>
        shipped.subscribe(subscription, async (batch) => {
          if (subscription.group === 'open-departures') await held.pass();
          await handle(batch);
        }),
    });
    await using scrape = await scraped({ servers, bus });
    const lag = (group: string, topic: string) =>
      scrape.number(`fareloom_consumer_lag{group="${group}",topic="${topic}"}`);
    await eventually(async () => assert.equal(await lag('open-departures', 'departures'), 0));
    await scrape.world.file([aFare(), aFare({ destination: 'BOM' })]);
    await held.reached;
    await eventually(async () => assert.equal(await lag('open-departures', 'departures'), 2));
    await eventually(async () => assert.equal(await lag('rebuild-fares', 'fares'), 0));
    assert.equal(await lag('rebuild-fares', 'fare-tasks'), 0);
    held.open();
    await eventually(async () => assert.equal(await lag('open-departures', 'departures'), 0));
    const handled = 'fareloom_consumer_messages_total{group="open-departures",topic="departures",outcome="handled"}';
    assert.equal(await scrape.number(handled), 2);
  });

  test(`${name}: a stuck group reports the age of the event that it works on`, async () => {
    const held = gate();
    await using scrape = await scraped({ servers });
    const { world, number } = scrape;
    const age = () => number('fareloom_consumer_oldest_age_seconds{group="slow",topic="departures"}');
    const failed = () => number('fareloom_consumer_messages_total{group="slow",topic="departures",outcome="failed"}');
    let tries = 0;
    await world.wiring.bus.subscribe({ group: 'slow', topics: ['departures'], max: 1, linger: 0 }, async () => {
      if (++tries === 1) throw new Error('it comes again');
      await held.pass();
    });
    assert.equal(await age(), 0);
    await world.file([aFare()]);
    await held.reached;
    world.clock.advance(40_000);
    const waited = await age();
    held.open();
    assert.deepEqual([waited, await failed()], [40, 1]);
    await eventually(async () => assert.equal(await age(), 0));
  });

  test(`${name}: a member that joins a group causes a rebalance of the others`, async () => {
    await using scrape = await scraped({ servers });
    const rebalances = () => scrape.number('fareloom_consumer_rebalances_total{group="rebuild-fares"}');
    const first = await rebalances();
    assert.ok(first !== undefined, 'the metric exists before the first rebalance');
    const subscription = { group: 'rebuild-fares', topics: ['fares', 'fare-tasks'], max: 1, linger: 0 };
    const leave = await scrape.world.wiring.bus.subscribe(subscription, async () => undefined);
    await eventually(async () => ((await rebalances()) ?? 0) > first);
    const before = (await rebalances())!;
    await leave();
    await eventually(async () => ((await rebalances()) ?? 0) > before);
  });

  test(`${name}: a dead letter is counted by its topic and group, and as waiting until it is settled`, async () => {
    await using scrape = await scraped({ servers });
    await scrape.world.wiring.bus.publish([{ topic: 'fares', key: 'DEL-BLR', value: '{"specversion":' }]);
    await eventually(async () =>
      assert.equal(await scrape.number('fareloom_dead_letters_total{topic="fares",group="rebuild-fares"}'), 1),
    );
    const waiting = () => scrape.number('fareloom_dead_letters_waiting{group="rebuild-fares",state="dead"}');
    await eventually(async () => assert.equal(await waiting(), 1));
    const { deadLetters } = await scrape.world.stores.operations();
    await deadLetters.discard((await deadLetters.list({ most: 1 }))[0]!.id, 'test');
    assert.equal(await waiting(), undefined);
  });

  test(`${name}: events that the bus refuses stay in the subgraph's backlog, with the age of the oldest`, async () => {
    let away = false;
    const bus = (shipped: Bus): Bus => failing(shipped, 'publish', () => away);
    await using scrape = await scraped({ servers, bus });
    const ofFare = (metric: string) => scrape.number(`fareloom_outbox_${metric}{database="fare"}`);
    assert.deepEqual([await ofFare('backlog'), await ofFare('oldest_age_seconds')], [0, 0]);
    assert.equal(await scrape.number('fareloom_outbox_backlog{database="travel"}'), 0);
    away = true;
    await scrape.world.file([aFare()]);
    scrape.world.clock.advance(90_000);
    assert.deepEqual([await ofFare('backlog'), await ofFare('oldest_age_seconds')], [2, 90]);
    away = false;
    await eventually(async () => assert.equal(await ofFare('backlog'), 0));
    assert.equal(await ofFare('oldest_age_seconds'), 0);
  });

  test(`${name}: look-ups in the cache are hits, misses, or time-outs`, async () => {
    let away = false;
    const cache = (shipped: Cache): Cache => failing(shipped, 'getMany', () => away);
    await using scrape = await scraped({ servers, cache });
    const reads = (result: string) => scrape.number(`fareloom_cache_reads_total{kind="fare",result="${result}"}`);
    await shop(scrape.world);
    assert.equal(await reads('timeout'), 0);
    assert.ok((await reads('miss'))! > 0);
    await eventually(async () => {
      await shop(scrape.world);
      return (await reads('hit'))! > 0;
    });
    away = true;
    await shop(scrape.world);
    assert.ok((await reads('timeout'))! > 0);
  });

  test(`${name}: orders are counted by status, with how long the oldest has waited in it, and their seats are counted as held`, async () => {
    await using scrape = await scraped({ servers });
    const { world, number } = scrape;
    const orders = (status: string) => number(`fareloom_orders{status="${status}"}`);
    const age = (status: string) => number(`fareloom_order_oldest_age_seconds{status="${status}"}`);
    const seats = (state: string) => number(`fareloom_seats{cabin="ECONOMY",state="${state}"}`);
    await world.file([aFare({ capacity: 7 })]);
    await eventually(async () => {
      world.clock.advance(60_000); // seats are counted once a minute
      assert.deepEqual([await seats('available'), await seats('held'), await seats('sold')], [7, 0, 0]);
    });
    await eventually(async () =>
      assert.deepEqual([await orders('AWAITING_PAYMENT'), await age('AWAITING_PAYMENT')], [0, 0]),
    );

    const who = await signedUp(world);
    const offered = await world.graph<{ shopping: { offers: { edges: { node: { offerToken: string } }[] } } }>(
      `{ shopping(${input}) { offers(first: 1) { edges { node { offerToken } } } } }`,
    );
    const [first] = offered.data.shopping.offers.edges;
    const offers = [{ token: first!.node.offerToken, travellers: [adult] }];
    await who.ask<{ placeOrder: Placed }>(PLACE, { input: { offers, contact, idempotencyKey: 'one' } });
    await eventually(async () => assert.equal(await orders('AWAITING_PAYMENT'), 1));
    await eventually(async () => assert.equal(await orders('PENDING'), 0));
    assert.equal(await seats('held'), 0, 'still the previous count');
    world.clock.advance(60_000);
    await eventually(async () => assert.equal(await age('AWAITING_PAYMENT'), 60));
    assert.equal(await age('TICKETED'), undefined, 'this status awaits nothing');
    await eventually(async () => assert.deepEqual([await seats('available'), await seats('held')], [6, 1]));
    assert.ok((await number('fareloom_events_published_total{type="order.placed"}'))! >= 1);
  });

  test(`${name}: a pool of connections reports how many are used, idle and allowed; an embedded database has none`, async () => {
    await using scrape = await scraped({ servers });
    const connections = (state: string) =>
      scrape.number(`fareloom_database_connections{database="fare",state="${state}"}`);
    await shop(scrape.world);
    const [used, idle, limit] = [await connections('used'), await connections('idle'), await connections('limit')];
    if (!servers.DATABASE_URL) return assert.deepEqual([used, idle, limit], [undefined, undefined, undefined]);
    assert.equal(limit, 9); // of the 151 connections that MariaDB grants, for each of 16 pools
    assert.ok(used! + idle! >= 1 && used! + idle! <= 9);
    return assert.equal(await scrape.number('fareloom_database_waiting{database="fare"}'), 0);
  });
}
