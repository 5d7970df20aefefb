// Events that are handled together: each continues its own trace, and their shared work is linked to all of them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLog } from '../../infra/logging/log.ts';
import { handOn, inConsumerSpan } from '../../infra/tracing/event-spans.ts';
import { step } from '../../infra/tracing/spans.ts';
import { openTelemetry } from '../../infra/tracing/telemetry.ts';
import { continued, ofEvent, traceIdHere, whereabouts } from '../../infra/tracing/trace.ts';
import { openCollector } from '../kit/collector.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];
const parentOf = (trace: string): string => trace.slice(16);
const ofTrace = (trace: string, orderId: string) => ({
  type: 'order.placed',
  traceparent: `00-${trace}-${parentOf(trace)}-01`,
  data: { orderId },
});
const [first, second, third] = [ofTrace(A, 'ord_1'), ofTrace(B, 'ord_2'), ofTrace(C, 'ord_3')];
const task = { type: 'fare.rebuild', data: {} };

test('without a collector, work without a cause has no trace', async () => {
  const places: object[] = [];
  const ids = new Set<string>();
  for (const events of [[task], [task, task]] as const) {
    await inConsumerSpan('mark-sold-out', events, async () => {
      places.push(whereabouts());
      ids.add(traceIdHere());
    });
  }
  assert.deepEqual(places, [{}, {}]);
  assert.ok(ids.size === 2 && !ids.has('0'.repeat(32)), [...ids].join());
});

describe('events in traces', () => {
  let collector: Awaited<ReturnType<typeof openCollector>>;
  const goOn: (string | undefined)[] = [];
  const handed: (string | undefined)[] = [];
  const placesOf: object[] = [];
  let shared = '';

  before(async () => {
    collector = await openCollector();
    const log = openLog({ level: 'nothing', json: true });
    const telemetry = openTelemetry({ endpoint: collector.url, sampling: 1, service: 'test', log });
    await inConsumerSpan('hold-stock', [first, second, task], async () => {
      shared = traceIdHere();
      await step('update departure', {}, async () => undefined);
      for (const event of [first, second]) {
        goOn.push(continued(event.traceparent));
        await ofEvent(event, async () => placesOf.push(whereabouts()));
      }
    });
    await handOn('relay-outbox', [{ ...first, traceparent: goOn[0]! }], async ([event]) => {
      handed.push(event!.traceparent);
    });
    const failing = inConsumerSpan('notify', [third], () => Promise.reject(new RangeError('asha@example.com')));
    await assert.rejects(failing, { message: 'asha@example.com' }, 'the caller gets the error');
    await telemetry.close();
  });
  after(() => collector[Symbol.asyncDispose]());

  const spanOf = (name: string, trace: string) => {
    const found = collector.spans.find((span) => span.name === name && span.traceId === trace);
    assert.ok(found, `${name} in ${trace}`);
    return found;
  };

  test('consequences of an event are children of its handling, also when several run at once', () => {
    const taken = [A, B].map((trace) => spanOf('hold-stock order.placed', trace));
    assert.deepEqual(
      taken.map(({ parentSpanId }) => parentSpanId),
      [A, B].map(parentOf),
    );
    assert.deepEqual(
      goOn,
      taken.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`),
    );
  });

  test('shared work is a trace of its own, linked to theirs', () => {
    const batch = spanOf('hold-stock batch', shared);
    assert.deepEqual(batch.links, [A, B]);
    assert.equal(spanOf('update departure', shared).parentSpanId, batch.spanId);
    const ofTask = collector.spans.filter(({ name }) => name.includes('fare.rebuild'));
    assert.deepEqual(ofTask, [], 'a task without a trace has no span of its own');
  });

  test('a log line has the trace of its event', () => {
    assert.deepEqual(placesOf, [
      { traceId: A, order: 'ord_1' },
      { traceId: B, order: 'ord_2' },
    ]);
  });

  test('a handler continues the trace of the publisher', () => {
    const { traceId, spanId, parentSpanId } = spanOf('publish order.placed', A);
    assert.equal(parentSpanId, spanOf('hold-stock order.placed', A).spanId);
    assert.deepEqual(handed, [`00-${traceId}-${spanId}-01`]);
  });

  test('an error is recorded by its name alone', () => {
    assert.equal(spanOf('notify order.placed', C).attributes['error.type'], 'RangeError');
    assert.doesNotMatch(collector.text(), /asha/);
  });
});
