// P15, row by row over HTTP: which webhooks of the payment provider the gateway accepts, and what they change.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import type { Log } from '../../infra/logging/log.ts';
import { WebhookMark } from '../../subgraphs/payment/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { openPaying, type Paid } from '../kit/paying.ts';

const SECRET = Buffer.alloc(32, 'webhooks of the tests').toString('base64');
const second = 1000;

let world: Paid;
let isAway = false;
const logged: string[] = [];
const note = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };

before(async () => {
  const away: Call = () => Promise.reject(new Error('away'));
  const between = (name: string, call: Call): Call =>
    name === 'payment' ? (request) => (isAway ? away : call)(request) : call;
  world = await openPaying({ env: { PAYMENT_WEBHOOK_SECRET: `${'A'.repeat(40)},${SECRET}` }, between, log });
});
after(() => world[Symbol.asyncDispose]());

let messages = 0;
let orders = 0;

/** A waiting payment, and the body of a webhook that reports its outcome. */
async function waiting() {
  const orderId = `ord_w${++orders}`;
  await world.owe(orderId);
  const { id } = await world.asha.start(orderId);
  const entry = world.provider.log().find((each) => each.type === 'intent.created' && each.reference === id)!;
  const body = (change: object = {}) => {
    const captured = { amount: 389_700, currency: 'INR' };
    const data = { id: entry.intent, reference: id, status: 'SUCCEEDED', captured, failure: null, ...change };
    return JSON.stringify({ type: 'intent.succeeded', timestamp: world.clock.now().toISOString(), data });
  };
  const status = async () => (await world.asha.payment(id))!.status;
  const captures = async () => {
    await settled();
    return world.heard('payment.captured', orderId).map(({ amount }) => amount);
  };
  return { orderId, id, body, status, captures };
}

/** Waits until all events of the subgraph so far have been consumed. */
const settled = () =>
  eventually(async () => {
    const { db } = await world.stores.payment();
    const [row] = (await db.read().getConnection().execute('select count(*) as n from outbox')) as [{ n: number }];
    return row.n === 0 && (await world.wiring.bus.backlog('witness')) === 0;
  });

function headersOf(body: string, { id = `msg_${++messages}`, ago = 0, secret = SECRET } = {}): Record<string, string> {
  const at = new Date(world.clock.now().getTime() - ago);
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / second)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

const post = async (body: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(`${world.PUBLIC_URL}/webhooks/payments`, { method: 'POST', body, headers })).status;

