// A value that does not fit is BAD_USER_INPUT with the argument's name, and production makes no suggestions to clients.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { aFare, openWorld, type World } from '../kit/world.ts';

interface Refused {
  code: string;
  argument?: string;
  faults?: { argument: string; message: string }[];
}

describe('a value that does not fit', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world?.[Symbol.asyncDispose]());

  /** The extensions of the operation's only error. */
  async function refused(query: string, variables: object = {}): Promise<Refused> {
    const { errors, text } = await world.graph(query, variables);
    assert.equal(errors?.length, 1, text);
    return errors[0]!.extensions as unknown as Refused;
  }

  const shopping = (input: string) => ({ query: `{ shopping(input: { ${input} }) { __typename } }`, variables: {} });
  const fine = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
  const given = (input: object, variable = 'input') => ({
    query: `query Q($${variable}: ShoppingInput!) { shopping(input: $${variable}) { __typename } }`,
    variables: { [variable]: input },
  });

  test('is not repeated in the error, however long it is', async () => {
    const long = '9'.repeat(50_000);
    const written = (count: string, type = 'ADULT') =>
      shopping(`origin: "DEL", destination: "BLR", departureDate: "2026-03-24", travellers: [{ type: ${type}, count: ${count} }]`); // prettier-ignore
    for (const { query, variables } of [
      written(long),
      written(`"${long}"`),
      written('1', `A${long.slice(0, 90)}`),
      given({ ...fine, travellers: [{ type: `A${long}`, count: 1 }] }),
    ]) {
      const { status, text } = await world.graph(query, variables);
      assert.equal(status, 400);
      assert.ok(text.length < 1000 && !text.includes('99999999'), text.slice(0, 300));
    }
  });

  test('names the argument, wherever it was written', async () => {
    const origin = 'AirportCode cannot be "del": give three capital letters, as "DEL".';
    const cases: [string, { query: string; variables: object }, string, string | RegExp][] = [
      ['a variable', given({ ...fine, origin: 'del' }), 'input.origin', origin],
      ['a variable by another name', given({ ...fine, origin: 'del' }, 'i'), 'input.origin', origin],
      ['a literal', shopping('origin: "del", destination: "BLR", departureDate: "2026-03-24"'), 'input.origin', origin],
      [
        'a variable inside a literal',
        {
          query: `query Q($o: AirportCode!) { shopping(input: { origin: $o, destination: "BLR", departureDate: "2026-03-24" }) { __typename } }`,
          variables: { o: 'del' },
        },
        'input.origin',
        origin,
      ],
      [
        'an item of a list',
        given({ ...fine, travellers: [{ type: 'ADULT', count: 'one' }] }),
        'input.travellers[0].count',
        /^Int cannot represent/,
      ],
      [
        'an item of a literal list',
        shopping(
          'origin: "DEL", destination: "BLR", departureDate: "2026-03-24", travellers: [{ type: ADULT, count: "1" }]',
        ),
        'input.travellers[0].count',
        /^Int cannot represent/,
      ],
      [
        'a field that is missing',
        given({ origin: 'DEL', destination: 'BLR' }),
        'input.departureDate',
        /was not provided/,
      ],
      [
        'a literal field that is missing',
        shopping('origin: "DEL", destination: "BLR"'),
        'input.departureDate',
        /was not provided/,
      ],
      [
        'a number for a code',
        shopping('origin: 1, destination: "BLR", departureDate: "2026-03-24"'),
        'input.origin',
        'AirportCode cannot be 1: give three capital letters, as "DEL".',
      ],
      ['a variable that is missing', { ...given({}), variables: {} }, 'input', /was not provided/],
    ];
    for (const [what, { query, variables }, argument, message] of cases) {
      const { code, argument: named, faults } = await refused(query, variables);
      assert.deepEqual([what, code, named, faults?.length], [what, 'BAD_USER_INPUT', argument, 1]);
      assert.equal(faults![0]!.argument, argument);
      if (typeof message === 'string') assert.equal(faults![0]!.message, message);
      else assert.match(faults![0]!.message, message);
    }
  });

  const fare = (changes: object) => ({
    carrier: '6E',
    origin: 'DEL',
    destination: 'BLR',
    departsLocal: '2026-03-24T22:20',
    arrivesLocal: '2026-03-25T01:10',
    cabin: 'ECONOMY',
    travellerType: 'ADULT',
    amount: '3897.00',
    currency: 'INR',
    ...changes,
  });
  const create = 'mutation M($input: FareInput!) { createFare(input: $input) { __typename } }';
  const literally = (amount: string) =>
    `mutation { createFare(input: { carrier: "6E", origin: "DEL", destination: "BLR",
      departsLocal: "2026-03-24T22:20", arrivesLocal: "2026-03-25T01:10", cabin: ECONOMY, travellerType: ADULT,
      amount: ${amount}, currency: "INR" }) { __typename } }`;

  test('is shown as it was given, unless it is a list or an object', async () => {
    const advice = 'give a decimal number as a string, as "3897.00": at most 15 digits and 4 decimals, no exponent.';
    const cases: [literal: string, value: unknown, shown: string][] = [
      ['12.5', 12.5, '12.5'],
      ['1e9', '1e9', '"1e9"'],
      ['-1', -1, '-1'],
      ['NaN', 'NaN', '"NaN"'],
      ['"NaN"', 'NaN', '"NaN"'],
      ['true', true, 'true'],
      ['"1,000"', '1,000', '"1,000"'],
      ['["kettle-orbit"]', ['kettle-orbit'], 'a list'],
      ['{ password: "kettle-orbit" }', { password: 'kettle-orbit' }, 'an object'],
    ];
    for (const [literal, value, shown] of cases) {
      const written = await refused(literally(literal));
      const bare = shown.startsWith('"') && !literal.startsWith('"') ? literal : shown;
      const message = `Decimal cannot be ${bare}: ${advice}`;
      assert.deepEqual([written.code, written.faults], ['BAD_USER_INPUT', [{ argument: 'input.amount', message }]]);
      const { errors, text } = await world.graph(create, { input: fare({ amount: value }) });
      assert.equal(errors?.length, 1, text);
      assert.deepEqual(errors[0]!.extensions['faults'], [
        { argument: 'input.amount', message: `Decimal cannot be ${shown}: ${advice}` },
      ]);
      assert.ok(!text.includes('kettle'), text);
    }
  });

  test('in a search is reported once, with all other faults', async () => {
    const origin = 'there is no airport QQQ; give the IATA code of one, as DEL.';
    const { query, variables } = given({ ...fine, origin: 'QQQ', destination: 'QQQ' });
    assert.deepEqual((await refused(query, variables)).faults, [
      { argument: 'input.origin', message: origin },
      { argument: 'input.destination', message: 'it is the origin QQQ; give another airport.' },
    ]);
  });

  const filtered = (filter: string) =>
    `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
      offers(filter: ${filter}) { totalCount } } }`;

  test('in a filter is refused if the filter could match nothing', async () => {
    assert.deepEqual((await refused(filtered('{ maxStops: -1, carriers: ["6E", "6e"] }'))).faults, [
      { argument: 'filter.maxStops', message: '-1 is not possible; 0 or more is allowed.' },
      { argument: 'filter.carriers', message: '"6e" is no carrier; give IATA codes in capitals, as "6E".' },
    ]);
    assert.equal((await refused(filtered('{ carriers: ["IndiGo"] }'))).argument, 'filter.carriers');
  });

  test('does not include an empty list in a filter, which matches everything', async () => {
    await world.file([aFare()]);
    for (const [filter, totalCount] of [
      ['{ carriers: [], brands: [] }', 1],
      ['{ carriers: ["6E"], brands: [STANDARD] }', 1],
      ['{ carriers: ["AI"] }', 0],
    ] as const) {
      const { data } = await world.graph(filtered(filter));
      assert.deepEqual(data, { shopping: { offers: { totalCount } } }, filter);
    }
  });

  test('in page arguments is reported in the same shape', async () => {
    for (const [page, argument, message] of [
      ['first: 101', 'first', '101 is not possible; 1 to 100 are allowed.'],
      ['after: "x"', 'after', /^this is not a cursor of this list/],
    ] as const) {
      const { faults: [fault] = [] } = await refused(`{ airports(${page}) { __typename } }`);
      assert.equal(fault?.argument, argument);
      if (typeof message === 'string') assert.ok(fault?.message.endsWith(message), fault?.message);
      else assert.match(fault.message, message);
    }
  });
});

test('in production errors contain no suggestions', async () => {
  await using world = await openWorld({ env: { NODE_ENV: 'production' } });
  const guesses = async (query: string, variables: object = {}) => {
    const { status, text } = await world.graph(query, variables);
    assert.equal(status, 400);
    assert.doesNotMatch(text, /did you mean/i);
  };
  const ask = 'query($input: ShoppingInput!) { shopping(input: $input) { __typename } }';
  await guesses(ask, { input: { orign: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } });
  await guesses(ask, { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24', cabin: 'ECONMY' } });
  await guesses('{ airprt(code: "DEL") { code } }');
  await guesses('{ airport(cod: "DEL") { code } }');
  await guesses('{ shopping(input: { cabin: ECONMY }) { __typename } }');
});

test('in production introspection is refused with a message for clients, not for server developers', async () => {
  await using world = await openWorld({ env: { NODE_ENV: 'production' } });
  const { status, text } = await world.graph('{ __schema { queryType { name } } }');
  assert.equal(status, 400);
  assert.match(text, /Introspection is off in production: take the schema from a gateway in development\./);
  assert.doesNotMatch(text, /Apollo/);
});
