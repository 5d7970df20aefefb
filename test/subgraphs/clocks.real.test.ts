// Stores on a database that a process with a wrong clock also writes to: every decision uses the database's time.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type Clock, openClock } from '../../infra/process/clock.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { isRefused } from '../../schema/errors.ts';
import { event } from '../../schema/events.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';
import { openSessions } from '../../subgraphs/account/store/session-store.ts';
import { openAccounts } from '../../subgraphs/account/store/store.ts';
import { accountTables, Session } from '../../subgraphs/account/store/tables.ts';
import { openTries } from '../../subgraphs/account/store/try-store.ts';
import { asked } from '../../subgraphs/order/store/idempotency-store.ts';
import { idOf, openMails } from '../../subgraphs/order/store/mail-store.ts';
import { capture, close } from '../../subgraphs/order/rules/settling.ts';
import { openOrders } from '../../subgraphs/order/store/store.ts';
import { OrderHead, orderTables } from '../../subgraphs/order/store/tables.ts';
import { openRefunds } from '../../subgraphs/payment/store/refund-store.ts';
import { openStarts, type Started } from '../../subgraphs/payment/store/start-store.ts';
import { openPayments } from '../../subgraphs/payment/store/store.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { aPlacing, paymentOf } from '../kit/an-order.ts';
import { anOffer } from '../kit/ordering.ts';

const MINUTE = 60_000;
const offerKeys: SigningKeys = [signingKey(Buffer.alloc(32))];
const log = openLog({ level: 'off', json: true });
const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

const offBy =
  (off: number): Clock =>
  () =>
    new Date(Date.now() + off);

