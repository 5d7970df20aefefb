// The promises of every cache adapter.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Cache, CacheEntry, Charge, Spent } from '../../infra/cache/cache.ts';
import type { Clock } from '../../infra/process/clock.ts';
import { eventually } from '../kit/eventually.ts';

export interface CacheUnderTest {
  name: string;
  /** An empty cache. */
  open: (now: Clock) => Promise<Cache & AsyncDisposable>;
  features: {
    /** Whether entries expire by the given clock, or by the server's own. */
    expiresBy: 'given clock' | 'server clock';
    /** An empty cache with a limit in characters, where the adapter has one; a server is limited by its configuration. */
    bounded: ((now: Clock, characters: number) => Promise<Cache & AsyncDisposable>) | null;
  };
}

const MINUTE = 60_000;

export const entry = (key: string, revision: number, value: string, ttl = MINUTE): CacheEntry => ({
  key,
  revision,
  value,
  ttl,
});

function setClock(start = '2026-03-24T10:00:00Z') {
  let time = Date.parse(start);
  return { now: () => new Date(time), forward: (ms: number) => void (time += ms) };
}

export function cacheContract({ name, open, features }: CacheUnderTest): void {
  suite(`cache, ${name}`, () => {
    const { now } = setClock();

    test('answers come in the order of the keys, a miss is null', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 1, 'A'), entry('b', 1, 'B')]);
      assert.deepEqual(await cache.getMany(['b', 'none', 'a', 'b']), ['B', null, 'A', 'B']);
    });

    test('an older revision never replaces a newer one', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 2, 'new')]);
      await cache.putMany([entry('a', 1, 'old')]);
      assert.deepEqual(await cache.getMany(['a']), ['new']);
    });

    test('the newest revision stays, also within one write', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 1, 'first'), entry('a', 3, 'third'), entry('a', 2, 'second')]);
      assert.deepEqual(await cache.getMany(['a']), ['third']);
    });

    test('the same revision may be written again', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 2, 'once')]);
      await cache.putMany([entry('a', 2, 'again')]);
      assert.deepEqual(await cache.getMany(['a']), ['again']);
    });

    test('revisions are compared as numbers, up to the largest safe one', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 10, 'ten'), entry('b', Number.MAX_SAFE_INTEGER, 'most')]);
      await cache.putMany([entry('a', 9, 'nine'), entry('b', Number.MAX_SAFE_INTEGER - 1, 'one less')]);
      assert.deepEqual(await cache.getMany(['a', 'b']), ['ten', 'most']);
    });

    test('an outdated entry does not block the others of its write', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('a', 2, 'new')]);
      await cache.putMany([entry('a', 1, 'old'), entry('b', 1, 'B')]);
      assert.deepEqual(await cache.getMany(['a', 'b']), ['new', 'B']);
    });

    test('no keys and no entries are allowed', async () => {
      await using cache = await open(now);
      await cache.putMany([]);
      assert.deepEqual(await cache.getMany([]), []);
    });

    test('any text can be a key and a value, also the empty text', async () => {
      await using cache = await open(now);
      await cache.putMany([entry('__proto__', 1, ''), entry('a b\n:*', 1, '₹ “7,499”')]);
      assert.deepEqual(await cache.getMany(['__proto__', 'a b\n:*', 'constructor']), ['', '₹ “7,499”', null]);
    });

    test('a thousand entries are one write and one look-up', async () => {
      await using cache = await open(now);
      const many = Array.from({ length: 1000 }, (_, n) => entry(`key ${n}`, n, `value ${n}`));
      await cache.putMany(many);
      const values = await cache.getMany(many.map(({ key }) => key));
      assert.deepEqual(
        values,
        many.map(({ value }) => value),
      );
    });

    spending(open);
    grouping(open);
    if (features.expiresBy === 'given clock') expiry(open);
    else expiryByServer(open);
    if (features.bounded) bound(features.bounded);
  });
}

/** A charge on a bucket with a capacity of ten that refills nothing within the time of a test. */
const charge = (key: string, amount: number): Charge => ({ key, amount, capacity: 10, refill: 0.001 });

/** The levels left, without the little that a server's clock refills meanwhile. */
const rounded = ({ granted, levels }: Spent) => [granted, ...levels.map(Math.round)];

