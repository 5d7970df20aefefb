// Traces as an operator sees them: a system runs with a collector, and the tests check what the collector received.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type DemoJourney, playDemo } from '../../infra/system/demo/demo-journey.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { openCollector, type SpanSeen } from '../kit/collector.ts';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';
import { openWorld } from '../kit/world.ts';
import { assertWayToTicket, assertWhole, told } from './traces.ts';

const CLIENT = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

/** npm start with a collector: everything in one process. */
async function openTraced(env: Record<string, string> = {}) {
  await using opened = new AsyncDisposableStack();
  const collector = opened.use(await openCollector());
  const { path } = opened.use(await mkdtempDisposable(join(tmpdir(), 'traces-')));
  const [port] = (await freePorts(1)) as [number];
  const system = opened.use(
    spawned(
      'all',
      ['node', 'infra/start.ts'],
      {
        ...{ DATABASE_URL: `sqlite:${path}`, KAFKA_URL: `sqlite:${path}`, MAIL_URL: `file:${path}/mail` },
        PAYMENT_PROVIDER_URL: `demo:${path}/payment-provider?port=0`,
        TICKET_ISSUER_URL: `demo:${path}/ticket-issuer?port=0`,
        ...{ HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, LOG_FORMAT: 'json' },
        ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env },
      },
      port,
    ),
  );
  await system.ready();
  const closing = opened.move();
  const post = (body: object, headers: Record<string, string> = {}) =>
    fetch(`${system.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { system, collector, post, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

describe('the trace of an order', () => {
  let traced: Awaited<ReturnType<typeof openTraced>>;
  let journey: DemoJourney;
  let spans: SpanSeen[];
  let timeline: { step: string; traceId: string }[];

  before(async () => {
    traced = await openTraced();
    journey = await playDemo(traced.system.url, new Date(), () => undefined);
    timeline = journey.order.timeline as unknown as typeof timeline;
    const query = '{ airports(search: "zurich in secret", first: 1) { edges { node { code } } } }';
    const baggage = 'user=secret-of-the-client';
    await traced.post({ query }, { traceparent: `00-${CLIENT.trace}-${CLIENT.span}-00`, baggage });
    assert.equal(await traced.system.end('SIGTERM'), 0, 'buffered spans are sent at shutdown');
    spans = traced.collector.spans.filter(({ traceId }) => traceId === timeline[0]!.traceId);
  });

  after(() => traced[Symbol.asyncDispose]());

  test('is continuous from the request to the ticket, through all services', () => {
    assertWayToTicket(spans);
  });

  test('has one root, and each span’s parent is in it', () => {
    assertWhole(spans);
  });

  test('contains the plan, the statements, the cache, the partner’s call and the mail', () => {
    const has = new Set(spans.map(told));
    for (const step of [
      'gateway: plan',
      'gateway: cache get',
      'order: insert outbox',
      'hold-stock: update departure',
      'settle-orders: update order_head',
      'issue-tickets: ticket-issuer issue',
      'notify: notify order.paid',
    ])
      assert.ok(has.has(step), `${step} is not among:\n${[...has].join('\n')}`);
  });

  test('is linked with the trace of the webhook that reported the payment', () => {
    const paid = spans.find(({ name }) => name === 'payment succeeded')!;
    const ofWebhook = traced.collector.spans.filter(({ traceId }) => traceId === paid.links[0]);
    assert.ok(ofWebhook.some(({ name }) => name === 'POST /webhooks/payments'));
    assert.ok(ofWebhook.some(({ links }) => links.includes(paid.traceId)));
  });

  test('is named by the order’s timeline at each step', () => {
    assert.ok(timeline.length > 3);
    for (const { step, traceId } of timeline) assert.equal(traceId, timeline[0]!.traceId, step);
  });

  test('continues a client’s trace, of which only the ids are used', () => {
    const asked = traced.collector.spans.filter(({ traceId }) => traceId === CLIENT.trace);
    const root = asked.find(({ name }) => name === 'POST /graphql');
    assert.equal(root?.parentSpanId, CLIENT.span);
  });

  test('contains no personal data: no value, no token, no name', () => {
    const text = traced.collector.text();
    assert.ok(text.length > 100_000, 'there is something to look through');
    const { tickets } = journey.order;
    const secrets = ['asha', 'rao', 'zurich', 'secret', '4242424242424242', '4242 4242', 'select `', 'values ('];
    const tokens = tickets.map(({ pageUrl }) => pageUrl.split('/').at(-1)!);
    for (const secret of [...secrets, ...tokens]) assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), secret);
    assert.deepEqual(
      traced.collector.spans.flatMap(({ said }) => said),
      [],
    );
  });

  test('is not started by a health check, nor by a loop without work', () => {
    const roots = traced.collector.spans.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name);
    const work = /^(POST|GET) \/(graphql|webhooks|tickets)| batch$| [a-z]+\.[a-z-]+$|^send-account-mails due$/;
    const begun = roots.filter((name) => !work.test(name));
    assert.deepEqual(begun, []);
  });
});

