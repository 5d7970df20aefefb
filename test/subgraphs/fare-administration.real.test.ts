// Concurrent managers on a database server, each with a fare subgraph of its own: the database decides which write wins.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fromStart } from '../../schema/terms/connection.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { waiting } from '../../infra/database/outbox.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { addDays } from '../../schema/values/days.ts';
import { openAdministration, type Outcome } from '../../subgraphs/fare/store/administration-store.ts';
import type { ManagedFare } from '../../subgraphs/fare/rules/administration.ts';
import { areRivals } from '../../subgraphs/fare/rules/rivalry.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { aFare, on } from '../kit/world.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());
const NOW = new Date('2026-03-01T12:00:00Z');
const ROUNDS = 40;
const DESTINATIONS = ['BLR', 'BOM', 'CCU', 'COK', 'HYD', 'MAA', 'GOI', 'IXR'];

async function openSubgraphs(name: string, scheme: string) {
  const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
  url.pathname = `/${name}_${scheme}`;
  const log = openLog({ level: 'off', json: true });
  const open = () => openDatabase(fareTables, mysql(url.href, fareTables.database, 'now'), log);
  const databases = [await open(), await open()];
  return {
    db: databases[0]!,
    stores: databases.map((db, n) => ({ administration: openAdministration(db), cause: { by: `acc_${n}`, now: NOW } })),
    [Symbol.asyncDispose]: async () => void (await Promise.all(databases.map((db) => db.close()))),
  };
}

const codes = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => ('refused' in outcome ? outcome.refused : 'id' in outcome ? 'won' : 'fault')).sort();

const winner = (outcomes: readonly Outcome[]): ManagedFare => outcomes.find((outcome) => 'id' in outcome)!;

for (const scheme of ['mariadb', 'mysql']) {
  test(`${scheme}: when managers create rival fares at the same time, one wins in every round and the others learn which fare won`, async (t) => {
    await using all = await openSubgraphs('create', scheme);
    const won: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // the first rounds use new routes, whose row does not exist yet and cannot be locked
      const destination = DESTINATIONS[round % DESTINATIONS.length]!;
      const day = addDays('2026-03-24', 2 * round);
      const disguises = [{}, { flightNumber: '02131' }, { arrives: '02:00' }, { lastDate: addDays(day, 1) }];
      const outcomes = await Promise.all(
        disguises.map((disguise, n) => {
          const { administration, cause } = all.stores[n % 2]!;
          return administration.create(aFare({ destination, ...on(day), ...disguise, amount: 100 + n }), cause);
        }),
      );
      assert.deepEqual(codes(outcomes), ['OVERLAP', 'OVERLAP', 'OVERLAP', 'won']);
      const fare = winner(outcomes);
      for (const outcome of outcomes) {
        if ('refused' in outcome) assert.deepEqual(outcome.collidesWith, [fare.id]);
      }
      won.push(fare.filedBy!);
    }
    for (const [by, rounds] of Map.groupBy(won, (account) => account))
      t.diagnostic(`${by} won ${rounds.length} rounds`);
    const fares = await all.stores[0]!.administration.fares({}, fromStart(1000));
    assert.equal(fares.length, ROUNDS);
    for (const [i, { terms: a }] of fares.entries()) {
      for (const { terms: b } of fares.slice(i + 1)) {
        assert.ok(!areRivals(a, b) || a.lastDate < b.firstDate || b.lastDate < a.firstDate);
      }
    }
    const events = await waiting(all.db.read(), 1000);
    assert.equal(events.filter(({ event: { type } }) => type === 'fare.changed').length, ROUNDS);
  });

  test(`${scheme}: when managers change the same revision at the same time, one wins in every round and the others get CONFLICT`, async () => {
    await using all = await openSubgraphs('change', scheme);
    const [one, two] = all.stores as [(typeof all.stores)[0], (typeof all.stores)[0]];
    const { id } = winner([await one.administration.create(aFare(), one.cause)]);
    for (let revision = 1; revision <= ROUNDS; revision++) {
      const outcomes = await Promise.all(
        [one, two, one, two].map(({ administration, cause }, n) =>
          administration.change(id, { amount: `${revision}.0${n + 1}` }, revision, cause),
        ),
      );
      assert.deepEqual(codes(outcomes), ['CONFLICT', 'CONFLICT', 'CONFLICT', 'won']);
      const fare = winner(outcomes);
      for (const outcome of outcomes) if ('refused' in outcome) assert.deepEqual(outcome.current, fare);
      assert.deepEqual(await two.administration.fare(id), fare);
    }
    const [entries] = await one.administration.history([{ ...fromStart(ROUNDS + 1), fare: id, revision: ROUNDS + 1 }]);
    assert.deepEqual(
      entries!.map(({ revision }) => revision),
      Array.from({ length: ROUNDS + 1 }, (_, i) => ROUNDS + 1 - i),
    );
  });

  test(`${scheme}: one of a concurrent change and withdrawal wins, and one of two concurrent moves onto the same day`, async () => {
    await using all = await openSubgraphs('move', scheme);
    const [one, two] = all.stores as [(typeof all.stores)[0], (typeof all.stores)[0]];
    for (let round = 0; round < ROUNDS; round++) {
      const flightNumber = String(round + 1);
      const fares = await Promise.all(
        ['2026-03-24', '2026-03-25'].map((day) =>
          one.administration.create(aFare({ flightNumber, ...on(day) }), one.cause),
        ),
      );
      const [a, b] = fares.map((fare) => winner([fare]));
      const move = { departsLocal: '2026-03-28T22:20' };
      const moved = await Promise.all([
        one.administration.change(a!.id, move, 1, one.cause),
        two.administration.change(b!.id, move, 1, two.cause),
      ]);
      assert.deepEqual(codes(moved), ['OVERLAP', 'won']);
      const { id } = winner(moved);
      const ended = await Promise.all([
        one.administration.change(id, { amount: '1.00' }, 2, one.cause),
        two.administration.withdraw(id, 2, two.cause),
      ]);
      const [code] = codes(ended);
      assert.ok(code === 'CONFLICT' || code === 'WITHDRAWN', code);
      assert.equal(codes(ended)[1], 'won');
    }
  });
}