function spending(open: CacheUnderTest['open']) {
  const { now } = setClock();

  test('an unknown bucket is full, and is charged until it has too little', async () => {
    await using cache = await open(now);
    assert.deepEqual(rounded(await cache.spend([charge('a', 4)])), [true, 6]);
    assert.deepEqual(rounded(await cache.spend([charge('a', 6)])), [true, 0]);
    assert.deepEqual(rounded(await cache.spend([charge('a', 1)])), [false, 0]);
  });

  test('if one bucket has too little, no bucket is charged', async () => {
    await using cache = await open(now);
    await cache.spend([charge('a', 9)]);
    assert.deepEqual(rounded(await cache.spend([charge('b', 3), charge('a', 3)])), [false, 10, 1]);
    assert.deepEqual(rounded(await cache.spend([charge('b', 10), charge('a', 1)])), [true, 0, 0]);
  });

  test('a hundred concurrent charges get what is there and no more', async () => {
    await using cache = await open(now);
    const spent = await Promise.all(Array.from({ length: 100 }, () => cache.spend([charge('a', 1), charge('b', 0.5)])));
    assert.equal(spent.filter(({ granted }) => granted).length, 10);
    assert.deepEqual(rounded(await cache.spend([charge('b', 5)])), [true, 0]);
  });

  test('a bucket never goes below empty, even if it was larger or was charged by a clock that was ahead', async () => {
    await using cache = await open(now);
    await cache.spend([{ ...charge('a', 100), capacity: 100 }]);
    assert.deepEqual(rounded(await cache.spend([charge('a', 1)])), [false, 0]);
  });

  test('no charges are allowed', async () => {
    await using cache = await open(now);
    assert.deepEqual(await cache.spend([]), { granted: true, levels: [] });
  });
}

function grouping(open: CacheUnderTest['open']) {
  const { now } = setClock();
  const membersOf = async (cache: Cache, group: string, most = 10) =>
    (await cache.members(group, most)).map(({ member }) => member).sort();

  test('a group has each member that reported, once, and no member of another group', async () => {
    await using cache = await open(now);
    for (const member of ['a', 'b', '{"name":"₹"}', 'a']) await cache.report('g', member, MINUTE);
    await cache.report('h', 'c', MINUTE);
    assert.deepEqual(await membersOf(cache, 'g'), ['a', 'b', '{"name":"₹"}']);
    assert.deepEqual(await membersOf(cache, 'h'), ['c']);
    assert.deepEqual(await membersOf(cache, 'none'), []);
    assert.equal((await cache.members('g', 2)).length, 2);
  });

  test('a member that withdraws is forgotten at once; one that never reported may withdraw', async () => {
    await using cache = await open(now);
    await cache.report('g', 'a', MINUTE);
    await cache.report('g', 'b', MINUTE);
    await cache.withdraw('g', 'a');
    await cache.withdraw('g', 'none');
    await cache.withdraw('none', 'none');
    assert.deepEqual(await membersOf(cache, 'g'), ['b']);
  });
}