test('an unsampled request is not recorded, whatever the client says, and its errors still have a trace id', async () => {
  await using traced = await openTraced({ TRACE_SAMPLING: '0', DEMO_DATA: 'off' });
  const traceparent = `00-${CLIENT.trace}-${CLIENT.span}-01`;
  const answer = await traced.post({ query: '{ nothing }' }, { traceparent });
  const { errors } = (await answer.json()) as { errors: { extensions: { traceId: string } }[] };
  assert.equal(errors[0]!.extensions.traceId, CLIENT.trace);
  assert.equal(await traced.system.end('SIGTERM'), 0);
  assert.deepEqual(traced.collector.spans, []);
});

test('a failing collector fails no request, delays no exit, and is logged once', async () => {
  await using traced = await openTraced({ OTEL_BSP_SCHEDULE_DELAY: '20', DEMO_DATA: 'off' });
  traced.collector.goAway();
  const complaints = () => traced.system.lines.filter((line) => line.includes('the trace collector accepts no traces'));
  await eventually(async () => {
    assert.equal((await traced.post({ query: '{ __typename }' })).status, 200);
    assert.equal(complaints().length, 1);
  });
  for (let n = 0; n < 5; n++) assert.equal((await traced.post({ query: '{ __typename }' })).status, 200);
  assert.equal(await traced.system.end('SIGTERM'), 0);
  assert.equal(complaints().length, 1);
});

test('without a collector a log line still has the trace id of its request', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'traces-'));
  const [port] = (await freePorts(1)) as [number];
  const urls = { DATABASE_URL: `sqlite:${folder.path}`, KAFKA_URL: `sqlite:${folder.path}` };
  const env = { ...urls, PORT: String(port), DEMO_DATA: 'off', LOG_FORMAT: 'json', SLOW_QUERY: '0' };
  const more = { ANSWER_CACHE: 'off', HOST: '127.0.0.1' };
  await using system = spawned('all', ['node', 'infra/start.ts'], { ...env, ...more }, port);
  await system.ready();
  const ask = () =>
    fetch(`${system.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${CLIENT.trace}-${CLIENT.span}-01` },
      body: JSON.stringify({ query: '{ airport(code: "DEL") { guide { summary } } }' }),
    });
  // every statement counts as slow here, so the log samples them
  const line = await eventually(async () => {
    await ask();
    return system.lines.find((one) => one.includes(CLIENT.trace)) ?? false;
  });
  assert.match((JSON.parse(line) as { query: string }).query, /^select /);
});

test('without a collector no tracing code is loaded', async () => {
  await using world = await openWorld();
  const answer = await world.graph('{ airports(first: 1) { edges { node { code } } } }');
  assert.equal(answer.errors, undefined);
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  const recording = /@opentelemetry\/(sdk-trace-node|exporter-trace|instrumentation)/;
  assert.ok(loaded.some((file) => file.includes('@opentelemetry/api')));
  assert.deepEqual(
    loaded.filter((file) => recording.test(file)),
    [],
  );
});
