// Taking over from the release before: what it left is migrated, and orders in every state finish.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { migrate } from '../../infra/system/commands/migrate.ts';
import { verify } from '../../infra/system/checks/verify.ts';
import { DeadLetterRow } from '../../subgraphs/operations/store/tables.ts';
import { life } from '../../subgraphs/order/rules/order.ts';
import { eventually } from '../kit/eventually.ts';
import { type Customer, payOnPage, returningCustomer } from '../journeys/customer.ts';
import { card, MINUTE, openListening } from '../kit/paying.ts';
import { departureBehind, operatorOf } from './dead-letters.ts';
import { copyPartners, type Recording, recordingIn, RELEASE_BEFORE, restoreSqlite } from './recorded.ts';

// past the first back-off of what was failing, before seats that are still to be held are overdue (2 min)
const MIGRATION_TOOK = MINUTE;

/** What the customer still does with an order in this status, and the status in which it ends. */
const endings: Readonly<Record<string, { act?: (who: Customer, id: string) => Promise<unknown>; end: string }>> = {
  PENDING: { act: pay, end: 'TICKETED' },
  AWAITING_PAYMENT: { act: pay, end: 'TICKETED' },
  PAID: { end: 'TICKETED' },
  TICKETED: { act: cancel, end: 'REFUNDED' },
  CLOSING: { end: 'CLOSED' },
  CLOSED: { end: 'CLOSED' },
  REJECTED: { end: 'REJECTED' },
  REFUNDING: { end: 'REFUNDED' },
  REFUNDED: { end: 'REFUNDED' },
};

async function pay(who: Customer, id: string): Promise<void> {
  await who.once(id, 'AWAITING_PAYMENT');
  await payOnPage(await who.startPayment(id), card('SUCCESS'));
}

async function cancel(who: Customer, id: string): Promise<void> {
  await who.cancel(id, (await who.quote(id)).refund.amount);
}

/** Where the databases of a recording are put: the URL to open them by, once `restore` has run. */
export interface Databases {
  kind: 'sqlite' | 'mariadb';
  /** The URL of the databases, restored; those on SQLite are put into `folder`. */
  restore(from: string, folder: string): Promise<string>;
}

/** Runs the suite over one kind of database. */
export function takingOver({ kind, restore }: Databases): void {
  const from = join(RELEASE_BEFORE, kind);

  async function openLeft() {
    await using opened = new AsyncDisposableStack();
    const folder = opened.use(await mkdtempDisposable(join(tmpdir(), 'upgrade-'))).path;
    const DATABASE_URL = await restore(from, folder);
    await restoreSqlite(join(from, 'bus'), folder);
    await copyPartners(from, folder);
    const recording = await recordingIn(from);
    const partners = {
      PAYMENT_PROVIDER_URL: `demo:${folder}/payment-provider?port=0`,
      TICKET_ISSUER_URL: `demo:${folder}/ticket-issuer?port=0`,
    };
    const env = { DATABASE_URL, ...partners, OFFER_SIGNING_KEYS: randomBytes(32).toString('base64') };
    const { sentences: migrations } = await migrate({ ...env, KAFKA_URL: `sqlite:${folder}` }, true);
    const now = new Date(Date.parse(recording.recordedAt) + MIGRATION_TOOK).toISOString();
    const world = opened.use(await openListening({ folder, env, servers: {}, now }));
    const closing = opened.move();
    const verified = () => verify({ ...env, KAFKA_URL: `sqlite:${folder}`, CLOCK: world.clock.now().toISOString() });
    const operator = await operatorOf(world, 'operator.after@example.com');
    return { world, recording, operator, migrations, verified, [Symbol.asyncDispose]: () => closing.disposeAsync() };
  }

  suite(`what the release before left on ${kind}`, () => {
    let left: Awaited<ReturnType<typeof openLeft>>;
    before(async () => void (left = await openLeft()));
    after(() => left[Symbol.asyncDispose]());

    test('the recording has an order in every state', async () => {
      const { orders }: Recording = await recordingIn(from);
      assert.deepEqual(Object.keys(orders).sort(), Object.keys(endings).sort());
      assert.deepEqual(Object.keys(endings).sort(), Object.keys(life).sort());
    });

    for (const [status, { act, end }] of Object.entries(endings)) {
      test(`an order that was ${status} ends ${end}`, async () => {
        const { world, recording } = left;
        const { id, email } = recording.orders[status]!;
        const who = await returningCustomer(world.PUBLIC_URL, email);
        await act?.(who, id);
        await who.once(id, end);
      });
    }

    test('every dead letter is shown to operators exactly as before, and none is lost or doubled', async () => {
      const { operator, recording } = left;
      const { deadLetters } = recording;
      assert.deepEqual(deadLetters.map(({ state }) => state).sort(), ['BEHIND', 'DEAD', 'DISCARDED', 'REPLAYED']);
      assert.deepEqual(await Promise.all(deadLetters.map(({ id }) => operator.show(id))), deadLetters);
      const waiting = deadLetters.filter(({ settledAt }) => settledAt === null);
      assert.deepEqual(await operator.waiting(), waiting);
      const { db } = await left.world.stores.operations();
      assert.equal(await db.read().count(DeadLetterRow), deadLetters.length);
    });

    test('both releases can store dead letters at the same time: their database needs no migration', () => {
      assert.ok(left.migrations.includes('The workers database is up to date.'), left.migrations.join('\n'));
    });

    test('a dead letter can be discarded, and the event behind it takes effect once', async () => {
      const { operator, recording } = left;
      const [dead, behind] = recording.deadLetters;
      await operator.discard(dead!.id);
      await eventually(async () => (await operator.show(behind!.id)).state === 'REPLAYED');
      const query = 'query ($id: ID!) { departure(id: $id) { revision available } }';
      const { data } = await operator.ask(query, { id: departureBehind('waiting') });
      assert.deepEqual(data, { departure: { revision: 1, available: 5 } });
    });

    test('then every check of verify holds', () =>
      eventually(async () => {
        const { holds, lines } = await left.verified();
        assert.ok(holds, lines.join('\n'));
      }));
  });
}
