// Invalid searches: one refusal that names the argument, what is wrong and what is allowed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { aFare, openWorld, type World } from '../kit/world.ts';

const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
/** Queries both subgraphs that check the search. */
const SHOPPING = `query($input: ShoppingInput!, $first: Int, $after: String, $sort: OfferSort) { shopping(input: $input) {
  price { total { amount } }
  offers(first: $first, after: $after, sort: $sort) { pageInfo { endCursor } edges { node { id } } }
  travel { airport { code } }
} }`;

let world: World;
before(async () => {
  world = await openWorld(); // 1 March 2026, 17:30 in Delhi
  await world.file([aFare(), aFare({ flightNumber: '2' })]);
});
after(() => world[Symbol.asyncDispose]());

const travellers = (...counts: [type: string, count: number][]) => ({ travellers: counts.map(([type, count]) => ({ type, count })) }); // prettier-ignore

describe('a search is refused', () => {
  for (const [what, change, argument, message] of [
    ['from an unknown airport', { origin: 'QQQ' }, 'origin', /QQQ; give the IATA code of one/],
    ['to an unknown airport', { destination: 'QQQ' }, 'destination', /QQQ; give the IATA code of one/],
    ['to where it starts', { destination: 'DEL' }, 'destination', /the origin DEL; give another/],
    [
      'on a day that is past',
      { departureDate: '2026-02-28' },
      'departureDate',
      /2026-02-28 is past .* give 2026-03-01 to 2027-02-25/,
    ],
    [
      '362 days ahead',
      { departureDate: '2027-02-26' },
      'departureDate',
      /more than 361 days ahead; give 2026-03-01 to 2027-02-25/,
    ],
    ['without travellers', { travellers: [] }, 'travellers', /0 travellers .* 1 to 9 are allowed/],
    ['for none of a type', travellers(['ADULT', 1], ['CHILD', 0]), 'travellers', /0 of CHILD .* at least 1/],
    ['for a negative number of travellers', travellers(['ADULT', -1]), 'travellers', /-1 of ADULT .* at least 1/],
    ['for a billion', travellers(['ADULT', 1e9]), 'travellers', /1000000000 travellers .* 1 to 9 are allowed/],
    ['for ten', travellers(['ADULT', 6], ['CHILD', 4]), 'travellers', /10 travellers .* 1 to 9 are allowed/],
    ['for infants alone', travellers(['INFANT', 1]), 'travellers', /at least one ADULT/],
    [
      'for more infants than adults',
      travellers(['ADULT', 1], ['INFANT', 2]),
      'travellers',
      /one INFANT for each ADULT/,
    ],
  ] as [string, object, string, RegExp][]) {
    // prettier-ignore
    test(`${what}: once, though two subgraphs check it, and ${argument} is named`, async () => {
      const { status, data, errors } = await world.graph(SHOPPING, { input: { ...input, ...change } });
      assert.equal(status, 200);
      assert.deepEqual(data, { shopping: null });
      assert.equal(errors?.length, 1);
      const [error] = errors;
      assert.equal(error!.extensions['code'], 'BAD_USER_INPUT');
      assert.equal(error!.extensions['argument'], `input.${argument}`);
      assert.deepEqual(error!.path, ['shopping']);
      assert.ok(error!.message.startsWith(`input.${argument}: `), error!.message);
      assert.match(error!.message, message);
    });
  }

  test('with all its faults in one error', async () => {
    const bad = { origin: 'QQQ', destination: 'QQQ', departureDate: '2020-01-01', travellers: [] };
    const { errors } = await world.graph(SHOPPING, { input: bad });
    assert.equal(errors?.length, 1);
    const { faults } = errors[0]!.extensions as { faults: { argument: string }[] };
    assert.deepEqual(
      faults.map(({ argument }) => argument.replace('input.', '')),
      ['origin', 'destination', 'departureDate', 'travellers'],
    );
  });

  for (const [what, change, says] of [
    ['an airport in small letters', { origin: 'del' }, /AirportCode cannot be "del": give three capital letters/],
    [
      'a day that does not exist',
      { departureDate: '2026-02-30' },
      /Date cannot be "2026-02-30": give a day that exists/,
    ],
    ['a currency that is none', { currency: 'XQZ' }, /CurrencyCode cannot be "XQZ": give an ISO 4217 code/],
    ['a cabin that is none', { cabin: 'ROOF' }, /"ROOF" does not exist/],
    ['half a traveller', travellers(['ADULT', 0.5]), /non-integer/],
    [
      'a number of travellers that is not a number',
      { travellers: [{ type: 'ADULT', count: 'NaN' }] },
      /Int cannot represent/,
    ],
    ['more travellers than there are people', travellers(['ADULT', 1e10]), /non 32-bit/],
    ['no origin', { origin: undefined }, /origin/],
  ] as [string, object, RegExp][]) {
    // prettier-ignore
    test(`with ${what}, before any subgraph is called`, async () => {
      const { data, errors } = await world.graph(SHOPPING, { input: { ...input, ...change } });
      assert.equal(data, undefined);
      assert.equal(errors?.length, 1);
      assert.equal(errors[0]!.extensions['code'], 'BAD_USER_INPUT');
      assert.match(errors[0]!.message, /"\$?input/);
      assert.match(errors[0]!.message, says);
    });
  }
});

test('today and 361 days ahead may be searched', async () => {
  for (const departureDate of ['2026-03-01', '2027-02-25']) {
    const { errors } = await world.graph(SHOPPING, { input: { ...input, departureDate } });
    assert.equal(errors, undefined);
  }
});

describe('a page is refused', () => {
  const cursor = (name: string, ...keys: unknown[]) =>
    Buffer.from(JSON.stringify([name, ...keys])).toString('base64url');

  for (const first of [-1, 0, 101]) {
    test(`of ${first}, before any subgraph is called`, async () => {
      const { status, data, errors } = await world.graph(SHOPPING, { input, first });
      assert.deepEqual([status, data, errors?.length], [400, undefined, 1]);
      assert.equal(errors![0]!.extensions['code'], 'BAD_USER_INPUT');
      assert.equal(errors![0]!.extensions['argument'], 'first');
      assert.match(errors![0]!.message, new RegExp(`${first} is not possible; 1 to 100 are allowed`));
    });
  }

  for (const [what, args, argument, allowed] of [
    ['after an invalid cursor', { after: 'here' }, 'after', /not a cursor of this list; give the endCursor/],
    ['after an empty cursor', { after: '' }, 'after', /not a cursor of this list/],
    [
      'after the cursor of another list',
      { after: cursor('stays DEL', 1, '', '', '') },
      'after',
      /not a cursor of this list/,
    ],
    ['after a cursor that lacks a part', { after: cursor('offers PRICE', 1, '', '') }, 'after', /not a cursor/],
  ] as [string, object, string, RegExp][]) {
    // prettier-ignore
    test(`${what}, and everything else is answered`, async () => {
      const { data, errors } = await world.graph(SHOPPING, { input, ...args });
      assert.deepEqual(data, {
        shopping: { price: { total: { amount: '3897.00' } }, offers: null, travel: { airport: { code: 'BLR' } } },
      });
      assert.equal(errors?.length, 1);
      assert.deepEqual(errors[0]!.path, ['shopping', 'offers']);
      assert.equal(errors[0]!.extensions['code'], 'BAD_USER_INPUT');
      assert.equal(errors[0]!.extensions['argument'], argument);
      assert.match(errors[0]!.message, new RegExp(`^${argument}: `));
      assert.match(errors[0]!.message, allowed);
    });
  }

  test('with the cursor of another order or of another search', async () => {
    const { data } = await world.graph<{ shopping: { offers: { pageInfo: { endCursor: string } } } }>(SHOPPING, {
      input,
    });
    const after = data.shopping.offers.pageInfo.endCursor;
    assert.equal((await world.graph(SHOPPING, { input, after })).errors, undefined);
    const tomorrow = { ...input, departureDate: '2026-03-25' };
    const couple = { ...input, ...travellers(['ADULT', 2]) };
    for (const other of [{ input, sort: 'DURATION' }, { input: tomorrow }, { input: couple }]) {
      const { errors } = await world.graph(SHOPPING, { ...other, after });
      assert.equal(errors?.[0]?.extensions['argument'], 'after', JSON.stringify(other));
    }
  });
});
