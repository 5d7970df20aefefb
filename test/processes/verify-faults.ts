// Faults for verify, planted as new rows, each with the check that must find it.
import { event } from '../../schema/events.ts';
import { NOON } from '../kit/world.ts';

const about = { source: '/fare', subject: 'DEL-BLR', sequence: 1 };
const days = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] } as const;
const changed = (at: string) =>
  JSON.stringify(event('fare.changed', { ...about, now: new Date(at) }, { ...days, dates: [...days.dates] }));
const waits = (...events: string[]) =>
  `insert into outbox (position, event) values ${events.map((text, n) => `(${900 + n}, '${text}')`).join()}`;
const twice = changed(NOON);
const letter = (state: string, settledAt: string | null = null) => `
  insert into dead_letter (id, consumer, lane, state, topic, partition, offset, headers, cause, parked_at, settled_at)
  values ('dlt_${state}', 'g', 'lane', '${state}', 'fares', 0, '1', '{}', 'x', 0, ${settledAt})`;

/** A row whose account does not exist. */
const orphan = (row: string) => `pragma foreign_keys = off; insert into ${row}`;
/** A message that a topic keeps. */
const kept = (value: string) =>
  `insert into message (topic, partition, time, headers, key, value) values ('orders', 0, 0, '{}', 'ord_1', '${value}')`;

/** An order of one traveller at 100, correct except for the given changes, and its hold. */
export function order(
  status: string,
  { payBy = Date.parse(NOON) + 900_000, amount = 100, ticket = '', last = status, refund = '', payment = 'pay_1' } = {},
): string {
  const noon = Date.parse(NOON);
  return `
    insert into order_head (id, number, account, status, version, amount, currency, placed_at, hold_by, pay_by, departs_at, ticketing_tries, payment_id)
      values ('ord_1', 'N1', 'acc_1', '${status}', 1, ${amount}, 'INR', ${noon}, ${noon + 120_000}, ${payBy}, ${noon}, 0,
        ${/PAID|TICKETED|REFUND/.test(status) ? `'${payment}'` : 'null'});
    insert into order_traveller (id, order_id, position, item, type, price) values ('trv_1', 'ord_1', 0, 'itm_1', 'ADULT', 100);
    insert into timeline_entry (order_id, version, step, status, cause, at) values ('ord_1', 1, 'PLACED', '${last}', 'x', ${noon});
    ${ticket && `insert into ticket (id, order_id, traveller, number, token, issued_at) values ('tkt_1', 'ord_1', '${ticket}', '1', 't', ${noon});`}
    ${refund && `insert into order_refund values ('ref_1', 'ord_1', 'pay_1', 100, 'INR', 'x', null, '${refund}');`}`;
}

const held = (state: string) => `insert into hold values ('ord_1', '${state}', 1, '[]');
  insert into hold_line select 'ord_1', id, 1, 0 from departure`;
const paid = { ticket: 'trv_1', refund: 'PAID_BACK' };
const cancelled = (fee: number) => `insert into cancellation values ('can_1', 'ord_1', ${fee}, 0, 0, 0);
  update order_traveller set cancellation = 'can_1'`;

const refunding = `${cancelled(0)}; update cancellation set refund = 100; update order_refund set cancellation = 'can_1'`;

const owed = (amount: number) =>
  `insert into payable (order_id, account, amount, currency, pay_by, state)
    values ('ord_1', 'acc_1', ${amount}, 'INR', ${Date.parse(NOON) + 900_000}, 'DUE');`;

/** A payment of the order that took 100, correct except for the given changes. */
function payment({ status = 'SUCCEEDED', captured = 100, due = 0, back = 0, method = 'CARD', order = "'ord_1'" } = {}) {
  return `insert into payment (id, order_id, account, method, amount, currency, status, captured, captured_currency,
      refund_due, refunded, intent, started_at, asked, claimed_until, version)
    values ('pay_1', ${order}, 'acc_1', '${method}', 100, 'INR', '${status}', ${captured}, ${captured ? "'INR'" : null},
      ${due}, ${back}, 'pi_1', 0, 0, 0, 1);`;
}
const refund = (status: string, tryAt: number | null = null) => `insert into refund (id, payment_id, order_id, amount, currency, because, status, due_since, try_at, failures)
  values ('ref_1', 'pay_1', 'ord_1', 100, 'INR', 'x', '${status}', 0, ${tryAt}, 0);`; // prettier-ignore
