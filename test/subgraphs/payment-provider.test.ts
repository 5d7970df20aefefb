// The demo payment provider alone: its idempotency, its log, and webhooks that are sent until they are accepted.
import fastify from 'fastify';
import assert from 'node:assert/strict';
import { appendFile, mkdtempDisposable, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { cards } from '../../infra/partners/payment-provider/cards.ts';
import type { JournalEntry } from '../../infra/partners/payment-provider/journal.ts';
import { createPaymentProvider } from '../../infra/partners/payment-provider/server.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';

const KEY = 'the key of the tests';
const SECRET = Buffer.alloc(32, 'provider').toString('base64');

/** The merchant's webhook endpoint: stores the webhooks, and answers with a configured status. */
async function openMerchant() {
  const came: { body: string; headers: Record<string, string> }[] = [];
  const answers: number[] = [];
  const app = fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/hooks', async ({ body, headers }, reply) => {
    came.push({ body: body as string, headers: headers as Record<string, string> });
    return reply.code(answers.shift() ?? 200).send();
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/hooks`;
  return { url, came, answers, [Symbol.asyncDispose]: async () => app.close() };
}

function openProvider(file: string, ahead: { ms: number } = { ms: 0 }) {
  const now = () => new Date(Date.now() + ahead.ms);
  const { app, log } = createPaymentProvider({ file, apiKey: KEY, webhookSecret: SECRET, now });
  const call = async (method: 'GET' | 'POST', url: string, payload?: object, key?: string) => {
    const headers = { authorization: `Bearer ${KEY}`, ...(key !== undefined && { 'idempotency-key': key }) };
    const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown> & { id: string }>() };
  };
  const pay = (id: string, number: string) =>
    app.inject({
      method: 'POST',
      url: `/pay/${id}`,
      payload: new URLSearchParams({ card: number }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  return { app, log, call, pay, [Symbol.asyncDispose]: () => app.close() };
}

const wanted = (webhookUrl: string) => ({
  ...{ amount: 100, currency: 'INR', reference: 'pay_1', returnUrl: 'http://127.0.0.1/"><script>' },
  webhookUrl,
});
const SUCCESS = cards[0].number;

test('the same key returns the same intent or refund, a different body is a conflict, and a refund above the payment is refused', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  await using merchant = await openMerchant();
  await using provider = openProvider(join(dir.path, 'log.jsonl'));
  const { call } = provider;
  const made = await call('POST', '/v1/intents', wanted(merchant.url), 'one');
  const again = await call('POST', '/v1/intents', wanted(merchant.url), 'one');
  assert.deepEqual(again, made);
  assert.equal((await call('POST', '/v1/intents', { ...wanted(merchant.url), amount: 101 }, 'one')).status, 409);
  assert.equal(
    (await call('POST', '/v1/intents', wanted(merchant.url))).status,
    400,
    'without a key nothing is created',
  );
  const { id: intent } = made.body;
  assert.equal((await call('POST', '/v1/refunds', { intent, amount: 1 }, 'early')).status, 422);
  await provider.pay(intent, SUCCESS);
  const refund = (amount: number, key: string) => call('POST', '/v1/refunds', { intent, amount }, key);
  const first = await refund(60, 'a');
  assert.deepEqual([first.status, (await refund(60, 'a')).body.id], [200, first.body.id]);
  assert.equal((await refund(61, 'a')).status, 409);
  assert.equal((await refund(41, 'b')).status, 422);
  assert.equal((await refund(40, 'b')).status, 200);
  const cancelled = await call('POST', `/v1/intents/${intent}/cancel`, {});
  assert.equal(cancelled.body['status'], 'SUCCEEDED', 'a decided payment does not change');
  assert.equal((await call('GET', '/v1/intents/none')).status, 404);
});

test('the page shows a formatted amount and, once the payment is decided, returns to the shop automatically', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  await using merchant = await openMerchant();
  await using provider = openProvider(join(dir.path, 'log.jsonl'));
  const returnUrl = wanted(merchant.url).returnUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'); // prettier-ignore
  for (const [amount, currency, text] of [
    [1_234_567, 'INR', 'INR\u00a012,345.67'],
    [1_234_567, 'JPY', 'JPY\u00a01,234,567'],
    [1_234_567, 'KWD', 'KWD\u00a01,234.567'],
  ] as const) {
    const { body } = await provider.call(
      'POST',
      '/v1/intents',
      { ...wanted(merchant.url), amount, currency },
      currency,
    );
    const open = (await provider.app.inject(`/pay/${body.id}`)).body;
    assert.ok(open.includes(`<p class="amount">${text}</p>`), open);
    assert.ok(open.includes('<th>Card number<th>What happens'));
    assert.doesNotMatch(open, /http-equiv="refresh"/);
    await provider.pay(body.id, SUCCESS);
    const paid = (await provider.app.inject(`/pay/${body.id}`)).body;
    assert.ok(paid.includes(`<meta http-equiv="refresh" content="5; url=${returnUrl}">`), paid);
  }
});

test('the page shows the description before and after payment, and accepts payments without one', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  await using merchant = await openMerchant();
  await using provider = openProvider(join(dir.path, 'log.jsonl'));
  const description = 'Order 0X4-7QK-M2D\n<b>6E</b> 2131: Delhi to Bengaluru';
  const { body } = await provider.call('POST', '/v1/intents', { ...wanted(merchant.url), description }, 'one');
  const shown = async (id: string) => (await provider.app.inject(`/pay/${id}`)).body;
  const text = '<p class="about">Order 0X4-7QK-M2D\n&lt;b&gt;6E&lt;/b&gt; 2131: Delhi to Bengaluru</p>';
  assert.ok((await shown(body.id)).includes(text), await shown(body.id));
  await provider.pay(body.id, SUCCESS);
  assert.ok((await shown(body.id)).includes(text), await shown(body.id));
  for (const [key, silent] of Object.entries({ null: { description: null }, absent: {} })) {
    const { id } = (await provider.call('POST', '/v1/intents', { ...wanted(merchant.url), ...silent }, key)).body;
    assert.doesNotMatch(await shown(id), /class="about"/);
  }
});

test('without the API key only the pages are served, and texts on them are escaped', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  await using provider = openProvider(join(dir.path, 'log.jsonl'));
  for (const url of ['/log', '/v1/intents/x'])
    for (const authorization of [undefined, 'Bearer wrong', KEY])
      assert.equal(
        (await provider.app.inject({ url, headers: { ...(authorization && { authorization }) } })).statusCode,
        401,
      );
  const { body } = await provider.call('POST', '/v1/intents', wanted('http://127.0.0.1:9/'), 'one');
  const page = await provider.app.inject(`/pay/${body.id}`);
  assert.doesNotMatch(page.body, /"><script>/);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
  for (const { number } of cards) assert.ok(page.body.includes(number));
  assert.equal((await provider.app.inject('/pay/none')).statusCode, 404);
});

test('an unaccepted webhook is sent again with growing pauses, with the same id, signed as the standard requires', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  await using merchant = await openMerchant();
  const ahead = { ms: 0 };
  await using provider = openProvider(join(dir.path, 'log.jsonl'), ahead);
  merchant.answers.push(500, 302, 404);
  const { body } = await provider.call('POST', '/v1/intents', wanted(merchant.url), 'one');
  await provider.pay(body.id, SUCCESS);
  const tries = () =>
    provider.log().filter((entry): entry is JournalEntry & { type: 'webhook.tried' } => entry.type === 'webhook.tried');
  for (const [n, pause] of [1000, 5000, 30_000].entries()) {
    await eventually(() => tries().length === n + 1);
    const { at, nextAt } = tries()[n]!;
    assert.ok(Date.parse(nextAt!) - Date.parse(at) - pause < 1000, 'the next try is due after the pause');
    ahead.ms += pause;
  }
  await eventually(() => tries().length === 4);
  assert.deepEqual(
    tries().map(({ status }) => status),
    [500, 302, 404, 200],
  );
  assert.equal(new Set(merchant.came.map(({ headers }) => headers['webhook-id'])).size, 1);
  const { body: text, headers } = merchant.came[0]!;
  assert.equal((new Webhook(SECRET).verify(text, headers) as { type: string }).type, 'intent.succeeded');
});

test('after a kill it continues from the end of its log: intents, keys and webhooks that were not accepted', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'provider-'));
  const file = join(dir.path, 'log.jsonl');
  await using merchant = await openMerchant();
  merchant.answers.push(500);
  const ahead = { ms: 0 };
  let id: string;
  {
    await using before = openProvider(file, ahead);
    id = (await before.call('POST', '/v1/intents', wanted(merchant.url), 'one')).body.id;
    await before.pay(id, SUCCESS);
    await eventually(() => merchant.came.length === 1);
  }
  await appendFile(file, '{"at":"2026-03-01T12:00:00Z","intent":"pi_half'); // a line cut off by a power failure
  ahead.ms += 60_000;
  await using provider = openProvider(file, ahead);
  assert.equal((await provider.call('POST', '/v1/intents', wanted(merchant.url), 'one')).body.id, id);
  assert.equal((await provider.call('GET', `/v1/intents/${id}`)).body['status'], 'SUCCEEDED');
  await eventually(() => merchant.came.length === 2);
  assert.equal(merchant.came[0]!.headers['webhook-id'], merchant.came[1]!.headers['webhook-id']);
  await eventually(() => provider.log().at(-1)!.type === 'webhook.tried');
  assert.deepEqual(
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as JournalEntry).type),
    provider.log().map(({ type }) => type),
  );
});

test('the table of cards in infra/README.md is the same as the provider uses', async () => {
  const readme = (await readFile(join(root, 'infra/README.md'), 'utf8')).replaceAll(/ +\|/g, ' |');
  for (const { number, what } of cards) assert.ok(readme.includes(`| ${number} | ${what} |`), number);
});
