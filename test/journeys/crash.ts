// Crash at every step: each named failpoint in the life of an order kills its process; the process is restarted, and
// the order must end as without a crash, once. npm run test:crash [-- real] runs the whole matrix; the tests use this
// file's functions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failpoint } from '../../infra/process/failpoint.ts';
import { once } from '../../infra/process/once.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { assertOnce, type Customer, customerOf, type Life, live, lives } from './crash-lives.ts';
import { type CrashSystem, openCrashSystem, type Real } from './crash-system.ts';

const commit = ['before-commit', 'after-commit'] as const;
const heard = [...commit, 'after-effect'] as const;

/** The failpoints of each service in the life of an order. A run in which no process dies at one of them has failed. */
export const points: Partial<Record<ServiceName, readonly Failpoint[]>> = {
  order: commit,
  payment: [...commit, 'after-answer'], // webhooks too: the gateway passes them on
  'hold-stock': heard,
  'settle-orders': heard,
  'mark-sold-out': heard,
  'close-orders': commit,
  'follow-orders': [...heard, 'after-answer'],
  'refund-payments': [...heard, 'after-answer'],
  'issue-tickets': [...heard, 'after-answer'],
  notify: [...heard, 'after-answer'],
  'poll-payments': [...commit, 'after-answer'],
  'relay-outbox': [...commit, 'before-publish', 'after-publish'],
  'payment-provider': commit,
  'ticket-issuer': commit,
};

/** Services without a failpoint in an order's life, and why. */
export const elsewhere: Partial<Record<ServiceName, string>> = {
  gateway: 'it stores nothing; random kills include it',
  account: 'it handles sessions, not orders',
  travel: 'it is only read',
  operations: 'it shows and replays dead letters, of which an order has none',
  registry: 'it keeps schemas; test/journeys/registry.test.ts',
  fare: 'it is only read; its events are test/journeys/failpoints.test.ts',
  stock: 'its API is for operators; hold-stock sells the seats',
  'open-departures': 'test/journeys/failpoints.test.ts',
  'rebuild-fares': 'it keeps a cache; test/journeys/failpoints.test.ts',
  'forget-travellers': 'it consumes events of accounts, not of orders',
  'count-operations': 'it counts operations, not orders; test/journeys/registry.test.ts',
  'send-account-mails': 'it sends mails of accounts, not of orders',
};

/** One crash: in this life, at this failpoint, at its n-th passage. */
export interface Cell {
  life: Life;
  /** As hold-stock:before-commit. */
  place: string;
  nth: number;
}

export type Outcome = 'died, once' | 'not reached' | { failed: unknown };

/** Runs orders one after the other on a system that is started on first use, and restarted after a failure. */
export function openLane(real?: Real) {
  let open: { system: CrashSystem; customer: Customer } | undefined;
  let day = 0;

  async function opened() {
    if (open) return open;
    const system = await openCrashSystem(real);
    return (open = { system, customer: customerOf(system) });
  }

  async function close(): Promise<void> {
    await open?.system[Symbol.asyncDispose]();
    open = undefined;
  }

  return {
    opened,
    /** How often each failpoint is passed in a life without a crash. */
    async passed(life: Life): Promise<Map<string, number>> {
      const { system, customer } = await opened();
      await customer.ask('{ me { id } }', {}); // signing in is not part of the life
      await system.arm('show');
      const before = system.lines().length;
      await assertOnce(system, life, await live(system, customer, life, day++));
      const counts = new Map<string, number>();
      for (const line of system.lines().slice(before)) {
        const [, place] = /^failpoint (.+)$/.exec(line) ?? [];
        if (place && known(place)) counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      return counts;
    },
    /** Kills the process at the failpoint, and checks how the order ends. */
    async crash({ life, place, nth }: Cell): Promise<Outcome> {
      try {
        const { system, customer } = await opened();
        await customer.ask('{ me { id } }', {});
        await system.arm(`${place}:${nth}`);
        const lived = await live(system, customer, life, day++);
        const isLast = await system.revive(); // it died after the customer's last action
        await assertOnce(system, life, lived);
        return lived.deaths || isLast ? 'died, once' : 'not reached';
      } catch (failed) {
        await close();
        return { failed };
      }
    },
    /**
     * Runs this number of orders; in each a process is killed at a random moment, at the latest at its end. Returns the
     * number of kills.
     */
    async atRandom(orders: number, random: (below: number) => number): Promise<number> {
      const { system, customer } = await opened();
      let deaths = 0;
      for (let n = 0; n < orders; n++) {
        const life = lives[random(lives.length)]!;
        const fails = once(() => system.kill());
        const power = setTimeout(() => void fails(), random(LONGEST_LIFE));
        const lived = await live(system, customer, life, day++).finally(() => clearTimeout(power));
        await fails();
        deaths += lived.deaths + Number(await system.revive());
        await assertOnce(system, life, lived);
      }
      return deaths;
    },
    [Symbol.asyncDispose]: close,
  };
}

const LONGEST_LIFE = 1500; // ms, without a crash

export type Lane = ReturnType<typeof openLane>;

/** Whether a failpoint is one in an order's life. */
function known(place: string): boolean {
  const [service, point] = place.split(':') as [ServiceName, Failpoint];
  return points[service]?.includes(point) === true;
}

/** All crashes of a life: each failpoint at its first and its last passage, or at every one. */
const cellsOf = (life: Life, passed: ReadonlyMap<string, number>, isEvery: boolean): Cell[] =>
  [...passed].flatMap(([place, count]) => {
    const nths = isEvery ? Array.from({ length: count }, (_, n) => n + 1) : [...new Set([1, count])];
    return nths.map((nth) => ({ life, place, nth }));
  });

/**
 * Every failpoint once, with alternating lives, then every failpoint again: a run that is stopped early has covered
 * most.
 */
function broadFirst(cells: readonly Cell[]): Cell[] {
  const byPlace = [...Map.groupBy(cells, ({ place }) => place).values()].map((some, n) => {
    const turn = (n * 3) % some.length;
    return [...some.slice(turn), ...some.slice(0, turn)];
  });
  const rounds = Math.max(...byPlace.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, n) => byPlace.flatMap((some) => some[n] ?? [])).flat();
}

