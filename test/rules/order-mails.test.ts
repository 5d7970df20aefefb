// The texts of the mails about an order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterOf } from '../../subgraphs/order/rules/letters.ts';
import type { WantedTraveller } from '../../subgraphs/order/rules/travellers.ts';
import { aPlaced, inEveryState, NOW } from '../kit/an-order.ts';
import { anOffer, family, forFamily } from '../kit/ordering.ts';

test('the mail with the tickets names the traveller of each ticket beside its link', () => {
  const placed = aPlaced([{ offer: anOffer(forFamily), travellers: family as WantedTraveller[] }]);
  const order = inEveryState(placed).TICKETED;
  const mail = letterOf({ orderId: order.id, kind: 'TICKETED', refund: '' }, order, 'https://fareloom.example', NOW);
  const links = mail!.paragraphs.filter((paragraph) => typeof paragraph !== 'string');
  assert.deepEqual(
    links,
    ['Asha Rao', 'Kabir Rao', 'Mira Rao'].map((name, i) => ({
      words: `Ticket ${order.tickets[i]!.number}, ${name}`,
      url: `https://fareloom.example/tickets/${order.tickets[i]!.token}`,
    })),
  );
});
