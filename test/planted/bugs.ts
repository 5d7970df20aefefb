// Planted bugs, one at a time, and the test that must catch each: a suite that stays green with a bug proves nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Bug {
  name: string;
  /** The file to change, relative to the root. */
  file: string;
  /** The original source, which must occur exactly once. */
  find: string;
  /** The source with the bug. */
  replace: string;
  /** The test file that must fail, and which of its tests are run. */
  caughtBy: { file: string; tests?: string };
}

export const root = join(import.meta.dirname, '../..');

/** The file's source with the bug. Throws where the place for it does not occur exactly once. */
export function withBug({ name, file, find, replace }: Bug): string {
  const parts = readFileSync(join(root, file), 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`${file} has the place for "${name}" ${parts.length - 1} times, not once.`);
  return parts.join(replace);
}

export const bugs: readonly Bug[] = [
  {
    name: 'no inbox',
    file: 'infra/database/inbox.ts',
    find: 'for (const { event } of marks) byId.delete(event);',
    replace: 'await em.nativeDelete(InboxMark, { consumer, event: { $in: marks.map(({ event }) => event) } });',
    caughtBy: { file: 'test/contracts/database.test.ts', tests: 'applies each event once' },
  },
  {
    name: 'publish before commit',
    file: 'infra/database/database.ts',
    find: 'const result = await whole(() => orm.em.fork().transactional(dying(timed)), adapter.mayRepeat);',
    replace: `const failures: unknown[] = [];
      const tried = (em: EntityManager) => timed(em).catch((error) => void failures.push(error));
      const result = (await whole(() => orm.em.fork().transactional(tried), adapter.mayRepeat)) as never;
      if (failures.length) for (const listener of listeners) listener();
      if (failures.length) throw failures[0];`,
    caughtBy: { file: 'test/workers/relay-outbox.test.ts', tests: 'rolled back' },
  },
  {
    name: 'deleted before it is published',
    file: 'workers/engine/relay.ts',
    find: "    failpoint('before-publish');",
    replace: "    await db.write((em) => forget(em, positions));\n    failpoint('before-publish');",
    caughtBy: { file: 'test/workers/relay-outbox.test.ts', tests: 'while the bus fails' },
  },
  {
    name: 'offset before effect',
    file: 'infra/messaging/bus.embedded.ts',
    find: 'await member.handle(batch);\n    messages.finish(lane, lastOf(batch));',
    replace: 'messages.finish(lane, lastOf(batch));\n    await member.handle(batch);',
    caughtBy: { file: 'test/contracts/bus.test.ts', tests: 'comes again, before' },
  },
  {
    name: 'lease ignored',
    file: 'infra/database/lease.ts',
    find: 'if (await step(em, { $or: [{ holder: null }, { holder: me }] })) return true;',
    replace: 'if (await step(em, {})) return true;',
    caughtBy: { file: 'test/workers/relay-lease.test.ts', tests: 'keeps the lease' },
  },
  {
    name: 'poison stops its partition',
    file: 'workers/engine/consume.ts',
    find: '      if (stopping.signal.aborted || isOutage(cause)) throw cause;\n      const [first,',
    replace: '      if (Date.now() > 0) throw cause;\n      const [first,',
    caughtBy: { file: 'test/contracts/dead-letters.test.ts', tests: 'all other keys continue' },
  },
  {
    name: 'nothing waits behind a dead letter',
    file: 'workers/engine/consume.ts',
    find: 'if (delivery.key !== null && held.has(lane)) lost',
    replace: 'if (delivery.key === lane) lost',
    caughtBy: { file: 'test/contracts/dead-letters.test.ts', tests: 'all other keys continue' },
  },
  {
    name: 'a replay is not compared and swapped',
    file: 'subgraphs/operations/store/dead-letter-store.ts',
    find: '{ id, state: { $in: from } }',
    replace: '{ id }',
    caughtBy: { file: 'test/contracts/dead-letters.test.ts', tests: 'done once' },
  },
  {
    name: 'a second capacity overwrites the first',
    file: 'subgraphs/stock/store/store.ts',
    find: 'filed: false, held: 0, sold: 0 };',
    replace: 'held: 0, sold: 0 };',
    caughtBy: { file: 'test/workers/open-departures.test.ts', tests: 'the first capacity filed stands' },
  },
  {
    name: 'no available >= guard',
    file: 'subgraphs/stock/rules/hold.ts',
    find: 'available < line.seats',
    replace: 'available < -line.seats',
    caughtBy: { file: 'test/subgraphs/holds.test.ts', tests: 'never sold twice' },
  },
  {
    name: 'hold after release accepted',
    file: 'subgraphs/stock/rules/hold.ts',
    find: "if (hold) return refuse(isOver(hold) ? 'RELEASED_BEFORE' : 'ALREADY_HELD');",
    replace: "if (hold && !isOver(hold)) return refuse('ALREADY_HELD');",
    caughtBy: { file: 'test/rules/hold.test.ts' },
  },
  {
    name: 'a seat returned twice',
    file: 'subgraphs/stock/rules/hold.ts',
    find: "if (hold?.returns.includes(returnId)) return refuse('RETURNED_BEFORE');",
    replace: '',
    caughtBy: { file: 'test/subgraphs/holds.test.ts', tests: 'come back in parts' },
  },
  {
    name: 'close without CAS',
    file: 'workers/close-orders.ts',
    find: 'orders.change(id, close, { by: NAME }),',
    replace: `orders
        .byId(id)
        .then((seen) => orders.change(id, (_, now) => close(seen!, now), { by: NAME })),`,
    caughtBy: { file: 'test/workers/close-orders.test.ts', tests: 'close each of them once' },
  },
  {
    name: 'webhook amount not checked',
    file: 'subgraphs/order/rules/settling.ts',
    find: 'const exact = payment.amount === order.amount && ',
    replace: 'const exact = ',
    caughtBy: { file: 'test/rules/order.test.ts', tests: 'a late, wrong or second capture is refunded in full, once' },
  },
  {
    name: 'refund twice',
    file: 'subgraphs/order/rules/settling.ts',
    find: 'const known = order.paymentId === paymentId || order.refunds.some((refund) => refund.paymentId === paymentId);',
    replace: 'const known = false;',
    caughtBy: { file: 'test/rules/order.test.ts', tests: 'a late, wrong or second capture is refunded in full, once' },
  },
  {
    name: 'a refund noted twice',
    file: 'subgraphs/payment/store/refund-store.ts',
    find: "if (refund.status !== 'DUE') return;",
    replace: '',
    caughtBy: { file: 'test/contracts/payment-races.test.ts', tests: 'is paid once' },
  },
  {
    name: 'two infants with one adult',
    file: 'schema/terms/fare-words.ts',
    find: 'if (INFANT > ADULT)',
    replace: 'if (INFANT > 2 * ADULT)',
    caughtBy: { file: 'test/rules/cancellation.test.ts', tests: 'two infants' },
  },
  {
    name: 'mails without back-off',
    file: 'subgraphs/order/store/mail-store.ts',
    find: 'doubledPause(FIRST_PAUSE, mail.tries, LONGEST_PAUSE)',
    replace: 'FIRST_PAUSE',
    caughtBy: { file: 'test/subgraphs/mails.test.ts', tests: 'twice as long' },
  },
  {
    name: 'a second mail of a kind',
    file: 'subgraphs/order/store/mail-store.ts',
    find: 'if (await em.count(OrderMail, key)) return;',
    replace: 'await em.nativeDelete(OrderMail, key);',
    caughtBy: { file: 'test/subgraphs/mails.test.ts', tests: 'cause one mail for an order' },
  },
  {
    name: 'no pause for a due row that stays due',
    file: 'workers/engine/poll-due.ts',
    find: 'const isNew = ids.some((id) => !last.has(id));',
    replace: 'const isNew = ids.length > 0;',
    caughtBy: { file: 'test/workers/poll-due.test.ts', tests: 'after the pause' },
  },
  {
    name: 'seats that are being held are not counted',
    file: 'subgraphs/order/rules/unpaid.ts',
    find: "['PENDING', 'AWAITING_PAYMENT', 'CLOSING']",
    replace: "['AWAITING_PAYMENT']",
    caughtBy: { file: 'test/subgraphs/unpaid-seats.test.ts', tests: 'forty orders of one account' },
  },
];