export const nameOf = ({ life, place, nth }: Cell): string => `${life.name}: ${place}:${nth}`;

/** A cell by its life's name. */
export const cell = (life: string, place: string, nth = 1): Cell => ({
  life: lives.find(({ name }) => name === life)!,
  place,
  nth,
});

/** A test for each of them. */
export function dieAt(lane: Lane, cells: readonly Cell[]): void {
  for (const each of cells) {
    test(`killed at ${nameOf(each)}, the order ends right, once`, async () => {
      const outcome = await lane.crash(each);
      if (typeof outcome === 'object') throw outcome.failed;
      assert.equal(outcome, 'died, once');
    });
  }
}

const LANES = 2; // as many as cores

async function matrix(real: Real | undefined, isEvery: boolean): Promise<boolean> {
  const results: [Cell, Outcome][] = [];
  const found: Cell[] = [];
  const started = performance.now();
  const say = (text: string) =>
    void process.stdout.write(`${String(Math.round((performance.now() - started) / 1000)).padStart(4)} s  ${text}\n`);
  const lanes = Array.from({ length: real ? 1 : LANES }, () => openLane(real));
  for (const life of lives) {
    const passed = await lanes[0]!.passed(life);
    found.push(...cellsOf(life, passed, isEvery));
    say(`${life.name} passes ${passed.size} places`);
  }
  const cells = broadFirst(found);
  process.once('SIGINT', () => (cells.length = 0)); // finish the current cells and print the table
  await Promise.all(
    lanes.map(async (lane) => {
      for (let cell = cells.shift(); cell; cell = cells.shift()) {
        const outcome = await lane.crash(cell);
        results.push([cell, outcome]);
        say(`${nameOf(cell).padEnd(50)} ${typeof outcome === 'string' ? outcome : 'FAILED'}`);
        if (typeof outcome === 'object') console.error(outcome.failed);
      }
      await lane[Symbol.asyncDispose]();
    }),
  );
  return report(results, say);
}

/**
 * Prints the table: a row per failpoint, a column per life. Returns whether all succeeded and no failpoint was missed.
 */
function report(results: readonly [Cell, Outcome][], say: (text: string) => void): boolean {
  let isGood = results.every(([, outcome]) => typeof outcome === 'string');
  say(['place'.padEnd(30), ...lives.map(({ name }) => name.padEnd(14))].join(''));
  for (const [service, kinds] of Object.entries(points)) {
    for (const point of kinds) {
      const place = `${service}:${point}`;
      const of = results.filter(([cell]) => cell.place === place);
      const columns = lives.map(({ name }) => {
        const mine = of.filter(([cell]) => cell.life.name === name);
        const died = mine.filter(([, outcome]) => outcome === 'died, once').length;
        const failed = mine.filter(([, outcome]) => typeof outcome === 'object').length;
        return (failed ? `${failed} FAILED` : died ? `${died} died` : '-').padEnd(14);
      });
      const isReached = of.some(([, outcome]) => outcome !== 'not reached');
      isGood &&= isReached;
      say([place.padEnd(30), ...columns, isReached ? '' : 'NO PROCESS DIED HERE'].join(''));
    }
  }
  const died = results.filter(([, outcome]) => outcome === 'died, once').length;
  const missed = results.filter(([, outcome]) => outcome === 'not reached').length;
  say(`${died} deaths, each order ended right, once; ${missed} not reached; ${results.length - died - missed} failed`);
  return isGood;
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  if (args.includes('real')) {
    await using services = await openServices(['mariadb', 'redis', 'kafka']);
    process.exitCode = (await matrix(urlsOf(services), args.includes('every'))) ? 0 : 1;
  } else process.exitCode = (await matrix(undefined, args.includes('every'))) ? 0 : 1;
}

/** Servers for a system under crashes. */
export function urlsOf({ mariadb, redis, kafka }: Record<'mariadb' | 'redis' | 'kafka', { url: string }>): Real {
  return {
    DATABASE_URL: mariadb.url,
    REDIS_URL: redis.url,
    KAFKA_URL: `${kafka.url}?session=1500`, // ms: a dead consumer's partitions are reassigned sooner
  };
}