function expiry(open: CacheUnderTest['open']) {
  test('a bucket refills by the second, up to its capacity', async () => {
    const clock = setClock();
    await using cache = await open(clock.now);
    const half = { key: 'a', amount: 5, capacity: 10, refill: 2 };
    await cache.spend([{ ...half, amount: 10 }]);
    clock.forward(2499);
    assert.equal((await cache.spend([half])).granted, false);
    clock.forward(1);
    assert.deepEqual(await cache.spend([half]), { granted: true, levels: [0] });
    clock.forward(MINUTE);
    assert.deepEqual(await cache.spend([half]), { granted: true, levels: [5] });
  });

  test('a member is silent since its last report, and is forgotten by the next report after its time', async () => {
    const clock = setClock();
    await using cache = await open(clock.now);
    await cache.report('g', 'silent', MINUTE);
    await cache.report('g', 'alive', MINUTE);
    clock.forward(MINUTE);
    await cache.report('g', 'alive', MINUTE);
    const both = [
      { member: 'alive', silentFor: 0 },
      { member: 'silent', silentFor: MINUTE },
    ];
    assert.deepEqual(await cache.members('g', 10), both);
    clock.forward(1);
    await cache.report('g', 'alive', MINUTE);
    assert.deepEqual(await cache.members('g', 10), both.slice(0, 1));
  });

  test('an entry is kept exactly for its ttl', async () => {
    const clock = setClock();
    await using cache = await open(clock.now);
    await cache.putMany([entry('a', 1, 'A', MINUTE), entry('b', 1, 'B', 2 * MINUTE)]);
    clock.forward(MINUTE - 1);
    assert.deepEqual(await cache.getMany(['a', 'b']), ['A', 'B']);
    clock.forward(1);
    assert.deepEqual(await cache.getMany(['a', 'b']), [null, 'B']);
  });

  test('writing extends the life of an entry, reading does not', async () => {
    const clock = setClock();
    await using cache = await open(clock.now);
    await cache.putMany([entry('read', 1, 'R'), entry('written', 1, 'W')]);
    clock.forward(MINUTE / 2);
    await cache.getMany(['read']);
    await cache.putMany([entry('written', 1, 'W')]);
    clock.forward(MINUTE / 2);
    assert.deepEqual(await cache.getMany(['read', 'written']), [null, 'W']);
  });

  test('a revision expires with its entry: a lower one may be written then', async () => {
    const clock = setClock();
    await using cache = await open(clock.now);
    await cache.putMany([entry('a', 9, 'gone')]);
    clock.forward(MINUTE);
    await cache.putMany([entry('a', 1, 'A')]);
    assert.deepEqual(await cache.getMany(['a']), ['A']);
  });
}

function expiryByServer(open: CacheUnderTest['open']) {
  test('a bucket refills up to its capacity', async () => {
    await using cache = await open(() => new Date());
    const quick = { key: 'a', amount: 10, capacity: 10, refill: 100 };
    assert.ok((await cache.spend([quick])).granted);
    assert.ok(!(await cache.spend([quick])).granted);
    await eventually(async () => (await cache.spend([quick])).granted);
    await eventually(async () => (await cache.spend([{ ...quick, amount: 0.001 }])).levels[0]! > 9.9);
    assert.ok((await cache.spend([{ ...quick, amount: 0.001 }])).levels[0]! < 10);
  });

  test('a member is silent since its last report, and is forgotten by the next report after its time', async () => {
    await using cache = await open(() => new Date());
    await cache.report('g', 'silent', MINUTE);
    await cache.report('g', 'alive', MINUTE);
    await eventually(async () => {
      await cache.report('g', 'alive', MINUTE);
      const [alive, silent] = await cache.members('g', 10);
      assert.deepEqual([alive?.member, silent?.member], ['alive', 'silent']);
      assert.ok(silent!.silentFor > 50 && silent!.silentFor > alive!.silentFor);
    });
    await cache.report('g', 'alive', 20);
    assert.deepEqual(
      (await cache.members('g', 10)).map(({ member }) => member),
      ['alive'],
    );
    await eventually(async () => (await cache.members('g', 10)).length === 0);
  });

  test('an entry and its revision expire after the ttl, and no other entry with them', async () => {
    await using cache = await open(() => new Date());
    await cache.putMany([entry('a', 9, 'gone', 20), entry('b', 1, 'B')]);
    await eventually(async () => (await cache.getMany(['a']))[0] === null);
    await cache.putMany([entry('a', 1, 'A')]);
    assert.deepEqual(await cache.getMany(['a', 'b']), ['A', 'B']);
  });
}

function bound(open: NonNullable<CacheUnderTest['features']['bounded']>) {
  const { now } = setClock();

  test('a full cache removes the least recently used entry first', async () => {
    await using cache = await open(now, 6);
    await cache.putMany([entry('a', 1, 'A'), entry('b', 1, 'B'), entry('c', 1, 'C')]);
    await cache.getMany(['a']);
    await cache.putMany([entry('d', 1, 'D')]);
    assert.deepEqual(await cache.getMany(['a', 'b', 'c', 'd']), ['A', null, 'C', 'D']);
  });

  test('a write of more than the capacity leaves its last entries', async () => {
    await using cache = await open(now, 6);
    await cache.putMany(['a', 'b', 'c', 'd', 'e'].map((key) => entry(key, 1, key)));
    assert.deepEqual(await cache.getMany(['a', 'b', 'c', 'd', 'e']), [null, null, 'c', 'd', 'e']);
  });
}
