// npm run verify on the rows of a real system: each kind of fault is planted in a copy, and found with a sentence.
import assert from 'node:assert/strict';
import { cp, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { checksOf } from '../../infra/system/checks/checks.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { verify } from '../../infra/system/checks/verify.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { eventually } from '../kit/eventually.ts';
import { customer } from '../journeys/customer.ts';
import { flightOnSale, held, ticketed } from '../journeys/ordering.ts';
import { adult } from '../kit/ordering.ts';
import { MINUTE, openListening } from '../kit/paying.ts';
import { faults as planted } from './verify-faults.ts';

type Lines = (lines: string[]) => string[];
type Where =
  'registry' | 'account' | 'travel' | 'fare' | 'stock' | 'order' | 'payment' | 'workers' | 'provider' | 'issuer';

/** The check, the place and the change of a fault, and the sentence that the check reports. */
type Kind = readonly [check: string, where: Where, plant: string | Lines, finds: RegExp];

const opened = new AsyncDisposableStack();
after(() => opened.disposeAsync());
let folder = '';
let clock = '';

/** Two travellers with tickets, one of which was cancelled and refunded; and an order that waits for its payment. */
before(async () => {
  folder = opened.use(await mkdtempDisposable(join(tmpdir(), 'verify-kinds-'))).path;
  await using world = await openListening({ folder });
  const { accounts } = await world.stores.account();
  const system = {
    url: world.PUBLIC_URL,
    now: world.clock.now,
    letPass: async (ms: number) => void world.clock.advance(ms),
    grant: async (email: string, role: 'FARE_MANAGER') =>
      void (await accounts.grant((await accounts.byEmail(email))!.id, role)),
    letters: async () => [],
    verify: () => verify({}),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const asha = await customer(system.url, 'Asha Rao');
  const flight = await flightOnSale(system, 5);
  const { id, items } = await ticketed(asha, flight, [adult, { ...adult, name: 'Ben Okri' }]);
  const goes = items[0]!.travellers[1]!.id;
  await asha.cancel(id, (await asha.quote(id, [goes])).refund.amount, [goes]);
  await asha.orderWhen(id, ({ refunds, timeline, mails }) =>
    refunds[0]?.status === 'PAID_BACK' && timeline.some(({ step }) => step === 'SEATS_RETURNED') && mails.filter(({ state }) => state === 'SENT').length === 3); // prettier-ignore
  await held(asha, flight, [{ ...adult, name: 'Mira Sen' }]);
  clock = new Date(world.clock.now().getTime() + 2 * MINUTE).toISOString();
  await eventually(async () => {
    const { holds, lines } = await verify(env(folder), 1);
    assert.ok(holds, lines.join('\n'));
  });
});

const env = (path: string) => ({ DATABASE_URL: `sqlite:${path}`, KAFKA_URL: `sqlite:${path}`, CLOCK: clock });

const entry = (of: object) => (lines: string[]) => [
  ...lines,
  JSON.stringify({ at: '2026-03-01T12:00:00.000Z', ...of }),
];
const without = (what: RegExp) => (lines: string[]) => lines.filter((line) => !what.test(line));
const changed = (what: RegExp, to: string) => (lines: string[]) => lines.map((line) => line.replace(what, to));
const field = (line: string, name: string) => (JSON.parse(line) as Record<string, string>)[name]!;
/** Adds a line, made from the first line that contains this text. */
const after1 = (what: string, make: (line: string) => object) => (lines: string[]) =>
  entry(make(lines.find((line) => line.includes(what))!))(lines);

const asked = { currency: 'INR', returnUrl: 'http://localhost/', webhookUrl: 'http://localhost/' };
const unpaid =
  "update payment set status = 'CANCELLED', captured = 0, captured_currency = null, refund_due = 0, refunded = 0";
/** The subgraphs, each with the name of its database. */
const subgraphs = [
  ...(['account', 'travel', 'fare', 'stock', 'order', 'payment', 'registry'] as const).map(
    (database) => [database, database] as const,
  ),
  ['operations', 'workers'],
] as const;
const future = "insert into inbox values ('c', 'e', 4102444800000)";

// prettier-ignore
const kinds: readonly Kind[] = [
  ...subgraphs.flatMap(([subgraph, database]): Kind[] => [
    [`${subgraph}: outbox`, database, "insert into outbox (event) values ('{}')", /position \d+/],
    [`${subgraph}: outbox, once`, database, "insert into outbox (event) values ('{}'), ('{}')", /position \d+/],
    [`${subgraph}: lease`, database, 'delete from lease', /^0 rows$/],
    [`${subgraph}: inbox`, database, future, /^c e$/],
    [`${subgraph}: personal data in events`, database, `insert into outbox (event) values ('{"data":{"name":"X"}}')`, /^position \d+: data\.name/],
  ]),
  ['order: marks of timeline_entry', 'order', "delete from inbox where consumer = 'settle-orders'", /^ord_\w+ version \d+ [A-Z_]+ came of evt_\w+, of which there is no mark$/],
  ['order: marks of mail', 'order', "delete from inbox where consumer = 'notify'", /^ord_\w+ mail [A-Z]+ came of evt_\w+, of which/],
  ['payment: marks of payable', 'payment', "delete from inbox where consumer = 'follow-orders'", /^ord_\w+ [A-Z]+ came of evt_\w+, of which/],
  ['payment: marks of refund', 'payment', "delete from inbox where consumer = 'refund-payments'", /^rfd_\w+ came of evt_\w+, of which/],
  ['stock: marks of seat_ledger', 'stock', "delete from inbox where consumer = 'hold-stock'", /^\S+ revision \d+ came of evt_\w+, of which/],
  ['stock: marks of seat_ledger', 'stock', "delete from inbox where consumer = 'open-departures'", /revision 1 came of evt_\w+, of which/],
  ['order: timeline', 'order', "delete from timeline_entry where step = 'PLACED'", /^The timeline of ord_\w+ does not begin with PLACED\.$/],
  ['order: timeline', 'order', "delete from timeline_entry where step = 'SEATS_HELD'", /^The timeline of ord_\w+ (lacks an entry before version \d+|ends as PENDING)/],
  ['order: timeline', 'order', "delete from timeline_entry where step = 'PARTLY_CANCELLED'", /has 0 entries for 1 cancellations\.$/],
  ['order: timeline', 'order', "delete from timeline_entry where step = 'PARTLY_REFUNDED'", /has 1 entries for 2 refunds paid back and tickets taken back\.$/],
  ['order: timeline', 'order', "update order_head set version = version + 1 where status = 'AWAITING_PAYMENT'", /has 2 entries for 3 versions and 0 tries\.$/],
  ['order: timeline entries', 'order', "update timeline_entry set order_id = 'ord_gone' where step = 'TICKETED'", /^ord_gone$/],
  ['order: parts', 'order', 'delete from order_item', /^ord_\w+ has no flight$/],
  ['order: parts', 'order', 'delete from order_traveller', /^\w+ has no traveller$/],
  ['order: parts', 'order', "update order_traveller set item = 'itm_gone'", /is on no flight of ord_/],
  ['order: parts', 'order', 'delete from cancellation', /^\w+ names can_\w+, which is not there$/],
  ['order: idempotency keys', 'order', 'delete from idempotency_key', /^ord_\w+ has no idempotency key$/],
  ['order: idempotency keys', 'order', "update idempotency_key set order_id = 'ord_gone'", /^an idempotency key names ord_gone, which is not there$/],
  ['order: mails', 'order', "delete from mail where kind = 'TICKETED'", /^ord_\w+ has no mail of TICKETED$/],
  ['order: mails', 'order', "delete from mail where kind = 'PARTLY_REFUNDED'", /^ord_\w+ has no mail of a refund$/],
  ['order: mails', 'order', "update mail set sent_at = null", /^ord_\w+ has a mail [A-Z]+ that is SENT$/],
  ['order: mails', 'order', "update mail set kind = 'CLOSED' where kind = 'PAID'", /^ord_\w+ has a mail CLOSED for no step$/],
  ['stock: holds and their ledger', 'stock', "update hold set state = 'RELEASED' where state = 'HELD'", /^ord_\w+ \S+$/],
  ['stock: parts', 'stock', 'delete from departure', /which is not there$/],
  ['stock: parts', 'stock', 'delete from hold_line', /^the hold ord_\w+ has no line$/],
  ['stock: parts', 'stock', 'delete from hold', /^a line names the hold ord_\w+, which is not there$/],
  ['payment: parts', 'payment', 'delete from payable', /^pay_\w+ pays ord_\w+, of which nothing is owed$/],
  ['payment: parts', 'payment', 'delete from payment', /^rfd_\w+ is of pay_\w+, which is not there$/],
  ['payment: parts', 'payment', 'update refund set paid_back_at = null', /^rfd_\w+ is PAID_BACK, which its dates are not$/],
  ['payment: parts', 'payment', "insert into ledger_entry (transaction_id, ledger, currency, amount, movement, payment_id, entered_at) values ('pay_gone', 'provider', 'INR', 0, 'TOP_UP', 'pay_gone', 0)", /^a ledger entry is of pay_gone, which is not there$/],
  ['payment: idempotency keys', 'payment', 'delete from key_use', /^pay_\w+ has no idempotency key$/],
  ['payment: idempotency keys', 'payment', "update key_use set payment_id = 'pay_gone'", /^an idempotency key names pay_gone, which is not there$/],
  ['accounts and payments: personal data', 'payment', "update key_use set account = 'acc_gone', idempotency_key = 'a text'", /^pay_\w+$/],
  ['orders and payables', 'payment', "update payable set state = 'CLOSED'", /^ord_\w+$/],
  ['payables and orders', 'payment', "update payable set order_id = 'ord_gone' where state = 'DUE'", /^ord_gone$/],
  ['payment provider', 'provider', () => [], /^pay_\w+: the provider does not know its intent pi_[\w-]+\.$/],
  ['payment provider', 'provider', changed(/("type":"intent.captured".*"amount":)\d+/, '$17'), /^pay_\w+: the provider captured 7 INR, here it is \d+ INR, REFUNDED\.$/],
  ['payment provider', 'provider', without(/"type":"intent\.captured"/), /^pay_\w+: the provider captured nothing, here it is \d+ INR/],
  ['payment provider', 'payment', unpaid, /^pay_\w+: the provider captured \d+ INR, here it is nothing, CANCELLED\.$/],
  ['payment provider', 'provider', without(/"type":"refund\.made"/), /^rfd_\w+: it is paid back here, but not at the provider\.$/],
  ['payment provider', 'provider', changed(/("type":"refund.made".*"amount":)\d+/, '$17'), /^rfd_\w+: the provider paid 7 back, here it is \d+\.$/],
  ['payment provider', 'provider', after1('refund.made', (line) => ({ intent: field(line, 'intent'), type: 'refund.made', refund: 're_9', key: 'rfd_9', amount: 9 })), /^pay_\w+: the provider paid 9 back without a refund here\.$/],
  ['payment provider', 'provider', entry({ intent: 'pi_9', type: 'intent.created', key: 'k', reference: 'pay_9', amount: 9, ...asked }), /^pi_9: the provider has it for a payment that does not exist here\.$/],
  ['payment provider', 'payment', "update payment set intent = 'pi_9'", /^pay_\w+: the provider has pi_[\w-]+ for it, which the payment does not name\.$/],
  ['payment provider', 'provider', without(/"type":"(card|intent\.captured|refund)/), /^pay_\w+: it can still be paid at the provider, here it is REFUNDED\.$/],
  ['ticket issuer', 'issuer', () => [], /^tkt_\w+: the issuer does not know its number \d{3}-\d{10}\.$/],
  ['ticket issuer', 'order', "update ticket set number = '098-2499999999' where cancelled_at is null", /^tkt_\w+: its number is \d{3}-\d{10} at the issuer and 098-2499999999 here\.$/],
  ['ticket issuer', 'order', 'update ticket set cancelled_at = null', /^tkt_\w+: \d{3}-\d{10} is void at the issuer, but valid here\.$/],
  ['ticket issuer', 'issuer', without(/"did":"VOIDED"/), /^tkt_\w+: \d{3}-\d{10} is valid at the issuer, but void here\.$/],
  ['ticket issuer', 'issuer', after1('ISSUED', (line) => ({ did: 'ISSUED', order: field(line, 'order'), traveller: 'pax_9', number: '098-2400000009' })), /^098-2400000009: it is valid at the issuer, but no ticket here\.$/],
  ['ticket issuer', 'issuer', entry({ did: 'ISSUED', order: 'ord_9', traveller: 'pax_9', number: '098-2400000009' }), /^098-2400000009: the issuer has it for an order that does not exist here\.$/],
];

const logs = { provider: 'payment-provider/log.jsonl', issuer: 'ticket-issuer/log.jsonl' };

async function plant(path: string, where: Where, what: string | Lines): Promise<void> {
  if (typeof what === 'function') {
    const file = join(path, logs[where as 'provider' | 'issuer']);
    const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
    return writeFile(file, what(lines).map((line) => `${line}\n`).join('')); // prettier-ignore
  }
  using db = new DatabaseSync(join(path, `${where}.sqlite`), { enableForeignKeyConstraints: false });
  db.exec(`PRAGMA ignore_check_constraints = 1; ${what}`);
}

/** The lines below a check that found a fault. */
function findings(lines: readonly string[], check: string): string[] {
  const at = lines.findIndex((line) => line.startsWith(`FAULT  ${check}: `));
  if (at < 0) return [];
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !line.startsWith(' '));
  return rest.slice(0, end).map((line) => line.trim());
}

for (const [check, where, what, finds] of kinds) {
  test(`${check} finds ${finds.source}`, async () => {
    await using sick = await mkdtempDisposable(join(tmpdir(), 'verify-kind-'));
    await cp(folder, sick.path, { recursive: true });
    await plant(sick.path, where, what);
    const { code, lines } = await verify(env(sick.path), 1);
    assert.equal(code, 1);
    assert.ok(findings(lines, check).some((line) => finds.test(line)), lines.join('\n')); // prettier-ignore
    assert.doesNotMatch(lines.join('\n'), /@|Asha|Ben/, 'a finding names no person');
  });
}

/** Planted by a separate test in verify.test.ts: they need more than one database. */
const plantedApart = ['accounts and marks', 'mails: personal data'];

test('there is a planted fault for every check', async () => {
  const wiring = openWiring(readConfig(env(folder)), openLog({ level: 'off', json: true }), { readOnly: true });
  const checks = (await checksOf(wiring)).map(({ name }) => name);
  await wiring.close();
  const tried = new Set([...kinds.map(([check]) => check), ...planted.map(([, , , check]) => check), ...plantedApart]);
  assert.deepEqual(checks.filter((name) => !tried.has(name)), []); // prettier-ignore
});

test('a partner without a statement is unknown, with its own exit code; a fault elsewhere takes precedence', async () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const gone = {
    ...{ PAYMENT_PROVIDER_URL: 'http://127.0.0.1:9', PAYMENT_PROVIDER_KEY: key, PAYMENT_WEBHOOK_SECRET: key },
    ...{ TICKET_ISSUER_URL: 'http://127.0.0.1:9', TICKET_ISSUER_KEY: key },
  };
  const { holds, code, lines } = await verify({ ...env(folder), ...gone }, 1);
  assert.deepEqual([holds, code, lines.at(-1)], [false, 2, '2 of the checks could not be made.'], lines.join('\n'));
  for (const name of ['payment provider', 'ticket issuer'])
    assert.ok(
      lines.some((line) => line.startsWith(`UNKNOWN  ${name}: not reconciled: the ${name} gave no statement: `)),
    );

  await using sick = await mkdtempDisposable(join(tmpdir(), 'verify-kind-'));
  await cp(folder, sick.path, { recursive: true });
  await plant(sick.path, 'order', 'delete from lease');
  assert.equal((await verify({ ...env(sick.path), ...gone }, 1)).code, 1);
});

test('a check that fails is unknown, and the others still run', async () => {
  await using sick = await mkdtempDisposable(join(tmpdir(), 'verify-kind-'));
  await cp(folder, sick.path, { recursive: true });
  await plant(sick.path, 'order', 'drop table mail');
  await plant(sick.path, 'stock', 'delete from lease');
  const { code, lines } = await verify(env(sick.path), 1);
  assert.equal(code, 1);
  assert.ok(lines.some((line) => /^UNKNOWN  order: mails: the check failed: .*no such table: mail/s.test(line)));
  assert.deepEqual(findings(lines, 'stock: lease'), ['0 rows']);
});
