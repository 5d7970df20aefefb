// The stock subgraph's promises about seats, on every database: with writers one at a time, and with concurrent writers.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { openClock } from '../../infra/process/clock.ts';
import type { Database } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { topics } from '../../schema/events.ts';
import { openDepartures } from '../../subgraphs/stock/store/departure-store.ts';
import { openHolds } from '../../subgraphs/stock/store/hold-store.ts';
import type { OrderNews } from '../../subgraphs/stock/rules/hold.ts';
import { SeatLedger } from '../../subgraphs/stock/store/tables.ts';
import { startWorker } from '../kit/parts.ts';
import { holdStock } from '../../workers/hold-stock.ts';
import { chance } from '../kit/chance.ts';
import { eventually } from '../kit/eventually.ts';
import {
  booksBalance,
  closing,
  counters,
  givenBack,
  newsOf,
  NOW,
  onSale,
  paid,
  placed,
  publish,
  refusalOf,
  rejected,
  snapshotAddsUp,
  stateOf,
} from '../kit/seats.ts';

const log = openLog({ level: 'off', json: true });

export interface Place extends AsyncDisposable {
  /** Opens the same database for another process. */
  open(): Promise<Database>;
}

/** Workers that each have their own database connection and bus, so that a test controls which of them receives an event, and when. */
async function openCrew(place: Place, size = 2) {
  await using stack = new AsyncDisposableStack();
  const members = await Promise.all(
    Array.from({ length: size }, async () => {
      const db = await place.open();
      const bus = openEmbeddedBus(':memory:', topics, openClock().now, log);
      stack.defer(() => bus.close());
      stack.defer(await startWorker(holdStock, { holds: openHolds(db) }, { bus, now: () => NOW, log }));
      return { db, bus };
    }),
  );
  const quiet = () =>
    eventually(async () => {
      const left = await Promise.all(members.map(({ bus }) => bus.backlog('hold-stock')));
      return left.every((n) => n === 0);
    });
  const rest = stack.move();
  return {
    db: members[0]!.db,
    members,
    quiet,
    /** Every worker receives all of these events at the same time, and finishes them. */
    async hear(...events: OrderNews[]) {
      await Promise.all(members.map(({ bus }) => publish(bus, events)));
      await quiet();
    },
    /** Distributes the events over the workers, all events of an order to the same one. */
    async share(events: readonly OrderNews[]) {
      const dealt = Map.groupBy(events, ({ subject }) => Number(subject.replace(/\D/g, '')) % size);
      await Promise.all([...dealt].map(([n, some]) => publish(members[n]!.bus, some)));
    },
    async deadLetters() {
      const dead: string[] = [];
      for (const { bus } of members) {
        const leave = await bus.subscribe(
          { group: 'test', topics: ['orders.dlt'], max: 1000, linger: 0 },
          async (some) => void dead.push(...some.map(({ headers }) => String(headers['dlt-cause']))),
        );
        await eventually(async () => (await bus.backlog('test')) === 0);
        await leave();
      }
      return dead;
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

const names = (n: number) => Array.from({ length: n }, (_, i) => `ord_${i}`);

/** The lists merged in random order; each list keeps its own order. */
function interleaved<T>(lists: readonly (readonly T[])[], random: (below: number) => number): T[] {
  const left = lists.map((list) => [...list]).filter((list) => list.length);
  const mixed: T[] = [];
  while (left.length) {
    const n = random(left.length);
    mixed.push(left[n]!.shift()!);
    if (!left[n]!.length) left.splice(n, 1);
  }
  return mixed;
}

/** A realistic life of an order with two departures. */
function lifeOf(order: string, random: (below: number) => number): OrderNews[] {
  const seats = [{ a: 1 + random(2) }, { b: 1 + random(2) }, { b: 1, a: 1 }][random(3)]!;
  const back = Object.fromEntries(Object.keys(seats).map((id) => [id, 1]));
  return [
    [placed(order, seats)],
    [placed(order, seats), closing(order)],
    [placed(order, seats), paid(order)],
    [placed(order, seats), paid(order), givenBack(order, `${order} back`, back)],
    [rejected(order), placed(order, seats)],
  ][random(5)]!;
}

export function holdPromises(name: string, makePlace: () => Promise<Place>): void {
  suite(name, () => {
    test('a seat is never sold twice when forty buyers race for seven, and every snapshot adds up', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 4);
      await onSale(crew.db, { a: 7 });
      const orders = names(40);
      let over = false;
      let looks = 0;
      const reader = (async () => {
        for (; !over; looks++) {
          await snapshotAddsUp(crew.members[looks % 4]!.db);
          await othersTurn(); // an embedded database answers in the same turn, and would starve the others
        }
      })();
      try {
        await crew.share(orders.map((order) => placed(order, { a: 1 })));
        await crew.quiet();
      } finally {
        over = true;
        await reader;
      }
      assert.deepEqual(await counters(crew.db, 'a'), [0, 7, 0]);
      const news = await Promise.all(orders.map((order) => newsOf(crew.db, order)));
      assert.deepEqual(news.map(([type]) => type).sort(), [
        ...Array<string>(7).fill('stock.held'),
        ...Array<string>(33).fill('stock.refused'),
      ]);
      assert.ok(looks > 0);
      await booksBalance(crew.db);
    });

    test('whatever many buyers do at once, and however often their events arrive, every snapshot adds up and the ledger balances', async (t) => {
      const random = chance(t);
      await using place = await makePlace();
      await using crew = await openCrew(place, 3);
      await onSale(crew.db, { a: 20, b: 13 });
      const lives = interleaved(
        names(80).map((order) => lifeOf(order, random)),
        random,
      );
      let over = false;
      const reader = (async () => {
        for (let n = 0; !over; n++) {
          await snapshotAddsUp(crew.members[n % 3]!.db);
          await othersTurn();
        }
      })();
      try {
        await crew.share(lives);
        await crew.share(lives.filter(() => random(3) === 0));
        await crew.quiet();
      } finally {
        over = true;
        await reader;
      }
      await booksBalance(crew.db);
      assert.deepEqual(await crew.deadLetters(), []);
    });

    test('orders that list the same two departures in opposite order do not block each other', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 4);
      await onSale(crew.db, { a: 60, b: 60 });
      await crew.share(names(60).map((order, n) => placed(order, n % 2 ? { a: 1, b: 1 } : { b: 1, a: 1 })));
      await crew.quiet();
      assert.deepEqual(await counters(crew.db, 'a'), [0, 60, 0]);
      assert.deepEqual(await counters(crew.db, 'b'), [0, 60, 0]);
      assert.deepEqual(await crew.deadLetters(), []);
    });

    test('an order whose second flight is sold out holds nothing, and the refusal names that flight', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 1);
      await onSale(crew.db, { a: 7, b: 1, c: 7 });
      await crew.hear(placed('ord_1', { a: 2, b: 2, c: 2 }), placed('ord_2', { a: 1, nowhere: 1 }));
      for (const id of ['a', 'c']) assert.deepEqual(await counters(crew.db, id), [7, 0, 0]);
      assert.deepEqual(await refusalOf(crew.db, 'ord_1'), { orderId: 'ord_1', because: 'SOLD_OUT', departures: ['b'] });
      assert.deepEqual((await refusalOf(crew.db, 'ord_2'))?.because, 'NOT_ON_SALE');
      await booksBalance(crew.db);
    });

    test('a hold resolves once: events after its release or its sale change nothing', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 1);
      await onSale(crew.db, { a: 7 });
      await crew.hear(placed('ord_1', { a: 2 }), closing('ord_1'), paid('ord_1'), closing('ord_1'));
      await crew.hear(placed('ord_2', { a: 3 }), paid('ord_2'), closing('ord_2'), paid('ord_2'), rejected('ord_2'));
      assert.deepEqual([await stateOf(crew.db, 'ord_1'), await stateOf(crew.db, 'ord_2')], ['RELEASED', 'CONFIRMED']);
      assert.deepEqual(await counters(crew.db, 'a'), [4, 0, 3]);
      assert.deepEqual(await newsOf(crew.db, 'ord_1'), ['stock.held', 'stock.released']);
      assert.deepEqual(await newsOf(crew.db, 'ord_2'), ['stock.held']);
      await booksBalance(crew.db);
    });

    for (const end of [closing, rejected]) {
      test(`a hold that comes after its ${end('x').type} is refused, and the order gets both outcomes`, async () => {
        await using place = await makePlace();
        await using crew = await openCrew(place, 1);
        await onSale(crew.db, { a: 7 });
        await crew.hear(end('ord_1'), placed('ord_1', { a: 2 }), placed('ord_1', { a: 2 }));
        assert.equal(await stateOf(crew.db, 'ord_1'), 'TOMBSTONE');
        assert.deepEqual(await counters(crew.db, 'a'), [7, 0, 0]);
        assert.equal((await newsOf(crew.db, 'ord_1'))[0], 'stock.released');
        assert.equal((await refusalOf(crew.db, 'ord_1'))?.because, 'RELEASED_BEFORE');
      });
    }

    test('a hold and a release that reach two workers at the same instant leave no seat held', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 2);
      await onSale(crew.db, { a: 100 });
      const orders = names(30);
      const [first, second] = crew.members;
      await Promise.all(
        orders.flatMap((order) => [
          publish(first!.bus, [placed(order, { a: 1 })]),
          publish(second!.bus, [closing(order)]),
        ]),
      );
      await crew.quiet();
      assert.deepEqual(await counters(crew.db, 'a'), [100, 0, 0]);
      for (const order of orders) assert.match((await stateOf(crew.db, order))!, /RELEASED|TOMBSTONE/);
      assert.deepEqual(await crew.deadLetters(), []);
      await booksBalance(crew.db);
    });

    test('events that two workers receive at the same time, and again later, have one effect', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 2);
      await onSale(crew.db, { a: 100 });
      const lives = names(20).map((order) => [
        placed(order, { a: 3 }),
        paid(order),
        givenBack(order, `${order} 1`, { a: 1 }),
      ]);
      await crew.hear(...lives.flat());
      await crew.hear(...lives.flat());
      assert.deepEqual(await counters(crew.db, 'a'), [60, 0, 40]);
      assert.equal(await crew.db.read().count(SeatLedger, { departure: 'a' }), 61);
      for (const order of names(20)) assert.deepEqual(await newsOf(crew.db, order), ['stock.held', 'stock.returned']);
      assert.deepEqual(await crew.deadLetters(), []);
      await booksBalance(crew.db);
    });

    test('sold seats come back in parts; a repeated return, or one of more seats than were sold, changes nothing', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 1);
      await onSale(crew.db, { a: 7, b: 7 });
      await crew.hear(placed('ord_1', { a: 3, b: 2 }), paid('ord_1'));
      await crew.hear(givenBack('ord_1', 'one', { a: 1 }));
      await crew.hear(
        givenBack('ord_1', 'one', { a: 1 }),
        givenBack('ord_1', 'many', { a: 3 }),
        givenBack('ord_1', 'c', { c: 1 }),
      );
      assert.deepEqual(
        [await counters(crew.db, 'a'), await counters(crew.db, 'b')],
        [
          [5, 0, 2],
          [5, 0, 2],
        ],
      );
      assert.equal(await stateOf(crew.db, 'ord_1'), 'CONFIRMED');
      await crew.hear(givenBack('ord_1', 'two', { a: 2, b: 2 }));
      assert.deepEqual(
        [await counters(crew.db, 'a'), await counters(crew.db, 'b')],
        [
          [7, 0, 0],
          [7, 0, 0],
        ],
      );
      assert.equal(await stateOf(crew.db, 'ord_1'), 'RETURNED');
      assert.deepEqual(await newsOf(crew.db, 'ord_1'), ['stock.held', 'stock.returned', 'stock.returned']);
      assert.deepEqual(await crew.deadLetters(), []);
      await booksBalance(crew.db);
    });

    test('a return that arrives before its payment sells the seats and returns them; the payment then changes nothing', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 1);
      await onSale(crew.db, { a: 7, b: 7 });
      await crew.hear(placed('ord_1', { a: 3, b: 2 }), givenBack('ord_1', 'one', { a: 1 }), paid('ord_1'));
      const now = [await counters(crew.db, 'a'), await counters(crew.db, 'b')];
      assert.deepEqual(now, [
        [5, 0, 2],
        [5, 0, 2],
      ]);
      assert.equal(await stateOf(crew.db, 'ord_1'), 'CONFIRMED');
      await booksBalance(crew.db);
    });

    test('a capacity that is lowered and raised while buyers race never goes below what is held', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 3);
      await onSale(crew.db, { a: 30 });
      const departures = openDepartures(await place.open());
      await crew.share(names(60).map((order) => placed(order, { a: 1 })));
      const refused: string[] = [];
      for (const total of [5, 40, 10, 35, 0, 45, 20, 50]) {
        const outcome = await departures.changeCapacity('a', total, null, { by: 'acc_operator', now: NOW });
        if ('refused' in outcome) refused.push(outcome.refused);
        else assert.equal(outcome.available + outcome.held + outcome.sold, total);
        await snapshotAddsUp(crew.db);
      }
      await crew.quiet();
      assert.ok(refused.every((each) => each === 'BELOW_SOLD'));
      const [available, held] = await counters(crew.db, 'a');
      assert.equal(available + held, 50);
      await booksBalance(crew.db);
    });

    test('a departure announces low, sold out and back on sale, each with its new revision', async () => {
      await using place = await makePlace();
      await using crew = await openCrew(place, 1);
      await onSale(crew.db, { a: 12 });
      for (const news of [
        placed('ord_1', { a: 3 }),
        placed('ord_2', { a: 9 }),
        placed('ord_3', { a: 1 }),
        closing('ord_2'),
      ])
        await crew.hear(news);
      assert.deepEqual(await newsOf(crew.db, 'a'), ['stock.low', 'stock.sold-out', 'stock.back-on-sale']);
      assert.deepEqual(await counters(crew.db, 'a'), [9, 3, 0]);
    });
  });
}
