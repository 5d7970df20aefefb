// A ticket's documents, which anyone with their address can read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { once, paidOrder } from '../kit/ticketing.ts';
import { openWorld, type World } from '../kit/world.ts';

const get = (world: World, url: string) => world.gateway.inject({ method: 'GET', url });

interface Shown {
  number: string;
  status: string;
  traveller: { name: string };
  pageUrl: string;
  pdfUrl: string;
  issuedAt: string;
}

async function ticketed(world: World) {
  const { id, who } = await paidOrder(world);
  await once(world, id, 'TICKETED');
  const { data } = await who.ask<{ order: { tickets: Shown[] } }>(
    'query ($id: ID!) { order(id: $id) { tickets { number status traveller { name } pageUrl pdfUrl issuedAt } } }',
    { id },
  );
  return { id, ticket: data.order.tickets[0]! };
}

const pathOf = (url: string): string => new URL(url).pathname;

test('the order shows each ticket with the addresses of its page and its PDF', async () => {
  await using world = await openWorld({ env: { PUBLIC_URL: 'https://fareloom.example' } });
  const { ticket } = await ticketed(world);
  assert.deepEqual([ticket.status, ticket.traveller.name], ['ISSUED', 'Asha Rao']);
  assert.match(ticket.pageUrl, /^https:\/\/fareloom\.example\/tickets\/[\w-]{32}$/);
  assert.equal(ticket.pdfUrl, `${ticket.pageUrl}.pdf`);
});

test('a ticket is a page and a PDF that no cache may store and that load no other resources', async () => {
  await using world = await openWorld();
  const { ticket } = await ticketed(world);
  const page = await get(world, pathOf(ticket.pageUrl));
  assert.equal(page.statusCode, 200);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.match(page.body, new RegExp(`${ticket.number}[^]*Delhi to Bengaluru`));
  const pdf = await get(world, pathOf(ticket.pdfUrl));
  assert.equal(pdf.headers['content-type'], 'application/pdf');
  assert.match(pdf.body, /^%PDF-/);
  for (const { headers } of [page, pdf]) {
    assert.equal(headers['cache-control'], 'private, no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(String(headers['content-security-policy']), /^default-src 'none';.*frame-ancestors 'none'/);
  }
});

test('an address that was never issued is not found, whatever its form', async () => {
  await using world = await openWorld();
  await ticketed(world);
  const wrong = ['x'.repeat(32), `${'x'.repeat(32)}.pdf`, 'x', '%00', '..%2f..%2fetc', "'or'1'='1", 'x'.repeat(5000)];
  for (const address of wrong) {
    const { statusCode, body, headers } = await get(world, `/tickets/${address}`);
    assert.ok([404, 414].includes(statusCode), `${address.slice(0, 40)}: ${statusCode}`);
    if (String(headers['content-type']).startsWith('text/html')) assert.match(body, /No such ticket/);
  }
});

test('the ticket of a cancelled traveller says that it is void', async () => {
  await using world = await openWorld();
  const { id, ticket } = await ticketed(world);
  const { orders } = await world.stores.order();
  await orders.change(id, (order, now) => cancel(order, null, null, now), { by: 'test' });
  assert.match((await get(world, pathOf(ticket.pageUrl))).body, /This ticket is void/);
});

test('while the order subgraph is unavailable a ticket is 503, not 404', async () => {
  let away = false;
  await using world = await openWorld({
    between: (name, call) => async (request) => {
      if (away && name === 'order') throw new Error('away');
      return call(request);
    },
  });
  const { ticket } = await ticketed(world);
  away = true;
  const { statusCode, headers, body } = await get(world, pathOf(ticket.pageUrl));
  assert.deepEqual([statusCode, headers['retry-after']], [503, '5']);
  assert.doesNotMatch(body, /Error|order subgraph|at /);
});
