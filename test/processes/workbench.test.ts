// The system in the developer's hand: it settles when its workers have nothing left, and its folder is not emptied while
// it is in use, or has other orders in it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { clearFolder, noteOrder } from '../../infra/system/develop/clear-folder.ts';
import { openWorkbench } from '../../infra/system/develop/workbench.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { placedOrder } from '../kit/ticketing.ts';
import { aFare, NOON, openWorld } from '../kit/world.ts';

const folderFor = (name: string) => mkdtempDisposable(join(tmpdir(), `${name}-`));

/** A workbench without demo data, whose folder is deleted at the end. */
async function opened(without: readonly string[] = []) {
  await using closing = new AsyncDisposableStack();
  const { path } = closing.use(await folderFor('workbench'));
  const env = { DEMO_DATA: 'off', LOG_LEVEL: 'error' };
  const workbench = await openWorkbench({ folder: path, now: new Date(NOON), env, without });
  closing.defer(workbench.stop);
  const rest = closing.move();
  return { ...workbench, [Symbol.asyncDispose]: () => rest.disposeAsync() };
}

const departures = ({ stores }: Awaited<ReturnType<typeof opened>>) => stores.stock.db.read().count(Departure, {});

describe('a system in the developer’s hand', () => {
  test('has settled once what follows from a change is done', async () => {
    await using workbench = await opened();
    const { stores, clock, settled, graphql } = workbench;
    for (let n = 0; n < 5; n++) {
      await stores.fare.fares.file([aFare({ flightNumber: String(100 + n) })], clock.now());
      await settled();
      assert.equal(await departures(workbench), n + 1);
    }
    const query =
      '{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { offers(first: 9) { totalCount } } }';
    assert.deepEqual((await graphql(query)).data, { shopping: { offers: { totalCount: 5 } } });
  });

  test('settles without the work of workers that do not run', async () => {
    await using workbench = await opened(['open-departures']);
    await workbench.stores.fare.fares.file([aFare()], workbench.clock.now());
    await workbench.settled();
    assert.equal(await departures(workbench), 0);
  });

  test('names what a misspelt worker or account was meant to be', async () => {
    await assert.rejects(opened(['hold-stok']), { message: 'There is no worker hold-stok; did you mean hold-stock?' });
    await using workbench = await opened();
    await assert.rejects(workbench.graphql('{ me { email } }', {}, { as: 'pilot' }), {
      message: 'There is no demo account pilot; there are traveller, fare manager, operator, admin.',
    });
  });
});

describe('a data folder', () => {
  test('is not emptied while a process uses it', async () => {
    await using dir = await folderFor('used');
    await using _world = await openWorld({ folder: dir.path });
    await assert.rejects(clearFolder(dir.path, true), /^Error: Another process uses [^]*\nNothing was deleted\.$/);
    assert.ok(existsSync(join(dir.path, 'order.sqlite')));
  });

  test('is emptied of orders that no scenario made only when that is confirmed', async () => {
    await using dir = await folderFor('orders');
    const world = await openWorld({ folder: dir.path });
    const { id } = await placedOrder(world);
    await world[Symbol.asyncDispose]();
    await assert.rejects(clearFolder(dir.path, false), {
      message: `${dir.path} has an order that npm run reset did not make, such as ${id}: add --yes to delete all of its data.\nNothing was deleted.`,
    });
    await mkdir(join(dir.path, 'documents'));
    await clearFolder(dir.path, true);
    assert.deepEqual((await readdir(dir.path)).sort(), ['documents', 'lock.sqlite']);
  });

  test('is emptied without a question of orders that a scenario made', async () => {
    await using dir = await folderFor('noted');
    const world = await openWorld({ folder: dir.path });
    const { id } = await placedOrder(world);
    await world[Symbol.asyncDispose]();
    noteOrder(dir.path, id);
    await clearFolder(dir.path, false);
    assert.ok(!existsSync(join(dir.path, 'order.sqlite')));
  });

  test('that is none is left alone', async () => {
    await using dir = await folderFor('other');
    await writeFile(join(dir.path, 'thesis.md'), 'precious');
    await assert.rejects(clearFolder(dir.path, true), {
      message: `${dir.path} is no data folder of Fareloom: it has thesis.md in it.`,
    });
  });
});
