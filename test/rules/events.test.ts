// Encoding and decoding of events: a sent event is read back unchanged, and anything else is refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { personalIn } from '../../infra/system/checks/audit-personal.ts';
import { event, type Event, eventTypes, parseEvent, type Payload, topics } from '../../schema/events.ts';

const NOW = new Date('2026-03-01T12:00:00.123Z');
const about = { source: '/fare', subject: 'DEL-BLR', sequence: 7, now: NOW };
const days: Payload<'fare.changed'> = {
  origin: 'DEL',
  destination: 'BLR',
  cabin: 'ECONOMY',
  currency: 'INR',
  dates: ['2026-03-24', '2028-02-29'],
};
const departure = {
  id: 'dep_1',
  carrier: '6E',
  flightNumber: null,
  origin: 'DEL',
  destination: 'BLR',
  departs: '2026-03-24T22:20',
  cabin: 'ECONOMY',
  capacity: null,
} as const;

const orderId = 'ord_1';
const seats = [{ departureId: 'dep_1', seats: 2 }];
const due = { orderId, account: 'acc_1', amount: 779_400, currency: 'INR', payBy: '2026-03-01T12:15:00.000Z' };
const bought = {
  number: '0X4-7QK-M2D',
  flights: [
    {
      ...{ carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR' },
      departure: '2026-03-24T22:20:00+05:30',
    },
  ],
};
const refund = { orderId, refundId: 'ref_1', paymentId: 'pay_1', amount: 779_400, currency: 'INR' };

const samples: { [T in keyof typeof eventTypes]: Payload<T> } = {
  'operations.used': {
    operations: [{ operation: 'a1', operationName: 'Search', text: '{ a }', coordinates: ['Query.a'] }],
    counts: [{ operation: 'a1', client: 'web', clientVersion: '1.2', count: 3 }],
  },
  'fare.changed': days,
  'fare.rebuild': days,
  'departure.scheduled': { departures: [departure, { ...departure, id: 'dep_2', flightNumber: '1', capacity: 0 }] },
  'order.placed': { ...due, seats },
  'order.awaiting-payment': { ...due, bought },
  'order.rejected': { orderId, because: 'SOLD_OUT' },
  'order.paid': { orderId, paymentId: 'pay_1' },
  'order.ticketed': { orderId },
  'order.closing': { orderId, because: 'UNPAID' },
  'order.closed': { orderId },
  'order.tickets-cancelled': { orderId, cancellationId: 'can_1' },
  'order.refund-due': { ...refund, because: 'CANCELLED' },
  'order.seats-given-back': { orderId, returnId: 'can_1', seats },
  'order.refunded': { orderId },
  'stock.held': { orderId },
  'stock.refused': { orderId, because: 'SOLD_OUT', departures: ['dep_1'] },
  'stock.released': { orderId },
  'stock.returned': { orderId, returnId: 'can_1' },
  'stock.low': { departureId: 'dep_1', available: 3 },
  'stock.sold-out': { departureId: 'dep_1', origin: 'DEL', destination: 'BLR' },
  'stock.back-on-sale': { departureId: 'dep_1', origin: 'DEL', destination: 'BLR' },
  'payment.captured': {
    ...{ paymentId: 'pay_1', orderId, amount: 779_400, currency: 'INR', method: 'CARD' as const },
    at: '2026-03-01T12:00:00.123Z',
  },
  'payment.failed': { paymentId: 'pay_1', orderId, because: 'DECLINED' },
  'payment.refunded': refund,
  'account.deleted': { accountId: 'acc_1' },
};
const types = Object.keys(samples) as (keyof typeof samples)[];

describe('an event', () => {
  for (const type of types) {
    test(`${type} is read as it was made, and its topic is a declared one`, () => {
      const made = event(type, about, samples[type]);
      assert.deepEqual(parseEvent(JSON.stringify(made)), made);
      assert.ok(eventTypes[type].topic in topics);
    });
  }

  test('has the attributes that CloudEvents requires, and a unique id that sorts by time', () => {
    const { id, data: _, ...envelope } = event('fare.changed', about, days);
    assert.match(id, /^evt_[0-9a-z]{26}$/);
    assert.notEqual(event('fare.changed', about, days).id, id);
    assert.deepEqual(envelope, {
      specversion: '1.0',
      source: '/fare',
      type: 'fare.changed',
      subject: 'DEL-BLR',
      time: '2026-03-01T12:00:00.123Z',
      sequence: 7,
      schemaversion: 1,
    });
  });

  test('may carry a trace, and keeps it', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced: Event = { ...event('fare.changed', about, days), traceparent };
    assert.equal(parseEvent(JSON.stringify(traced)).traceparent, traceparent);
  });
});