for (const off of [10 * MINUTE, -10 * MINUTE]) {
  const named = off > 0 ? 'ten minutes ahead' : 'ten minutes behind';

  /** One database opened by two processes: one with the right clock, and one whose clock is off. */
  async function openBoth(tables: Tables) {
    const url = new URL(services.mariadb.url);
    url.pathname = `/off${off > 0 ? 'ahead' : 'behind'}`;
    const open = (machine: Clock) =>
      openDatabase(tables, mysql(url.href, tables.database, 'now'), log, { clock: openClock(undefined, machine) });
    const right = await open(offBy(0));
    const wrong = await open(offBy(off));
    return {
      right,
      wrong,
      [Symbol.asyncDispose]: async () => void (await Promise.all([right.close(), wrong.close()])),
    };
  }

  describe(`a process whose clock is ${named} decides by the database's clock`, () => {
    test('of orders: when they are overdue, to be ticketed, and owed a mail', async () => {
      await using db = await openBoth(orderTables);
      const [right, wrong] = [openOrders(db.right, offerKeys), openOrders(db.wrong, offerKeys)];
      const placed = async (orders: typeof right, key: string) => {
        const cause = { by: 'test', address: null };
        const placing = aPlacing(anOffer({ departureId: key }));
        const order = await orders.place(placing, asked('acc_asha', 'placeOrder', key, {}), cause);
        assert.ok(!isRefused(order));
        return order;
      };
      const [byRight, byWrong] = [await placed(right, 'right'), await placed(wrong, 'wrong')];
      assert.ok(Math.abs(byWrong.placedAt - byRight.placedAt) < MINUTE, 'one clock sets when an order is overdue');
      for (const orders of [right, wrong]) {
        assert.deepEqual(await orders.overdue(10), []);
        for (const { id } of [byRight, byWrong]) {
          const answer = await orders.change(id, close, { by: 'test' });
          assert.ok(answer && isRefused(answer), 'no order is closed before it is due');
        }
      }
      await db.right.write((em) => em.nativeUpdate(OrderHead, { id: byRight.id }, { dueAt: Date.now() - 1000 }));
      assert.deepEqual(await wrong.overdue(10), [byRight.id], 'both processes see overdue orders');

      await wrong.change(byWrong.id, (order) => ({ next: { ...order, status: 'AWAITING_PAYMENT' }, events: [], timeline: null }), { by: 'test' }); // prettier-ignore
      await wrong.change(byWrong.id, (order, now) => capture(order, paymentOf(order), now), { by: 'test' });
      for (const orders of [right, wrong]) {
        assert.deepEqual(await orders.dueForTicketing(10), [byWrong.id]);
        assert.equal((await orders.toTicket(byWrong.id))?.id, byWrong.id);
      }

      const mails = { right: openMails(db.right), wrong: openMails(db.wrong) };
      const about = { source: '/order', subject: byWrong.id, sequence: 1, now: new Date() };
      const paid = event('order.paid', about, { orderId: byWrong.id, paymentId: 'pay_1' });
      await mails.wrong.owe('notify', paid, 'PAID');
      const id = idOf({ orderId: byWrong.id, kind: 'PAID', refund: '' });
      assert.deepEqual(await mails.right.due(10), [id]);
      assert.ok(await mails.wrong.claim(id));
      assert.equal(await mails.right.claim(id), null, 'a claim holds for the other process');
      assert.equal(await mails.wrong.claim(id), null, 'and for the process that set it');
    });

    test('of payments: until when an order may be paid, which process opens a payment, and when its state is queried', async () => {
      await using db = await openBoth(paymentTables);
      const payments = { right: openPayments(db.right), wrong: openPayments(db.wrong) };
      const started = async (database: typeof db.right, order: string, left: number) => {
        const payBy = new Date(Date.now() + left).toISOString();
        const about = { source: '/order', subject: order, sequence: 1, now: new Date() };
        const due = { orderId: order, account: 'acc_asha', amount: 100, currency: 'INR', payBy };
        await payments.right.follow('test', event('order.awaiting-payment', about, due));
        return openStarts(database, offerKeys).forOrder(order, 'CARD', {
          account: 'acc_asha',
          key: order,
          traceparent: '',
        });
      };
      const { payment } = (await started(db.wrong, 'ord_in_time', 5 * MINUTE)) as Started;
      assert.equal(payment?.status, 'INITIATED', 'an order that may be paid for five minutes more is paid');
      const late = await started(db.wrong, 'ord_late', -5 * MINUTE);
      assert.ok(isRefused(late) && late.refused === 'NOT_PAYABLE');
      for (const store of [payments.right, payments.wrong]) {
        assert.equal(await store.claim(payment.id), false, 'the process that created the payment opens it');
        assert.deepEqual(await store.due(10), []);
        assert.equal(await store.takeTurn(payment.id, () => 1000), null);
      }
      const refunds = { right: openRefunds(db.right), wrong: openRefunds(db.wrong) };
      const about = { source: '/order', subject: 'ord_in_time', sequence: 2, now: new Date() };
      const intent = { id: 'pi_1', reference: payment.id, status: 'SUCCEEDED' as const, failure: null };
      await payments.wrong.opened(payment.id, { ...intent, captured: { amount: 100, currency: 'INR' } });
      const { amount, currency, id: paymentId } = payment;
      const owed = { orderId: 'ord_in_time', refundId: 'rfd_1', paymentId, amount, currency, because: 'test' };
      await refunds.wrong.owe('test', event('order.refund-due', about, owed));
      assert.deepEqual(await refunds.right.due(10), ['rfd_1']);
      assert.ok(await refunds.wrong.takeTurn('rfd_1'));
      assert.equal(await refunds.wrong.takeTurn('rfd_1'), null);
      assert.equal(await refunds.right.takeTurn('rfd_1'), null);
    });

    test('of accounts: which sessions are valid, and when the next try is allowed', async () => {
      await using db = await openBoth(accountTables);
      const accounts = openAccounts(db.right);
      const password = 'a hash';
      const { id } = (await accounts.open({
        email: 'asha@example.com',
        name: 'Asha',
        password,
        roles: ['TRAVELLER'],
      }))!;
      const sessions = [db.right, db.wrong].map((each) =>
        openSessions(
          each,
          openMemoryCache(() => new Date()),
          log,
        ),
      );
      for (const one of sessions) {
        const begun = (await one.begin({ id, password }))!;
        const left = begun.session.expiresAt - Date.now();
        assert.ok(Math.abs(left - 30 * 24 * 60 * MINUTE) < MINUTE, 'a session lasts thirty days');
        await db.right.write((em) =>
          em.nativeUpdate(Session, { id: begun.session.id }, { expiresAt: Date.now() + 5 * MINUTE }),
        );
        for (const other of sessions) assert.ok(await other.state(begun.session.id));
        await db.right.write((em) => em.nativeUpdate(Session, { id: begun.session.id }, { expiresAt: Date.now() - 1 }));
        for (const other of sessions) assert.equal(await other.state(begun.session.id), null);
      }
      const subjects = [{ name: 'email asha@example.com', most: 1 }];
      const tries = [openTries(db.right), openTries(db.wrong)] as const;
      assert.equal(await tries[0].count(subjects), null);
      const seconds = (await tries[1].count(subjects))!;
      assert.ok(Math.abs(seconds - 15 * 60) < 60, `a try is counted for a quarter of an hour, not for ${seconds} s`);
    });
  });
}