const line = (ledger: string, amount: number) =>
  `insert into ledger_entry (transaction_id, ledger, currency, amount, movement, payment_id, entered_at)
    values ('pay_1', '${ledger}', 'INR', ${amount}, 'TOP_UP', 'pay_1', 0);`;
const wallet = (balance: number) => `insert into wallet values ('acc_1', 'INR', ${balance});`;
const webhook = (taken: number) =>
  `insert into webhook_inbox values ('msg_1', 'pay_1', '{"id":"pi_1","status":"SUCCEEDED"}', 0, ${taken});`;
const open = { status: 'PROCESSING', captured: 0 };
const back = { status: 'REFUNDED', due: 100, back: 100 };

/** What is planted, in which database and how; the check that finds it, and the id that it names. */
// prettier-ignore
export const faults: [what: string, database: string, sql: string, check: string, id: RegExp, paymentDatabase?: string][] = [
  ['a sold seat without an order', 'stock', 'update departure set available = 4', 'stock: counters', /dep_/],
  ['a seat sold twice', 'stock', 'update departure set available = -1, sold = 6', 'stock: counters', /dep_/],
  ['a ledger line that is gone', 'stock', 'delete from seat_ledger', 'stock: ledger', /dep_/],
  ['a held seat without a hold', 'stock', 'update departure set held = 1, available = 4', 'stock: holds', /dep_/],
  ['a hold whose seat is free', 'stock', held('HELD'), 'stock: holds', /dep_/],
  ['seats for an order that does not exist', 'stock', held('HELD'), 'holds and orders', /ord_1/],
  ['an overdue order that was not closed', 'order', order('AWAITING_PAYMENT', { payBy: 0 }), 'order: limits', /ord_1/],
  ['an order with a wrong total', 'order', order('PENDING', { amount: 99 }), 'order: amounts', /ord_1/],
  ['a step without a timeline entry', 'order', order('PENDING', { last: 'PAID' }), 'order: timeline', /ord_1/],
  ['a traveller without a ticket', 'order', order('TICKETED'), 'order: tickets', /trv_1/],
  ['a ticket and a refund', 'order', order('REFUNDED', paid), 'order: tickets', /trv_1/],
  ['neither a ticket nor a refund', 'order', order('REFUNDED'), 'order: refunds', /ord_1/],
  ['a refund that was not paid back', 'order', order('REFUNDED', { refund: 'DUE' }), 'order: refunds', /ord_1/],
  ['a paid order that is not being ticketed', 'order', order('PAID'), 'order: ticketing', /ord_1/],
  ['a ticketed order without a payment', 'order', `${order('TICKETED')} update order_head set payment_id = null`, 'order: payment', /ord_1/],
  ['half of the money back', 'order', `${order('REFUNDED', { refund: 'PAID_BACK' })} update order_refund set amount = 50`, 'order: refunds', /ord_1/],
  ['the money back twice', 'order', `${order('REFUNDED', { refund: 'PAID_BACK' })}
    insert into order_refund select 'ref_2', order_id, payment_id, amount, currency, because, null, state from order_refund`, 'order: refunds', /ord_1/],
  ['a ticket of a refunded traveller', 'order', `${order('TICKETED', { ticket: 'trv_1' })} ${cancelled(100)}`, 'order: tickets', /trv_1/],
  ['a ticket without a traveller', 'order', order('TICKETED', { ticket: 'trv_9' }), 'order: tickets', /tkt_1/],
  ['an order that waits for a refund that was paid back', 'order', order('REFUNDING', { refund: 'PAID_BACK' }), 'order: refunds', /ord_1/],
  ['a refund that waits for nothing', 'order', order('REFUNDING', { refund: 'WAITING' }), 'order: refunds', /ord_1/],
  ['a refund that waits for tickets that are void', 'order', `${order('REFUNDING', { refund: 'WAITING' })} ${refunding}`, 'order: cancellations', /can_1/],
  ['money back before the ticket', 'order', `${order('REFUNDING', { refund: 'PAID_BACK' })} ${refunding}; update cancellation set tickets_taken_back_at = null`, 'order: cancellations', /can_1/],
  ['an order that cannot be paid', 'order', order('AWAITING_PAYMENT'), 'orders and what they owe', /ord_1/],
  ['an order that may be paid for less', 'order', order('AWAITING_PAYMENT'), 'orders and what they owe', /ord_1/, owed(99)],
  ['an order that names another payment', 'order', order('TICKETED', { ticket: 'trv_1', payment: 'pay_9' }), 'orders and payments', /ord_1/, payment()],
  ['a traveller without a seat', 'order', order('TICKETED', { ticket: 'trv_1' }), 'travellers and seats', /ord_1/],
  ['a fee above the price', 'order', `${order('REFUNDED')} ${cancelled(101)}`, 'order: cancellations', /can_1/],
  ['a ticket for which there is no money', 'order', order('TICKETED', { ticket: 'trv_1' }), 'money', /ord_1/],
  ['money kept for a closed order', 'order', order('CLOSED'), 'money', /ord_1/, payment()],
  ['money that was paid back and should not be', 'order', order('TICKETED', { ticket: 'trv_1' }), 'money', /ord_1/, payment(back) + refund('PAID_BACK')],
  ['a refund that was never begun', 'order', order('REFUNDING', { refund: 'DUE' }), 'orders and refunds', /ref_1/],
  ['a refund that is refused', 'order', order('REFUNDING', { refund: 'DUE' }), 'orders and refunds', /ref_1/, payment() + refund('REFUSED')],
  ['a refund that only one subgraph has as paid back', 'order', order('REFUNDED', { refund: 'PAID_BACK' }), 'orders and refunds', /ref_1/, payment({ ...back, back: 0 }) + refund('DUE')],
  ['money for an order that does not exist', 'payment', payment(), 'payments and orders', /pay_1/],
  ['a refund that no order asks for', 'payment', refund('PAID_BACK'), 'refunds and orders', /ref_1/],
  ['more refunded than captured', 'payment', payment({ due: 101, back: 101 }), 'payment: refunds', /pay_1/],
  ['a refund that its payment does not count', 'payment', payment() + refund('PAID_BACK'), 'payment: refunds', /pay_1/],
  ['a payment that captured nothing', 'payment', payment({ captured: 0 }), 'payment: states', /pay_1/],
  ['a payment that is not polled', 'payment', payment(open), 'payment: limits', /pay_1/],
  ['a refund that is not being paid back', 'payment', refund('DUE', 0), 'payment: limits', /ref_1/],
  ['money from nowhere', 'payment', line('wallet:acc_1', 100), 'payment: ledger', /pay_1/],
  ['a wallet balance without an entry', 'payment', wallet(100), 'payment: wallets', /acc_1 INR/],
  ['a wallet below zero', 'payment', wallet(-1), 'payment: wallets', /acc_1 INR/],
  ['a wallet that is gone', 'payment', line('wallet:acc_1', 100), 'payment: wallets', /acc_1 INR/],
  ['a top-up that did not arrive', 'payment', payment({ order: 'null' }), 'payment: wallet movements', /pay_1/],
  ['an order that was paid from no wallet', 'payment', payment({ method: 'WALLET' }), 'payment: wallet movements', /pay_1/],
  ['a handled webhook without a payment', 'payment', webhook(1), 'payment: webhooks', /msg_1/],
  ['a handled webhook without an effect', 'payment', payment(open) + webhook(1), 'payment: webhooks', /msg_1/],
  ['a webhook that waits for an existing payment', 'payment', payment() + webhook(0), 'payment: webhooks', /msg_1/],
  ['an order that may be paid and has no seat', 'order', order('AWAITING_PAYMENT'), 'orders and holds', /ord_1/],
  ['an event that is not published', 'fare', waits(changed('2026-03-01T11:58:00Z')), 'fare: outbox', /position 900/],
  ['an unreadable event', 'fare', waits('{}'), 'fare: outbox', /position 900/],
  ['an event that waits twice', 'fare', waits(twice, twice), 'fare: outbox, once', /position 901/],
  ['a mark from the future', 'stock', "insert into inbox values ('c', 'e', 4102444800000)", 'stock: inbox', /c e/],
  ['an expired mark', 'stock', "insert into inbox values ('c', 'e', 1000)", 'stock: inbox', /c e/],
  ['a session of an account that is gone', 'account', orphan("session values ('ses_1', 'acc_1', '', '', null, 0, 0, 0)"), 'account: personal data', /ses_1/],
  ['a code of an account that is gone', 'account', orphan("account_code values ('hash_1', 'acc_1', 'PASSWORD_RESET', 'asha@example.com', 0)"), 'account: personal data', /hash_1/],
  ['a mail to an account that is gone', 'account', orphan("account_mail values ('mail_1', 'acc_1', 'PASSWORD_CHANGED', 'asha@example.com', 4102444800000, 0)"), 'account: personal data', /mail_1/],
  ['a mail that is not being sent', 'account', "insert into account_mail values ('mail_1', null, 'PASSWORD_RESET', 'asha@example.com', 0, 0)", 'account: mails', /mail_1/],
  ['a device of an account that is gone', 'account', orphan("known_device values ('hash_1', 'acc_1', 0)"), 'account: personal data', /hash_1/],
  ['a saved traveller of an account that is gone', 'account', orphan("saved_traveller values ('trv_1', 'acc_1', 'Asha', '1990-05-17', null, null, null, null)"), 'account: personal data', /trv_1/],
  ['a contact of an account that is gone', 'order', `${order('PENDING')} update order_head set email = 'asha@example.com'`, 'accounts and orders: personal data', /ord_1/],
  ['a telephone number of an account that is gone', 'order', `${order('PENDING')} update order_head set phone = '+91 98765 43210'`, 'accounts and orders: personal data', /ord_1/],
  ['a name of an account that is gone', 'order', `${order('PENDING')} update order_traveller set person = '{"name":"Asha"}'`, 'accounts and orders: personal data', /ord_1/],
  ['an idempotency key of an account that is gone', 'order', `${order('PENDING')} insert into idempotency_key values ('acc_1', 'placeOrder', 'k', 'h', 'ord_1', 0)`, 'accounts and orders: personal data', /ord_1/],
  ['a cart of an account that is gone', 'order', "insert into cart values ('crt_1', 'acc_1', 0)", 'accounts and carts: personal data', /acc_1$/],
  ['an event that waits and names a person', 'order', waits('{"data":{"contact":{"email":"x"}}}'), 'order: personal data in events', /position 900: data.contact/],
  ['an event of an account that names a person', 'account', waits('{"data":{"accountId":"acc_1","name":"Asha"}}'), 'account: personal data in events', /position 900: data.name/],
  ['a message that names a person', 'bus', kept('{"data":{"orderId":"ord_1","travellers":[]}}'), 'topics: personal data', /orders \d+: data.travellers/],
  ['a message with an email address in its text', 'bus', kept('{"data":{"because":"asha@example.com"}}'), 'topics: personal data', /orders \d+: data.because/],
  ['a settled dead letter that names a person', 'workers', `${letter('DISCARDED', '1')}; update dead_letter set value = '{"data":{"birthDate":"1990-05-17"}}'`, 'dead letters: personal data', /dlt_DISCARDED: data.birthDate/],
  ['an unreadable dead letter with an email address', 'workers', `${letter('DISCARDED', '1')}; update dead_letter set value = 'to asha@example.com'`, 'dead letters: personal data', /dlt_DISCARDED: an email address/],
  ['a dead letter', 'workers', letter('DEAD'), 'dead letters', /dlt_DEAD/],
  ['a replay that is not being done', 'workers', letter('REPLAYING'), 'dead letters: replays', /dlt_REPLAYING/],
  ['one that waits behind nothing', 'workers', letter('BEHIND'), 'dead letters: replays', /dlt_BEHIND/],
  ['one that is over and was not settled', 'workers', letter('REPLAYED'), 'dead letters: states', /dlt_REPLAYED/],
];