describe('a webhook', () => {
  test('with a fresh signature of the provider is accepted', async () => {
    const { body, captures, status } = await waiting();
    assert.equal(await post(body(), headersOf(body())), 200);
    assert.equal(await status(), 'SUCCEEDED');
    assert.deepEqual(await captures(), [389_700]);
  });

  test('without a signature, with a bad one, or over another body is 401 and changes nothing', async () => {
    const { body, captures, status } = await waiting();
    const good = headersOf(body());
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));
    const bad: [string, Record<string, string>][] = [
      [body(), {}],
      ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name): [string, Record<string, string>] => [
        body(),
        without(name),
      ]),
      [body(), { ...good, 'webhook-signature': 'v1,AAAA' }],
      [body(), { ...good, 'webhook-signature': good['webhook-signature']!.replace('v1,', 'v2,') }],
      [body(), { ...good, 'webhook-id': 'msg_other' }],
      [body(), { ...good, 'webhook-timestamp': 'NaN' }],
      [body(), headersOf(body(), { secret: Buffer.alloc(32, 'somebody else').toString('base64') })],
      [body({ captured: { amount: 1, currency: 'INR' } }), good],
      ['', good],
    ];
    for (const [text, headers] of bad) assert.equal(await post(text, headers), 401, JSON.stringify(headers));
    assert.equal(await status(), 'PROCESSING');
    assert.deepEqual(await captures(), []);
  });

  test('with a timestamp beyond five minutes either way is 401 and changes nothing; within them it counts', async () => {
    const { body, status } = await waiting();
    for (const ago of [301, 3600, -302])
      assert.equal(await post(body(), headersOf(body(), { ago: ago * second })), 401);
    assert.equal(await status(), 'PROCESSING');
    assert.equal(await post(body(), headersOf(body(), { ago: 299 * second })), 200);
    assert.equal(await status(), 'SUCCEEDED');
  });

  test('with the same id is 200 however often it comes, also ten times at once, and has one effect', async () => {
    const { body, captures } = await waiting();
    const headers = headersOf(body());
    const statuses = await Promise.all(Array.from({ length: 10 }, () => post(body(), headers)));
    assert.deepEqual([...statuses, await post(body(), headers)], Array<number>(11).fill(200));
    assert.deepEqual(await captures(), [389_700]);
    const { db } = await world.stores.payment();
    assert.equal(await db.read().count(WebhookMark, { id: headers['webhook-id']! }), 1);
  });

  test('of an unknown payment is 200 and stored', async () => {
    const { body } = await waiting();
    const unknown = body({ reference: 'pay_unknown', id: 'pi_unknown' });
    const headers = headersOf(unknown);
    assert.equal(await post(unknown, headers), 200);
    const { db } = await world.stores.payment();
    const row = await db.read().findOneOrFail(WebhookMark, { id: headers['webhook-id']! });
    assert.deepEqual([row.reference, row.taken], ['pay_unknown', false]);
    assert.match(row.intent, /389700/);
  });

  test('of another intent than that of the payment is 200 and changes nothing', async () => {
    const { body, status } = await waiting();
    const other = body({ id: 'pi_other' });
    assert.equal(await post(other, headersOf(other)), 200);
    assert.equal(await status(), 'PROCESSING');
  });

  test('of another type is 200 and changes nothing', async () => {
    for (const body of ['{"type":"balance.available","data":{}}', 'no JSON', '{"__proto__":{"data":1}}'])
      assert.equal(await post(body, headersOf(body)), 200, body);
  });

  test('with the wrong amount is 200, and the order subgraph gets the real one', async () => {
    const { body, captures } = await waiting();
    const wrong = body({ captured: { amount: 5, currency: 'USD' } });
    assert.equal(await post(wrong, headersOf(wrong)), 200);
    assert.deepEqual(await captures(), [5]);
  });

  test('of success overrides an earlier failure, and a failure after success changes nothing', async () => {
    const { body, status, captures } = await waiting();
    const failed = body({ status: 'FAILED', captured: null, failure: 'CARD_DECLINED' });
    assert.equal(await post(failed, headersOf(failed)), 200);
    assert.equal(await status(), 'FAILED');
    assert.equal(await post(body(), headersOf(body())), 200);
    assert.equal(await post(failed, headersOf(failed)), 200);
    assert.equal(await status(), 'SUCCEEDED');
    assert.deepEqual(await captures(), [389_700]);
  });

  test('over 1 MB is 413; one of the largest allowed size is processed', async () => {
    const large = 'x'.repeat(1_048_577);
    assert.equal(await post(large, headersOf(large)), 413);
    assert.equal(await post(large.slice(1), headersOf(large)), 401);
  });

  test('needs no cookie, no token and no CSRF header, whatever its content type', async () => {
    const { body, status } = await waiting();
    assert.equal(
      await post(body(), { ...headersOf(body()), 'content-type': 'text/plain', cookie: 'fareloom-access=x' }),
      200,
    );
    assert.equal(await status(), 'SUCCEEDED');
    const got = await fetch(`${world.PUBLIC_URL}/webhooks/payments`);
    assert.equal(got.status, 405);
  });

  test('gets a retryable status while the payment subgraph is unavailable', async () => {
    const { body, status } = await waiting();
    const headers = headersOf(body());
    isAway = true;
    assert.equal(await post(body(), headers), 503);
    isAway = false;
    assert.equal(await post(body(), headers), 200);
    assert.equal(await status(), 'SUCCEEDED');
  });

  test('is not logged, nor is its signature', () => {
    assert.ok(logged.some((line) => line.startsWith('webhook rejected: invalid signature')));
    assert.equal(
      logged.find((line) => /389700|v1,|intent\.succeeded/.test(line)),
      undefined,
    );
  });
});
