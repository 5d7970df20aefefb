// kill -9 between the commit of a fare and the publication of its events loses neither.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { OutboxEvent } from '../../infra/database/outbox.ts';
import { eventually } from '../kit/eventually.ts';
import { openWorld, type World } from '../kit/world.ts';

const SHOPPING = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
  price { total { amount } } offers { edges { node { seatsLeft } } } } }`;

/** Files a fare in its own process, and kills that once the relay hangs in its publication. */
async function fileAndDie(folder: string, where: 'before' | 'after'): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed.ts'), folder, where]);
  const exit = once(child, 'exit');
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`it ended by itself: ${err}`);
    return out.includes('filed') && out.includes('stuck');
  });
  child.kill('SIGKILL');
  assert.deepEqual(await exit, [null, 'SIGKILL']);
}

async function waitingEvents({ stores }: World): Promise<number> {
  return (await stores.fare()).db.read().count(OutboxEvent);
}

for (const where of ['before', 'after'] as const) {
  test(`a process killed ${where} its events were on the bus has filed its fare, and the next process handles the events`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fareloom-'));
    await fileAndDie(folder, where);
    {
      await using world = await openWorld({ folder, bus: (shipped) => ({ ...shipped, publish: () => Promise.reject(new Error('not yet')), subscribe: async () => async () => {} }) }); // prettier-ignore
      assert.equal(await waitingEvents(world), 2); // fare.changed and departure.scheduled, in the fare's own database
      const { data } = await world.graph(SHOPPING);
      assert.deepEqual(data, shopping(null)); // the fare exists, its departure is not open
    }
    const loads: string[] = [];
    const onQuery = (database: string, sql: string) =>
      void (/from [`"]fare[`"]/.test(sql) && loads.push(`${database}: ${sql}`));
    {
      await using world = await openWorld({ folder, onQuery });
      await eventually(async () => (await waitingEvents(world)) === 0);
      for (const group of ['rebuild-fares', 'open-departures']) {
        await eventually(async () => (await world.wiring.bus.backlog(group)) === 0);
      }
      loads.length = 0;
      const { data } = await world.graph(SHOPPING);
      assert.deepEqual(data, shopping(5)); // opened, once
      assert.deepEqual(loads, []); // from the cache
    }
    await rm(folder, { recursive: true });
  });
}

const shopping = (seatsLeft: number | null) => ({
  shopping: { price: { total: { amount: '3897.00' } }, offers: { edges: [{ node: { seatsLeft } }] } },
});