describe('an invalid event', () => {
  for (const text of ['', 'text', '{', 'null', '[]', '5', '{}']) {
    test(`is in ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseEvent(text), /not JSON|not an event/);
    });
  }

  const good = event('fare.changed', about, days);
  for (const [what, change, message] of [
    ['another specification', { specversion: '0.3' }, /not an event[^]*specversion/],
    ['no id', { id: '' }, /not an event[^]*id/],
    ['no subject', { subject: undefined }, /not an event[^]*subject/],
    ['an undeclared type', { type: 'fare.lost' }, /not an event[^]*type/],
    ['a type that is a property of every object', { type: 'toString' }, /not an event[^]*type/],
    ['half a sequence', { sequence: 0.5 }, /not an event[^]*sequence/],
    ['a negative sequence', { sequence: -1 }, /not an event[^]*sequence/],
    ['a future version', { schemaversion: 2 }, /fare\.changed has version 2; this consumer knows 1/],
    ['no payload', { data: undefined }, /not an event[^]*data/],
    ['the payload of another type', { data: samples['departure.scheduled'] }, /bad fare\.changed[^]*origin/],
  ] as [string, object, RegExp][]) {
    test(`with ${what} is refused, and the error says so`, () => {
      assert.throws(() => parseEvent(JSON.stringify({ ...good, ...change })), message);
    });
  }

  for (const [what, change] of [
    ['an airport in lower case', { origin: 'del' }],
    ['an unknown cabin', { cabin: 'ROOF' }],
    ['an unknown currency', { currency: 'rupee' }],
    ['no dates', { dates: [] }],
    ['a day that does not exist', { dates: ['2026-02-30'] }],
    ['more than 500 dates', { dates: Array.from({ length: 501 }, () => '2026-03-24') }],
  ] as const) {
    test(`with ${what} in its payload is refused`, () => {
      for (const type of ['fare.changed', 'fare.rebuild'] as const) {
        const sent = { ...event(type, about, days), data: { ...days, ...change } };
        assert.throws(() => parseEvent(JSON.stringify(sent)), new RegExp(`^Error: bad ${type.replace('.', '\\.')}`));
      }
    });
  }

  for (const [what, change] of [
    ['half a seat', { capacity: 0.5 }],
    ['a negative number of seats', { capacity: -1 }],
    ['more seats than any aircraft', { capacity: 1001 }],
    ['no id', { id: undefined }],
  ] as const) {
    test(`that schedules a departure with ${what} is refused`, () => {
      const sent = { ...event('departure.scheduled', about, samples['departure.scheduled']) };
      const text = JSON.stringify({ ...sent, data: { departures: [{ ...departure, ...change }] } });
      assert.throws(() => parseEvent(text), /bad departure\.scheduled/);
    });
  }
});

/** Every field that a payload may have, at any depth. Before you add one: can it identify a person? */
const IMPERSONAL = [
  ...['orderId', 'paymentId', 'refundId', 'cancellationId', 'returnId', 'departureId', 'accountId', 'account', 'id'],
  ...['origin', 'destination', 'cabin', 'carrier', 'flightNumber', 'currency', 'method', 'because'],
  ...['amount', 'available', 'capacity', 'seats', 'at', 'payBy', 'departs', 'dates', 'departures'],
  ...['bought', 'number', 'flights', 'departure'],
  ...['operations', 'operation', 'operationName', 'text', 'coordinates', 'counts', 'client', 'clientVersion', 'count'], // no values
];

test('no event can carry personal data: every field of every payload is an id, a code, an amount or a time', () => {
  const fieldsOf = (schema: unknown): string[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> };
    return [...Object.keys(properties), ...[...Object.values(properties), ...Object.values(rest)].flatMap(fieldsOf)];
  };
  for (const [type, { payload }] of Object.entries(eventTypes)) {
    const fields = fieldsOf(z.toJSONSchema(payload, { io: 'input', unrepresentable: 'any' }));
    assert.ok(fields.length, type);
    assert.deepEqual(
      fields.filter((field) => !IMPERSONAL.includes(field)),
      [],
      type,
    );
  }
});

test('an order event of release 0.1.0, which lacks the purchased items, is accepted as awaiting payment', () => {
  const { data } = parseEvent(JSON.stringify(event('order.awaiting-payment', about, due)));
  assert.deepEqual(data, due);
});

test('fields that the reader does not declare are dropped from an event', () => {
  const sent = event('account.deleted', about, { accountId: 'acc_1' });
  const text = JSON.stringify({ ...sent, data: { ...sent.data, email: 'asha@example.com' } });
  assert.deepEqual(parseEvent(text).data, { accountId: 'acc_1' });
});

test('personal data in a message is detected by field name and by format, at any depth', () => {
  for (const [text, where] of [
    ['{"data":{"orderId":"ord_1","because":"SOLD_OUT"}}', null],
    ['{"data":{"contact":null}}', null],
    ['{"data":{"seats":[{"Name":"Asha"}]}}', 'data.seats.0.Name'],
    ['{"data":{"birthDate":"1990-05-17"}}', 'data.birthDate'],
    ['{"data":{"because":"asha.rao@example.com said so"}}', 'data.because (an email address)'],
    ['"asha@example.com"', 'the text (an email address)'],
    ['not JSON, asha@example.com', 'an email address'],
    ['not JSON @ all', null],
  ] as const)
    assert.equal(personalIn(text), where, text);
});
