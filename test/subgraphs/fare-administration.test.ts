// Fare administration through the graph: fares are created, changed and withdrawn once, recorded, and listed in pages.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { aForm, type Managed, openManaged, type Outcome } from '../kit/managing.ts';
import { signedInAs } from '../kit/signed.ts';
import { aFare, on } from '../kit/world.ts';

interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface Entry {
  revision: number;
  kind: string;
  at: string;
  by: string | null;
  before: { price: { amount: string } } | null;
  after: { price: { amount: string } };
}

const HISTORY =
  'edges { cursor node { revision kind at by before { price { amount } } after { price { amount } } } } pageInfo { hasNextPage endCursor }';

async function history({ ask }: Managed, id: string): Promise<Entry[]> {
  const { data } = await ask<{ fareHistory: Page<Entry> }>(
    `query($id: ID!) { fareHistory(fareId: $id) { ${HISTORY} } }`,
    { id },
  );
  return data.fareHistory.edges.map(({ node }) => node);
}

/** The single fare in the list. */
async function onlyFare({ ask }: Managed) {
  const { data } = await ask<{ fares: Page<{ id: string; revision: number; filedBy: string | null }> }>(
    '{ fares { edges { node { id revision filedBy } } } }',
  );
  assert.equal(data.fares.edges.length, 1);
  return data.fares.edges[0]!.node;
}

describe('a fare', () => {
  test('is created, changed and withdrawn, and its history has author, time, and terms before and after', async () => {
    await using subgraph = await openManaged();
    const created = await subgraph.create();
    assert.deepEqual([created.revision, created.status, created.terms.price.amount], [1, 'FILED', '3897.00']);
    subgraph.clock.advance(60_000);
    const changed = await subgraph.change(created.id, 1, { amount: '4000.00', note: 'no meal' });
    assert.deepEqual([changed.id, changed.revision, changed.terms.price.amount], [created.id, 2, '4000.00']);
    assert.equal(changed.terms.note, 'no meal');
    subgraph.clock.advance(60_000);
    const other = signedInAs({ account: 'acc_other', roles: ['FARE_MANAGER'] });
    assert.equal((await subgraph.withdraw(created.id, 2, other)).status, 'WITHDRAWN');
    const [by, price] = ['acc_manager', (amount: string) => ({ price: { amount } })];
    assert.deepEqual(await history(subgraph, created.id), [
      {
        revision: 3,
        kind: 'WITHDRAWN',
        at: '2026-03-01T12:02:00.000Z',
        by: 'acc_other',
        before: price('4000.00'),
        after: price('4000.00'),
      },
      {
        revision: 2,
        kind: 'CHANGED',
        at: '2026-03-01T12:01:00.000Z',
        by,
        before: price('3897.00'),
        after: price('4000.00'),
      },
      { revision: 1, kind: 'CREATED', at: '2026-03-01T12:00:00.000Z', by, before: null, after: price('3897.00') },
    ]);
  });

  test('cannot be changed from an outdated revision: the refusal shows the current fare', async () => {
    await using subgraph = await openManaged();
    const { id } = await subgraph.create();
    await subgraph.change(id, 1, { amount: '1.00' });
    for (const late of [await subgraph.change(id, 1, { amount: '2.00' }), await subgraph.withdraw(id, 1)]) {
      assert.equal(late.code, 'CONFLICT');
      assert.deepEqual(late.current, { id, revision: 2 });
    }
  });

  test('with an unknown id is not found when it is read, changed or withdrawn', async () => {
    await using subgraph = await openManaged();
    assert.equal((await subgraph.change('fare_none', 1, {})).code, 'NOT_FOUND');
    assert.equal((await subgraph.withdraw('fare_none', 1)).code, 'NOT_FOUND');
    const { data } = await subgraph.ask(
      '{ fare(id: "fare_none") { id } fareHistory(fareId: "fare_none") { edges { cursor } } }',
    );
    assert.deepEqual(data, { fare: null, fareHistory: null });
  });

  test('that was withdrawn cannot be changed, and an equal fare can be created again', async () => {
    await using subgraph = await openManaged();
    const first = await subgraph.create();
    await subgraph.withdraw(first.id, 1);
    assert.equal((await subgraph.withdraw(first.id, 2)).code, 'WITHDRAWN');
    assert.equal((await subgraph.change(first.id, 2, { amount: '1.00' })).code, 'WITHDRAWN');
    const second = await subgraph.create();
    assert.notEqual(second.id, first.id);
    assert.equal(second.status, 'FILED');
  });

  test('keeps its revision when a change has no effect', async () => {
    await using subgraph = await openManaged();
    const { id } = await subgraph.create();
    assert.equal((await subgraph.change(id, 1, { amount: '3897', flightNumber: '2131' })).revision, 1);
    assert.equal((await history(subgraph, id)).length, 1);
  });

  test('loses an optional value when it is set to null', async () => {
    await using subgraph = await openManaged();
    const { id } = await subgraph.create({ fareBasis: 'YFLEX', note: 'no meal', lastDate: '2026-03-31' });
    const { terms } = await subgraph.change(id, 1, { fareBasis: null, note: null, lastDate: null });
    assert.deepEqual([terms.fareBasis, terms.note, terms.lastDate], [null, null, '2026-03-24']);
  });
});

