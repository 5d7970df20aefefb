// The personal data that an account can export and delete.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { move } from '../../subgraphs/payment/store/wallet-store.ts';
import { eventually } from '../kit/eventually.ts';
import { signedUp } from '../kit/person.ts';
import { contact } from '../kit/ordering.ts';
import { payer } from '../kit/paying.ts';
import { once, paidOrder } from '../kit/ticketing.ts';
import { mailed, sent, VICTIM, visitor } from '../kit/recovery.ts';
import { openWorld } from '../kit/world.ts';

describe('the personal data of an account', () => {
  test('is exported to its owner as JSON, without secrets', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const { accounts } = await world.stores.account();
    const document = { documentKind: null, documentNumber: null, documentCountry: null, documentExpiresOn: null };
    await accounts.addTraveller(asha.id, { name: 'Mira Rao', birthDate: '2025-02-11', ...document });
    const { data } = (await visitor(world).me(asha.headers))!;
    const parsed = JSON.parse(data) as { account: object; sessions: object[]; savedTravellers: { name: string }[] };
    assert.deepEqual(parsed.account, {
      ...{ id: asha.id, email: VICTIM, emailConfirmedAt: null, name: 'Asha Rao', roles: ['TRAVELLER'] },
    });
    assert.equal(parsed.sessions.length, 1);
    assert.deepEqual(
      parsed.savedTravellers.map(({ name }) => name),
      ['Mira Rao'],
    );
    assert.doesNotMatch(data, /argon2|hash/i);
  });

  test('is exported from all orders, with travellers and refunds', async () => {
    await using world = await openWorld();
    const { id, who } = await paidOrder(world);
    type Data = { me: { orderData: string } };
    const { data } = await who.ask<Data>('{ me { orderData } }');
    const parsed = JSON.parse(data.me.orderData) as { orders: Record<string, unknown>[]; cart: unknown[] };
    assert.deepEqual(
      parsed.orders.map((order) => [order['id'], order['contact'], order['total']]),
      [[id, contact, { amount: '3897.00', currency: 'INR' }]],
    );
    assert.match(data.me.orderData, /"name": "Asha Rao"/);
    const { orders } = await world.stores.order();
    const [{ token } = assert.fail()] = (await once(world, id, 'TICKETED')).tickets;
    assert.ok((await orders.byId(id))!.tickets.length);
    const after = (await who.ask<Data>('{ me { orderData } }')).data.me.orderData;
    assert.ok(!after.includes(token), 'no ticket URL, as it grants access to the ticket');
    const ben = await signedUp(world, 'ben@example.com');
    const foreign = await ben.ask<Data>('{ me { orderData } }');
    assert.deepEqual(JSON.parse(foreign.data.me.orderData), { orders: [], cart: [] });
  });

  test('is exported from payments and wallets, without the payment pages', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const own = payer(world, asha);
    const { id, pageUrl } = await own.topUp('500.00');
    assert.ok(pageUrl);
    const { db } = await world.stores.payment();
    const now = new Date('2026-03-24T10:00:00Z');
    const moved = { movement: 'TOP_UP', transaction: id, payment: id, amount: 50_000, now } as const;
    await db.write((em) => move(em, { account: asha.id, currency: 'INR', ...moved })); // as a capture does
    type Data = { me: { paymentData: string } };
    const data = (await own.ask<Data>('{ me { paymentData } }')).data.me.paymentData;
    const { payments, wallets } = JSON.parse(data) as { payments: Record<string, unknown>[]; wallets: unknown[] };
    const amount = { amount: '500.00', currency: 'INR' };
    assert.deepEqual(
      payments.map((each) => [each['id'], each['order'], each['method'], each['amount'], each['captured']]),
      [[id, null, 'CARD', amount, null]],
    );
    const entry = { kind: 'TOP_UP', ...amount, payment: id, at: now.toISOString() };
    assert.deepEqual(wallets, [{ balance: amount, entries: [entry] }]);
    assert.doesNotMatch(data, /http|intent/);
    const ben = await signedUp(world, 'ben@example.com');
    const foreign = await ben.ask<Data>('{ me { paymentData } }');
    assert.deepEqual(JSON.parse(foreign.data.me.paymentData), { payments: [], wallets: [] });
  });

  test('is deleted with the account: mails, codes and devices, including a mail that is being sent', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await openWorld({
      mail: (shipped) => ({
        ...shipped,
        send: async (mail) => {
          if (mail.id.includes('password-reset')) await gate.promise;
          await shipped.send(mail);
        },
      }),
    });
    const asha = await signedUp(world);
    await mailed(world);
    await visitor(world).forgets(VICTIM);
    const { db, accounts } = await world.stores.account();
    await eventually(
      async () => (await db.rows("select hash from account_code where kind = 'PASSWORD_RESET'", [])).length === 1, // the code exists: the mail is being sent
    );
    await accounts.erase(asha.id);
    await eventually(async () => (await sent(world)).length === 0);
    gate.resolve();
    const left = async () =>
      (
        await Promise.all(
          ['account_mail', 'account_code', 'known_device'].map((table) => db.rows(`select * from ${table}`, [])),
        )
      ).flat();
    await eventually(async () => (await left()).length === 0 && (await sent(world)).length === 0);
  });
});
