// A worker that consumes events and also polls for due work starts nothing new while it stops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus } from '../../infra/messaging/bus.ts';
import { openLog } from '../../infra/logging/log.ts';
import { startIssueTickets } from '../../workers/issue-tickets.ts';
import { startNotify } from '../../workers/notify.ts';
import { startRefundPayments } from '../../workers/refund-payments.ts';
import { gate } from '../contracts/bus.ts';

const log = openLog({ level: 'off', json: true });
const LOOKS = 200; // ms; the polling interval of each

type Rest<Start extends (worker: never) => unknown> = Parameters<Start>[0];

/** Each worker, with `look` as its query for due work. */
const workers: Readonly<Record<string, (bus: Bus, look: () => Promise<string[]>) => Promise<() => Promise<void>>>> = {
  'issue-tickets': (bus, look) =>
    startIssueTickets({ bus, log, orders: { dueForTicketing: look } } as unknown as Rest<typeof startIssueTickets>),
  notify: (bus, look) =>
    startNotify({ bus, log, now: () => new Date(), mails: { due: look } } as unknown as Rest<typeof startNotify>),
  'refund-payments': (bus, look) =>
    startRefundPayments({ bus, log, refunds: { due: look } } as unknown as Rest<typeof startRefundPayments>),
};

for (const [name, start] of Object.entries(workers)) {
  test(`${name} stops polling while it waits for a partner to finish the work in hand`, async () => {
    const inHand = gate();
    const bus = { subscribe: async () => inHand.pass } as unknown as Bus;
    let looks = 0;
    const stop = await start(bus, async () => {
      looks++;
      return [];
    });
    await wait(1);
    const stopped = stop();
    await inHand.reached;
    const before = looks;
    await wait(2 * LOOKS); // nothing may happen in this time
    assert.equal(looks, before);
    inHand.open();
    await stopped;
  });
}