test('that covers one day moves to another day as a whole, and rivals on that day block it', async () => {
  await using subgraph = await openManaged();
  const { id } = await subgraph.create();
  const { revision, terms } = await subgraph.change(id, 1, { departsLocal: '2026-03-30T22:20' });
  assert.deepEqual([revision, terms.lastDate], [2, '2026-03-30']);
  const second = await subgraph.create({ amount: '1.00' });
  assert.equal(second.status, 'FILED', 'its former day is free');
  const refused = await subgraph.change(second.id, 1, { departsLocal: '2026-03-30T22:20' });
  assert.deepEqual([refused.code, refused.collidesWith], ['OVERLAP', [id]]);
});

test('has rivals on the same flight in every spelling of the flight', async () => {
  await using subgraph = await openManaged();
  const { id } = await subgraph.create({ flightNumber: '213' });
  const disguises = [
    { flightNumber: '0213' },
    { flightNumber: null },
    { via: ['BOM'] },
    { arrivesLocal: '2026-03-25T01:15' },
    { departsLocal: '2026-03-24T22:25' },
    { note: 'another one', amount: '1.00' },
  ];
  for (const disguise of disguises) {
    const { code, collidesWith } = await subgraph.create({ flightNumber: '213', ...disguise });
    assert.deepEqual([code, collidesWith], ['OVERLAP', [id]], JSON.stringify(disguise));
  }
  const other = await subgraph.create({ flightNumber: '214' });
  assert.equal(other.status, 'FILED');
  for (const disguise of disguises.slice(2)) {
    const { collidesWith } = await subgraph.change(other.id, 1, { flightNumber: '0213', ...disguise });
    assert.deepEqual(collidesWith, [id], JSON.stringify(disguise));
  }
});

// clocks in New York and Boston show 01:00 to 01:59 twice on 2026-11-01
const overnight = {
  origin: 'JFK',
  destination: 'BOS',
  currency: 'USD',
  departsLocal: '2026-11-01T01:30',
  arrivesLocal: '2026-11-01T01:20-05:00',
};

test('has the offset of a repeated clock time in its input, its terms and its history', async () => {
  await using subgraph = await openManaged();
  const { id } = await subgraph.create(overnight);
  const TIMES = '{ departsLocal arrivesLocal }';
  const { data } = await subgraph.ask(
    `query($id: ID!) { fare(id: $id) { terms ${TIMES} history { edges { node { after ${TIMES} } } } } }`,
    { id },
  );
  const { departsLocal, arrivesLocal } = overnight;
  const terms = { departsLocal, arrivesLocal };
  assert.deepEqual(data, { fare: { terms, history: { edges: [{ node: { after: terms } }] } } });
  const moved = await subgraph.change(id, 1, {
    departsLocal: '2026-11-01T01:30-05:00',
    arrivesLocal: '2026-11-01T02:20',
  });
  assert.equal(moved.revision, 2, moved.message);
});

