// The personal data that subgraphs export for its owner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountData } from '../../subgraphs/account/graph/data-export.ts';
import { orderData } from '../../subgraphs/order/graph/data-export.ts';
import { paymentData } from '../../subgraphs/payment/graph/data-export.ts';
import { inEveryState } from '../kit/an-order.ts';

test('exported personal data is JSON with two spaces for each level, so that its owner can read it', () => {
  const account = {
    id: 'acc_1',
    email: 'asha@example.com',
    emailConfirmedAt: null,
    name: 'Asha Rao',
    password: 'x',
    revision: 1,
  };
  const documents = [
    accountData({ ...account, roles: ['TRAVELLER'] }, [], []),
    orderData([inEveryState().TICKETED], null),
    paymentData([], []),
  ];
  assert.deepEqual(
    documents.map((text) => text.slice(0, text.indexOf('"'))),
    documents.map(() => '{\n  '),
  );
  for (const text of documents) assert.equal(text, JSON.stringify(JSON.parse(text), null, 2));
});
