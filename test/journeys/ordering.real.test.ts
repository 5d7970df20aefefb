// The journeys of an order over real processes: npm run start:apart on MariaDB, Redis and Kafka, checked by npm run
// verify.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Apart, openApart } from '../kit/apart.ts';
import { eventually } from '../kit/eventually.ts';
import { adult } from '../kit/ordering.ts';
import { card } from '../kit/paying.ts';
import { type Customer, customer, payOnPage } from './customer.ts';
import { flightOnSale, offerOf, type OrderingSystem, orderingJourneys } from './ordering.ts';

/** The whole system, one process per service, with an admin who grants roles. */
async function openOrdering(): Promise<OrderingSystem & Apart> {
  const system = await openApart();
  const admin = await customer(system.url, 'Admin');
  await system.run('account', ['node', 'infra/system/commands/administer-accounts.ts', 'grant', admin.email, 'ADMIN']);
  return {
    ...system,
    // a role takes effect within five seconds
    grant: (email, role) =>
      eventually(async () => {
        const grant = 'mutation ($email: String!, $role: Role!) { result: grantRole(email: $email, role: $role) { __typename } }'; // prettier-ignore
        const { __typename } = await admin.ask<{ __typename: string }>(grant, { email, role });
        assert.equal(__typename, 'AccountRoles');
      }),
    async verify() {
      const { code, lines } = await system.command('verify', ['npm', 'run', '--silent', 'verify']);
      return { holds: code === 0, lines };
    },
  };
}

suite('orders, each service in its own process on real servers', () => {
  let system: OrderingSystem & Apart;
  before(async () => (system = await openOrdering()));
  after(() => system[Symbol.asyncDispose]());

  orderingJourneys('from offer to ticket', async () => ({ ...system, [Symbol.asyncDispose]: async () => undefined }));

  test('orders during which every service is killed by kill -9 in turn end with a ticket each, and the seats sold', async (t) => {
    const search = await flightOnSale(system, 4);
    const asha = await customer(system.url, 'Asha Rao');
    const { offerToken } = await offerOf(asha, search);
    const orders = await Promise.all(
      Array.from({ length: 4 }, (_, n) => asha.place(offerToken, [{ ...adult, name: `Traveller ${'ABCD'[n]}` }])),
    );
    await system.kill('hold-stock', 'settle-orders', 'relay-outbox');
    for (const { id } of orders) await payOnPage(await payable(asha, id), card('SUCCESS'));
    await system.kill('order', 'payment', 'follow-orders', 'issue-tickets', 'notify');
    for (const { id } of orders) {
      const { tickets, refunds } = await asha.once(id, 'TICKETED');
      assert.deepEqual([tickets.length, refunds], [1, []]);
    }
    await system.ready();
    assert.deepEqual(await asha.offers(search), []);
    const { holds, lines } = await system.verify();
    assert.ok(holds, lines.join('\n'));
    t.diagnostic(lines.join('\n'));
  });
});

/** The order's payment, once its seats are held. */
async function payable(who: Customer, id: string) {
  await who.once(id, 'AWAITING_PAYMENT');
  return who.startPayment(id);
}