for (const [what, arrivesLocal, advice] of [
  [
    'an input without the offset that it needs is refused with both offsets',
    '2026-11-01T01:20',
    'it is not after the departure 2026-11-01T01:30 at JFK; clocks there show 2026-11-01T01:20 twice when they go back: ' +
      'give 2026-11-01T01:20-04:00 for the first or 2026-11-01T01:20-05:00 for the second',
  ],
  [
    'an input with an offset that is not in use there is refused with the right one',
    '2026-11-01T03:20-04:00',
    'the offset there is -05:00 then; give 2026-11-01T03:20-05:00, or leave the offset out',
  ],
] as const) {
  test(what, async () => {
    await using subgraph = await openManaged();
    const { errors } = await subgraph.ask('mutation($input: FareInput!) { createFare(input: $input) { __typename } }', {
      input: { ...aForm, ...overnight, arrivesLocal },
    });
    const { code, argument } = errors![0]!.extensions;
    assert.deepEqual([code, argument], ['BAD_USER_INPUT', 'input.arrivesLocal']);
    assert.equal(errors![0]!.message, `input.arrivesLocal: ${JSON.stringify(arrivesLocal)}: ${advice}.`);
  });
}

const bad: [what: string, input: object, argument: string][] = [
  ['an unknown airport', { destination: 'QQQ' }, 'input.destination'],
  ['a destination that is the origin', { destination: 'DEL' }, 'input.destination'],
  ['a carrier name in place of its code', { carrier: 'IndiGo' }, 'input.carrier'],
  ['a negative amount', { amount: '-1.00' }, 'input.amount'],
  ['a free seat', { amount: '0.00', travellerType: 'CHILD' }, 'input.amount'],
  ['more decimals than the currency has', { amount: '1.005' }, 'input.amount'],
  ['a time that does not exist', { departsLocal: '2026-03-24T25:00' }, 'input.departsLocal'],
  ['an arrival before the departure', { arrivesLocal: '2026-03-24T22:00' }, 'input.arrivesLocal'],
  [
    'an hour that clocks skip',
    { destination: 'ZRH', arrivesLocal: '2026-03-29T02:30', departsLocal: '2026-03-28T20:00' },
    'input.arrivesLocal',
  ],
  ['a last date before the first', { lastDate: '2026-03-23' }, 'input.lastDate'],
  ['a window of more than a year', { lastDate: '2027-12-31' }, 'input.lastDate'],
  ['a stop that repeats the origin', { via: ['DEL'] }, 'input.via'],
  ['seven stops', { via: ['BOM', 'MAA', 'CCU', 'HYD', 'GOI', 'COK', 'IXR'] }, 'input.via'],
  ['a control character in the note', { note: 'no\u0007meal' }, 'input.note'],
  ['a fare basis in small letters', { fareBasis: 'yflex' }, 'input.fareBasis'],
  ['a negative capacity', { capacity: -1 }, 'input.capacity'],
];

describe('an invalid fare input is refused', () => {
  let subgraph: Managed;
  before(async () => void (subgraph = await openManaged()));
  after(() => subgraph[Symbol.asyncDispose]());

  for (const [what, input, argument] of bad) {
    test(`${what} is BAD_USER_INPUT with the argument ${argument}, in a new fare and in a batch`, async () => {
      const form = { ...aForm, ...input };
      const create = await subgraph.ask('mutation($input: FareInput!) { createFare(input: $input) { __typename } }', {
        input: form,
      });
      const { message, extensions } = create.errors![0]!;
      assert.deepEqual([extensions['code'], extensions['argument']], ['BAD_USER_INPUT', argument]);
      assert.ok(message.startsWith(`${argument}: `), message);
      const batch = await subgraph.ask('mutation($input: [FareInput!]!) { fileFares(input: $input) { imported } }', {
        input: [aForm, form],
      });
      assert.equal(batch.errors![0]!.extensions['argument'], argument.replace('input.', 'input.1.'));
      const { data } = await subgraph.ask<{ fares: Page<unknown> }>('{ fares { edges { cursor } } }');
      assert.equal(data.fares.edges.length, 0);
    });
  }
});

