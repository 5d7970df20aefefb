// A worker that consumes events and also polls for due work starts nothing new while it stops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus } from '../../infra/messaging/bus.ts';
import { openLog } from '../../infra/logging/log.ts';
import { issueTickets } from '../../workers/issue-tickets.ts';
import { notify } from '../../workers/notify.ts';
import { refundPayments } from '../../workers/refund-payments.ts';
import { startWorker } from '../kit/parts.ts';
import { gate } from '../contracts/bus.ts';

const log = openLog({ level: 'off', json: true });
const LOOKS = 200; // ms; the polling interval of each

/** A partner that no test asks. */
const partner = () => null as never;

/** Each worker, with `look` as its query for due work. */
const workers: Readonly<Record<string, (bus: Bus, look: () => Promise<string[]>) => Promise<() => Promise<void>>>> = {
  'issue-tickets': (bus, look) =>
    startWorker(issueTickets, { orders: { dueForTicketing: look } }, { bus, log, ticketIssuer: partner }),
  notify: (bus, look) =>
    startWorker(notify, { mails: { due: look } }, { bus, log, now: () => new Date(), mail: partner() }),
  'refund-payments': (bus, look) =>
    startWorker(refundPayments, { refunds: { due: look } }, { bus, log, paymentProvider: partner }),
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
