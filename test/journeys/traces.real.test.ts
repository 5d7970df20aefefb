// The trace of an order over real processes, one per service, on MariaDB, Redis and Kafka.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playDemo } from '../../infra/system/demo/demo-journey.ts';
import { openApart } from '../kit/apart.ts';
import { openCollector } from '../kit/collector.ts';
import { assertWayToTicket, assertWhole, told } from './traces.ts';

test('the trace of an order is continuous through all processes, from the request to the ticket', async (t) => {
  await using collector = await openCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, DEMO_DATA: 'on' };
  await using system = await openApart(undefined, [], env);
  const { order } = await playDemo(system.url, new Date(), () => undefined);
  assert.equal(await system.stop(), 0);
  const { traceId } = (order.timeline as unknown as { traceId: string }[])[0]!;
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  assertWayToTicket(spans);
  assertWhole(spans);
  const has = new Set(spans.map(told));
  for (const step of ['gateway: plan', 'gateway: cache get', 'issue-tickets: ticket-issuer issue'])
    assert.ok(has.has(step), step);
  t.diagnostic(`${spans.length} spans of ${new Set(spans.map(({ service }) => service)).size} services`);
});