describe('concurrent managers', () => {
  test('of twenty who create overlapping fares, one wins, and the others learn which fare blocks theirs', async () => {
    await using subgraph = await openManaged();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        subgraph.create({ amount: `${i + 1}.00`, lastDate: `2026-03-${24 + (i % 7)}` }),
      ),
    );
    const won = outcomes.filter(({ id }) => id);
    assert.equal(won.length, 1);
    const lost = outcomes.filter(({ code }) => code === 'OVERLAP');
    assert.equal(lost.length, 19);
    for (const { collidesWith } of lost) assert.deepEqual(collidesWith, [won[0]!.id]);
  });

  test('of twenty who change the same revision, one wins', async () => {
    await using subgraph = await openManaged();
    const { id } = await subgraph.create();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => subgraph.change(id, 1, { amount: `${i + 1}.00` })),
    );
    const codes = outcomes.map(({ code }) => code ?? 'changed').sort();
    assert.deepEqual(codes, [...Array<string>(19).fill('CONFLICT'), 'changed']);
    assert.equal((await history(subgraph, id)).length, 2);
  });

  test('who create adjoining windows all succeed', async () => {
    await using subgraph = await openManaged();
    const days = ['2026-03-24', '2026-03-25', '2026-03-26'];
    const outcomes = await Promise.all(
      days.map((day, i) =>
        subgraph.create({ departsLocal: `${day}T06:00`, arrivesLocal: `${day}T08:50`, amount: `${i + 1}.00` }),
      ),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['FILED', 'FILED', 'FILED'],
    );
  });
});

