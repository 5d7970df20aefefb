// Records this release for the tests of the next: node test/upgrade/record.ts VERSION leaves an order and a dead letter in each
// state, on SQLite and MariaDB.
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { openServices } from '../../infra/system/private-servers/open.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import { failing } from '../kit/failing.ts';
import { customer, payOnPage } from '../journeys/customer.ts';
import { adult } from '../kit/ordering.ts';
import { card, openListening } from '../kit/paying.ts';
import { aFare } from '../kit/world.ts';
import { leaveDeadLetters } from './dead-letters.ts';
import { copyPartners, dumpMariadb, dumpSqlite, type LeftOrder, type Recording } from './recorded.ts';

const DATABASES = ['account', 'fare', 'travel', 'stock', 'order', 'payment', 'workers'];

/** What is held back, so that orders stay where they are. */
interface HeldBack {
  holds: boolean;
  tickets: boolean;
  refunds: boolean;
}

/** The bus, but while `isHeld` the group gets nothing: its messages stay for later. */
const holdingBack = (bus: Bus, group: string, isHeld: () => boolean): Bus => ({
  ...bus,
  subscribe: (subscription, handle) =>
    bus.subscribe(subscription, async (batch) => {
      if (subscription.group === group && isHeld()) throw new Error(`${group} is held back`);
      await handle(batch);
    }),
});

/** Leaves an order and a dead letter in each state in the data folder, and gives when that was. */
async function leaveRows(folder: string, env: Record<string, string>): Promise<Recording> {
  const back: HeldBack = { holds: false, tickets: false, refunds: false };
  await using world = await openListening({
    folder,
    env,
    servers: {},
    bus: (bus) => holdingBack(bus, 'hold-stock', () => back.holds),
    ticketIssuer: (issuer) => failing(issuer, 'issue', () => back.tickets),
    paymentProvider: (provider) => failing(provider, 'refund', () => back.refunds),
  });
  const deadLetters = await leaveDeadLetters(world);
  const fare = aFare({ capacity: 9 });
  await world.file([fare, aFare({ flightNumber: '2132', capacity: 1 })]);
  const search = { origin: fare.origin, destination: fare.destination, departureDate: fare.firstDate };
  const orders: Record<string, LeftOrder> = {};

  /** Somebody new with an order of the flight, once it stands there. */
  async function order(status: 'PENDING' | 'AWAITING_PAYMENT', flightNumber = fare.flightNumber) {
    const who = await customer(world.PUBLIC_URL, 'Asha Rao');
    const offers = await who.offers(search);
    const offer = offers.find(({ slices }) => slices[0]!.segments[0]!.flightNumber === flightNumber);
    if (!offer) throw new Error(`flight ${flightNumber} is not on sale`);
    const { id } = await who.place(offer.offerToken, [adult]);
    await who.once(id, status);
    return {
      id,
      who,
      settled: async () => (await who.orderWhen(id, (shown) => shown.status !== 'PENDING')).status,
      leave: async (as: string) => {
        await who.once(id, as);
        orders[as] = { id, email: who.email };
      },
      pay: async () => payOnPage(await who.startPayment(id), card('SUCCESS')),
      cancel: async () => who.cancel(id, (await who.quote(id)).refund.amount),
    };
  }

  /** One that has its ticket. */
  async function ticketed() {
    const one = await order('AWAITING_PAYMENT');
    await one.pay();
    await one.who.once(one.id, 'TICKETED');
    return one;
  }

  await (await ticketed()).leave('TICKETED');
  const paidBack = await ticketed();
  await paidBack.cancel();
  await paidBack.leave('REFUNDED');
  const cancelled = await order('AWAITING_PAYMENT');
  await cancelled.who.cancel(cancelled.id, '0.00');
  await cancelled.leave('CLOSED');

  const goingBack = await ticketed();
  back.refunds = true;
  await goingBack.cancel();
  await goingBack.leave('REFUNDING');

  // two see the last seat, one has it
  back.holds = true;
  const [first, second] = [await order('PENDING', '2132'), await order('PENDING', '2132')];
  back.holds = false;
  const isFirst = (await first.settled()) === 'AWAITING_PAYMENT';
  await (isFirst ? first : second).leave('AWAITING_PAYMENT');
  await (isFirst ? second : first).leave('REJECTED');

  back.tickets = true;
  const paid = await order('AWAITING_PAYMENT');
  await paid.pay();
  await paid.leave('PAID');

  const closing = await order('AWAITING_PAYMENT');
  back.holds = true;
  await closing.who.cancel(closing.id, '0.00');
  await closing.leave('CLOSING');
  await (await order('PENDING')).leave('PENDING');
  return { recordedAt: world.clock.now().toISOString(), orders, deadLetters };
}

/** Records into `<to>/<kind>` what `leave` left in a folder; `dump` gives a database as text. */
async function record(
  to: string,
  env: Record<string, string>,
  dump: (folder: string, database: string) => Promise<string>,
) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'recorded-'));
  const recording = await leaveRows(folder.path, env);
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'recording.json'), `${JSON.stringify(recording, null, 2)}\n`);
  for (const database of DATABASES) await writeFile(join(to, `${database}.sql`), await dump(folder.path, database));
  await mkdir(join(to, 'bus'), { recursive: true });
  await writeFile(join(to, 'bus/bus.sql'), dumpSqlite(join(folder.path, 'bus.sqlite')));
  await copyPartners(folder.path, to);
}

const version = process.argv[2];
if (!version) throw new Error('Give the version that is recorded, as node test/upgrade/record.ts 0.1.0');
const to = join(import.meta.dirname, version);

await record(join(to, 'sqlite'), {}, async (folder, database) => dumpSqlite(join(folder, `${database}.sqlite`)));

await using services = await openServices(['mariadb']);
const { url } = services.mariadb;
await using opened = new AsyncDisposableStack();
const { port } = new URL(url);
const connection = await createConnection({ port: Number(port), host: '127.0.0.1', user: 'root', charset: 'utf8mb4_bin', dateStrings: true, jsonStrings: true, supportBigNumbers: true, bigNumberStrings: true }); // prettier-ignore
opened.defer(() => connection.end());
const DATABASE_URL = url.replace(/\/\w+$/, '/recorded');
const OFFER_SIGNING_KEYS = randomBytes(32).toString('base64');
await record(join(to, 'mariadb'), { DATABASE_URL, OFFER_SIGNING_KEYS }, (_, database) => dumpMariadb(connection, `recorded_${database}`)); // prettier-ignore