describe('lists of fares', () => {
  const read = async ({ ask }: Managed, filter: object, first: number): Promise<string[]> => {
    const ids: string[] = [];
    let page: Page<{ id: string }> | undefined;
    do {
      const after: string | null = page?.pageInfo.endCursor ?? null;
      const { data } = await ask<{ fares: Page<{ id: string }> }>(
        `query($filter: FareFilter, $first: Int, $after: String) { fares(filter: $filter, first: $first, after: $after) {
          edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
        { filter, first, after },
      );
      page = data.fares;
      ids.push(...page.edges.map(({ node }) => node.id));
    } while (page.pageInfo.hasNextPage);
    return ids;
  };

  test('every fare is on exactly one page, in the order of filing, for every page size', async () => {
    await using subgraph = await openManaged();
    await subgraph.file(Array.from({ length: 25 }, (_, i) => aFare({ amount: i })));
    const all = await read(subgraph, {}, 100);
    assert.equal(new Set(all).size, 25);
    assert.deepEqual(all, [...all].sort());
    for (const first of [1, 4, 25]) assert.deepEqual(await read(subgraph, {}, first), all);
  });

  test('fares are found by each condition, and by several together', async () => {
    await using subgraph = await openManaged();
    await subgraph.file([
      aFare({ firstDate: '2026-03-20', lastDate: '2026-03-30', fareBasis: 'YFLEX', brand: 'FLEX' }),
      aFare({ carrier: 'AI', flightNumber: '502', cabin: 'BUSINESS', ...on('2026-04-01') }),
      aFare({ origin: 'BLR', destination: 'DEL', travellerType: 'CHILD' }),
    ]);
    const [flex, business, child] = await read(subgraph, {}, 100);
    await subgraph.withdraw(child!, 1);
    const cases: [filter: object, found: (string | undefined)[]][] = [
      [{ carrier: 'AI' }, [business]],
      [{ flightNumber: '502' }, [business]],
      [{ origin: 'DEL', destination: 'BLR' }, [flex, business]],
      [{ date: '2026-03-20' }, [flex]],
      [{ date: '2026-03-24' }, [flex, child]],
      [{ date: '2026-03-31' }, []],
      [{ cabin: 'BUSINESS' }, [business]],
      [{ brand: 'FLEX' }, [flex]],
      [{ travellerType: 'CHILD' }, [child]],
      [{ fareBasis: 'YFLEX', carrier: null }, [flex]],
      [{ status: 'WITHDRAWN' }, [child]],
      [{ status: 'FILED', date: '2026-03-24' }, [flex]],
      [{ carrier: 'AI', brand: 'FLEX' }, []],
      [{ carrier: 'ZZ' }, []],
      [{ carrier: 'AI', flightNumber: '', fareBasis: '' }, [business]],
    ];
    for (const [filter, found] of cases)
      assert.deepEqual(await read(subgraph, filter, 2), found, JSON.stringify(filter));
  });

  test('a filter that no fare can meet is refused, and the refusal lists every fault', async () => {
    await using subgraph = await openManaged();
    const ask = (filter: object) =>
      subgraph.ask('query($filter: FareFilter) { fares(filter: $filter) { edges { cursor } } }', { filter });
    const cases: Record<string, string[]> = {
      carrier: ['6e', 'IndiGo', '6', ' 6E', "6E' or 1=1"],
      flightNumber: ['6E2131', '-1', '2131ab', '12345'],
      origin: ['QQQ'],
      destination: ['QQQ'],
      fareBasis: ['yflex', 'Y'.repeat(21), '%'],
    };
    for (const [name, values] of Object.entries(cases)) {
      for (const value of values) {
        const { errors, text } = await ask({ [name]: value });
        const { code, argument, faults } = errors?.[0]?.extensions ?? {};
        assert.deepEqual([code, argument, (faults as object[]).length], ['BAD_USER_INPUT', `filter.${name}`, 1], text);
      }
    }
    const { errors } = await ask({ carrier: '6e', origin: 'QQQ' });
    assert.deepEqual(errors![0]!.extensions['faults'], [
      {
        argument: 'filter.carrier',
        message: '"6e": give an airline\'s two-character code in capitals and digits, as 6E.',
      },
      {
        argument: 'filter.origin',
        message: '"QQQ": no airport has this code; give an IATA code in capitals, as DEL.',
      },
    ]);
  });

  test('a history is read in pages, and the histories of many fares in one query', async () => {
    const statements: string[] = [];
    await using subgraph = await openManaged({ onQuery: (_, sql) => statements.push(sql) });
    const ids: string[] = [];
    for (const brand of ['LIGHT', 'STANDARD', 'FLEX']) {
      const { id } = await subgraph.create({ brand });
      for (const revision of [1, 2, 3, 4]) await subgraph.change(id, revision, { amount: `${revision}.00` });
      ids.push(id);
    }
    statements.length = 0;
    type Node = { id: string; history: Page<Entry> };
    const { data } = await subgraph.ask<{ fares: Page<Node> }>(
      `{ fares { edges { node { id history(first: 2) { ${HISTORY} } } } } }`,
    );
    assert.equal(statements.filter((sql) => sql.includes('fare_history')).length, 1);
    for (const { node } of data.fares.edges) {
      const revisions = node.history.edges.map((edge) => edge.node.revision);
      let page = node.history;
      while (page.pageInfo.hasNextPage) {
        const next = await subgraph.ask<{ fare: Node }>(
          `query($id: ID!, $after: String) { fare(id: $id) { id history(first: 2, after: $after) { ${HISTORY} } } }`,
          { id: node.id, after: page.pageInfo.endCursor },
        );
        page = next.data.fare.history;
        revisions.push(...page.edges.map((edge) => edge.node.revision));
      }
      assert.deepEqual(revisions, [5, 4, 3, 2, 1]);
    }
    const other = data.fares.edges[0]!.node.history.pageInfo.endCursor;
    const foreign = await subgraph.ask(
      'query($id: ID!, $after: String) { fareHistory(fareId: $id, after: $after) { edges { cursor } } }',
      { id: ids[1], after: other },
    );
    assert.equal(foreign.errors![0]!.extensions['argument'], 'after');
  });
});

test('a bad history argument is refused, and the history of a withdrawn fare is complete', async () => {
  await using subgraph = await openManaged();
  const { id } = await subgraph.create();
  await subgraph.change(id, 1, { amount: '1.00' });
  await subgraph.withdraw(id, 2);
  const entries = await history(subgraph, id);
  assert.deepEqual(
    entries.map(({ revision, kind }) => [revision, kind]),
    [
      [3, 'WITHDRAWN'],
      [2, 'CHANGED'],
      [1, 'CREATED'],
    ],
  );
  const again = await subgraph.create();
  assert.equal((await history(subgraph, again.id)).length, 1, 'an equal fare, created again, has its own history');
  assert.deepEqual(await history(subgraph, id), entries);
  const cursor = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
  const pages: [page: object, argument: string][] = [
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ after: '' }, 'after'],
    [{ after: 'x' }, 'after'],
    [{ after: cursor('fares', id) }, 'after'],
    [{ after: cursor(`history ${id}`, 'x') }, 'after'],
    [{ after: cursor(`history ${id}`) }, 'after'],
    [{ after: cursor(`history ${again.id}`, 1) }, 'after'],
  ];
  for (const [page, argument] of pages) {
    for (const field of ['fareHistory(fareId: $id,', 'fare(id: $id) { history(']) {
      const close = field.includes('{') ? ' }' : '';
      const { errors, text } = await subgraph.ask(
        `query($id: ID!, $first: Int, $after: String) { ${field} first: $first, after: $after) { edges { cursor } }${close} }`,
        { id, ...page },
      );
      const { code, argument: named } = errors?.[0]?.extensions ?? {};
      assert.deepEqual([code, named], ['BAD_USER_INPUT', argument], text);
    }
  }
  for (const below of [-5, 0, 1.5, 2 ** 60, 1e300]) {
    const { errors, text } = await subgraph.ask(
      'query($id: ID!, $after: String) { fareHistory(fareId: $id, after: $after) { edges { cursor } } }',
      { id, after: cursor(`history ${id}`, below) },
    );
    assert.equal(errors, undefined, text);
  }
});

describe('imports and managers', () => {
  const basis = aFare({ fareBasis: 'YFLEX' });

  test('importing a file again does not undo the changes of managers', async () => {
    await using subgraph = await openManaged();
    const change: [filed: object, input: object][] = [
      [aFare(), { amount: '1.00' }],
      [aFare({ brand: 'FLEX' }), { lastDate: '2026-03-31', note: 'longer' }],
      [{ ...basis, brand: 'LIGHT' }, { departsLocal: '2026-03-24T20:00' }],
    ];
    const filings = change.map(([filed]) => filed as typeof basis);
    for (const [i, [, input]] of change.entries()) {
      await subgraph.file([filings[i]!]);
      const { data } = await subgraph.ask<{ fares: Page<Outcome> }>('{ fares { edges { node { id } } } }');
      assert.equal((await subgraph.change(data.fares.edges.at(-1)!.node.id, 1, input)).revision, 2);
    }
    const withdrawn = await subgraph.create({ brand: 'FLEX', cabin: 'FIRST' });
    await subgraph.withdraw(withdrawn.id, 1);
    filings.push(aFare({ brand: 'FLEX', cabin: 'FIRST' }));
    const before = await subgraph.ask('{ fares { edges { node { id revision status terms { price { amount } } } } } }');
    assert.deepEqual(await subgraph.file(filings), { imported: 0, updated: 0, duplicates: 4 });
    const after = await subgraph.ask('{ fares { edges { node { id revision status terms { price { amount } } } } } }');
    assert.equal(after.text, before.text);
  });

  test('a file with a fare as a manager changed it refers to that fare', async () => {
    await using subgraph = await openManaged();
    await subgraph.file([basis]);
    const { id } = await onlyFare(subgraph);
    await subgraph.change(id, 1, { lastDate: '2026-03-31' });
    const longer = { ...basis, lastDate: '2026-03-31' };
    assert.deepEqual(await subgraph.file([longer, basis]), { imported: 0, updated: 0, duplicates: 2 });
  });

  test('a changed fare with a fare basis takes the amount of the next file, and its history records it', async () => {
    await using subgraph = await openManaged();
    await subgraph.file([basis]);
    const { id, filedBy } = await onlyFare(subgraph);
    assert.equal(filedBy, null);
    await subgraph.change(id, 1, { amount: '1.00', lastDate: '2026-03-31' });
    assert.deepEqual(await subgraph.file([{ ...basis, amount: 500 }]), { imported: 0, updated: 1, duplicates: 0 });
    const { terms, revision } = await subgraph.change(id, 3, {});
    assert.deepEqual([revision, terms.price.amount, terms.lastDate], [3, '5.00', '2026-03-31']);
    const [entry] = await history(subgraph, id);
    assert.deepEqual(entry, {
      revision: 3,
      kind: 'IMPORTED',
      at: '2026-03-01T12:00:00.000Z',
      by: null,
      before: { price: { amount: '1.00' } },
      after: { price: { amount: '5.00' } },
    });
  });

  test('a batch is filed like a file, under the account of its sender, up to five hundred fares', async () => {
    await using subgraph = await openManaged();
    const file = (input: object[]) =>
      subgraph.ask('mutation($input: [FareInput!]!) { fileFares(input: $input) { imported updated duplicates } }', {
        input,
      });
    assert.deepEqual((await file([aForm, aForm])).data, { fileFares: { imported: 1, updated: 0, duplicates: 1 } });
    assert.equal((await onlyFare(subgraph)).filedBy, 'acc_manager');
    const { errors } = await file(Array<object>(501).fill(aForm));
    assert.equal(errors![0]!.message, 'input: 501 fares are too many; up to 500 are allowed.');
  });
});
