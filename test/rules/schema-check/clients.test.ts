// What a check says about clients: which change breaks whom, by the operations that they pushed or sent.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Proposal } from '../../../schema/composition/check/finding.ts';
import { ABOVE, changeFare, check, codesOf, fare, NOW, only, operation, subgraph } from './proposals.ts';

const OFFER = operation('query Offer($id: ID!) { offer(id: $id) { id price } }');
const COUNTED = { countedSince: new Date('2027-05-01T00:00:00Z') };

/** Changes, what each is without usage data, and the text at its place. */
// prettier-ignore
const changes: [what: string, from: string | RegExp, to: string, code: string, unknown: string, at: string][] = [
  ['a removed field', /  "Its cabin." cabin: Cabin!\n/, '', 'FIELD_REMOVED', 'BREAKING', 'Offer implements'],
  ['a field of another type', 'cabin: Cabin!', 'cabin: String!', 'FIELD_TYPE_CHANGED', 'BREAKING', 'cabin: String!'],
  ['a field that becomes nullable', 'cabin: Cabin!', 'cabin: Cabin', 'FIELD_TYPE_CHANGED', 'BREAKING', 'cabin: Cabin\n'],
  ['a removed argument', ', "Its cabin." cabin: Cabin)', ')', 'FIELD_ARGUMENT_REMOVED', 'BREAKING', 'offer('],
  ['an argument of another type', 'cabin: Cabin)', 'cabin: String)', 'FIELD_ARGUMENT_TYPE_CHANGED', 'BREAKING', 'cabin: String)'],
  ['a new optional argument', 'id: ID!, ', 'id: ID!, "A day." day: String, ', 'FIELD_ARGUMENT_ADDED', 'SAFE', 'day: String'],
  ['a new argument with a default', 'id: ID!, ', 'id: ID!, "A day." day: Int! = 1, ', 'FIELD_ARGUMENT_ADDED', 'SAFE', 'day: Int!'],
  ['a removed input field', / "The place." place: Place/, '', 'INPUT_FIELD_REMOVED', 'BREAKING', 'By {'],
  ['a new required input field', 'input By { ', 'input By { "A day." day: Int! ', 'INPUT_FIELD_ADDED', 'BREAKING', 'day: Int!'],
  ['a new optional input field', 'input By { ', 'input By { "A day." day: Int ', 'INPUT_FIELD_ADDED', 'SAFE', 'day: Int '],
  ['a removed member of a union', 'Offer | NoOffer', 'Offer', 'UNION_MEMBER_REMOVED', 'BREAKING', 'Best = Offer'],
  ['a type without its interface', 'Offer implements Priced', 'Offer', 'OBJECT_TYPE_INTERFACE_REMOVED', 'BREAKING', 'Offer @key'],
  ['a new field', 'type NoOffer @access(to: "anyone") {', 'type NoOffer @access(to: "anyone") { "What." what: Int', 'FIELD_ADDED', 'SAFE', 'what: Int'],
  ['a new type', '"A place." input', '"A day." type Day @access(to: "anyone") { "D." d: Int } "A place." input', 'TYPE_ADDED', 'SAFE', 'Day @access'],
  ['a new value of an enum', 'FIRST }', 'FIRST "Best." SUITE }', 'ENUM_VALUE_ADDED', 'DANGEROUS', 'SUITE'],
  ['a new member of a union', 'Offer | NoOffer', 'Offer | NoOffer | Day "D." type Day @access(to: "anyone") { "D." d: Int }', 'UNION_MEMBER_ADDED', 'DANGEROUS', 'Best ='],
  ['a new implementation', '"No offer."', '"S." type Seat implements Priced @access(to: "anyone") { "P." price: String! } "No offer."', 'OBJECT_TYPE_INTERFACE_ADDED', 'DANGEROUS', 'Seat implements'],
];

describe('for clients', () => {
  for (const [what, from, to, code, severity, at] of changes) {
    test(`${what} is ${severity} without usage data, at its place`, () => {
      const { passed, findings, supergraph } = changeFare(from, to);
      assert.ok(supergraph, codesOf(findings).join());
      const finding = only(findings, code);
      assert.deepEqual([finding.severity, passed], [severity, severity !== 'BREAKING']);
      const lines = fare.sdl.replace(from, to).split('\n');
      const line = `${lines[(finding.line ?? 0) - 1]}\n`;
      assert.ok(line.slice((finding.column ?? 0) - 1).startsWith(at), `${finding.line}:${finding.column}`);
      assert.match(finding.change ?? '', /^[0-9a-f]{32}$/);
    });
  }

  test('a change of descriptions alone is none', () => {
    const { findings } = changeFare('"An offer." type', '"One offer." type');
    assert.deepEqual(codesOf(findings), ['SAFE NODE_PREFIX_MISSING']);
  });

  test('what was deprecated for long enough may go without usage data', () => {
    const cabin = (until: string) => `cabin: Cabin! @deprecated(reason: "Use id. Since 0.2.0, until ${until}.")`;
    const remove = (until: string) => {
      const served = { ...fare, sdl: fare.sdl.replace('cabin: Cabin!', cabin(until)) };
      return check([served], [{ name: 'fare', sdl: fare.sdl.replace(/  "Its cabin." cabin: Cabin!\n/, '') }]);
    };
    assert.equal(only(remove('2027-06-01').findings, 'FIELD_REMOVED').severity, 'SAFE');
    assert.equal(only(remove('2027-06-02').findings, 'FIELD_REMOVED').severity, 'BREAKING');
  });
});

/** Changes, an operation that each affects, and one that it does not. */
// prettier-ignore
const effects: [what: string, from: string | RegExp, to: string, code: string, affected: string, other: string][] = [
  ['a removed field', /  "Its cabin." cabin: Cabin!\n/, '', 'FIELD_REMOVED', '{ offer(id: 1) { cabin } }', '{ offer(id: 1) { id } }'],
  ['a field that becomes nullable', 'cabin: Cabin!', 'cabin: Cabin', 'FIELD_TYPE_CHANGED', '{ offer(id: 1) { cabin } }', '{ offer(id: 1) { price } }'],
  ['a removed argument', ', "Its cabin." cabin: Cabin)', ')', 'FIELD_ARGUMENT_REMOVED', '{ offer(id: 1, cabin: FIRST) { id } }', '{ offer(id: 1) { id } }'],
  ['a required argument', 'id: ID!, ', 'id: ID!, "A day." day: Int!, ', 'FIELD_ARGUMENT_ADDED', '{ offer(id: 1) { id } }', '{ best { __typename } }'],
  ['a required input field', 'input By { ', 'input By { "A day." day: Int! ', 'INPUT_FIELD_ADDED', '{ best(by: {}) { __typename } }', '{ best { __typename } }'],
  ['a required input field of a variable', 'input Place { ', 'input Place { "A." a: Int! ', 'INPUT_FIELD_ADDED', 'query Q($b: By) { best(by: $b) { __typename } }', '{ best { __typename } }'],
  ['a removed value that is sent', ' "Front." FIRST', '', 'ENUM_VALUE_REMOVED', '{ offer(id: 1, cabin: FIRST) { id } }', '{ offer(id: 1, cabin: ECONOMY) { cabin } }'],
  ['a removed value in a variable', ' "Front." FIRST', '', 'ENUM_VALUE_REMOVED', 'query Q($c: Cabin) { offer(id: 1, cabin: $c) { id } }', '{ offer(id: 1) { cabin } }'],
  ['a removed member of a union', 'Offer | NoOffer', 'Offer', 'UNION_MEMBER_REMOVED', '{ best { ... on NoOffer { reason } } }', '{ best { ... on Offer { id } } }'],
  ['a new value of an enum', 'FIRST }', 'FIRST "Best." SUITE }', 'ENUM_VALUE_ADDED', '{ offer(id: 1) { cabin } }', '{ offer(id: 1, cabin: FIRST) { id } }'],
  ['a new member of a union', 'Offer | NoOffer', 'Offer | NoOffer | Day "D." type Day @access(to: "anyone") { "D." d: Int }', 'UNION_MEMBER_ADDED', '{ best { __typename } }', '{ offer(id: 1) { id } }'],
];

describe('of known operations', () => {
  for (const [what, from, to, code, affected, other] of effects) {
    test(`${what} affects those that use it`, () => {
      const sent = { ...COUNTED, operations: [operation(affected), operation(other)] };
      const finding = only(changeFare(from, to, sent).findings, code);
      assert.deepEqual(finding.operations.map(({ id }) => id), [affected]); // prettier-ignore
      const unused = changeFare(from, to, { ...COUNTED, operations: [operation(other)] });
      assert.equal(unused.passed, true, 'what no operation uses breaks none');
    });
  }

  const without = (more: Partial<Proposal>) => changeFare(/  "Its cabin." cabin: Cabin!\n/, '', more);

  test('a change that touches none is safe in a window, and says since when', () => {
    const { passed, findings } = without({ ...COUNTED, operations: [OFFER] });
    const { severity, message } = only(findings, 'FIELD_REMOVED');
    assert.deepEqual([passed, severity], [true, 'SAFE']);
    assert.match(message, /No operation that was pushed, or sent since 2027-05-01, uses it/);
  });

  test('a pushed document counts though it was never sent', () => {
    const text = 'query Cabin { offer(id: 1) { cabin } }';
    const pushed = operation(text, { name: '', isPushed: true, count: 0, lastSeen: null });
    const { passed, findings } = without({ ...COUNTED, operations: [pushed] });
    const { severity, operations } = only(findings, 'FIELD_REMOVED');
    const { isPushed, name } = operations[0] ?? {};
    assert.deepEqual([passed, severity, isPushed, name], [false, 'BREAKING', true, 'Cabin']);
  });

  test('without their texts they are known by coordinates, and named with client and last use', () => {
    const sent = operation('q1', { text: null, coordinates: ['Offer.cabin', 'Query.offer'] });
    const { findings } = without({ ...COUNTED, operations: [sent] });
    assert.deepEqual(only(findings, 'FIELD_REMOVED').operations, [
      { id: 'q1', name: '', client: 'shop', clientVersion: '1', count: 3, lastSeen: NOW, isPushed: false },
    ]);
  });

  test('at most 20 are listed, pushed ones and frequent ones first', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      operation(`query Q${n} { offer(id: 1) { cabin } }`, { count: n, isPushed: n === 3 }),
    );
    const { operations } = only(without({ ...COUNTED, operations: many }).findings, 'FIELD_REMOVED');
    assert.deepEqual([operations.length, operations[0]?.count, operations[1]?.count], [20, 3, 29]);
  });

  test('one that was invalid before says nothing', () => {
    const broken = [operation('{ offer(id: 1) { nothing } }'), operation('not GraphQL {')];
    assert.equal(without({ ...COUNTED, operations: broken }).passed, true);
  });

  test('one that becomes invalid without using what breaks is found by validation', () => {
    const priced = operation('query P { offer(id: 1) { ... on Priced { ...F } } } fragment F on Offer { id }');
    const to = 'type Offer implements Rated';
    const { findings } = changeFare('type Offer implements Priced', `interface Rated { id: ID! }\n${to}`, { ...COUNTED, operations: [priced] }); // prettier-ignore
    assert.ok(findings.some(({ severity, operations }) => severity === 'BREAKING' && operations[0]?.name === 'P'));
  });
});

describe('an approval', () => {
  const remove = (more: Partial<Proposal> = {}) => changeFare(/  "Its cabin." cabin: Cabin!\n/, '', more);
  const { change } = only(remove().findings, 'FIELD_REMOVED');
  const approval = (of: string | null, expiresAt: string) => ({
    approvals: [{ change: of ?? '', expiresAt: new Date(expiresAt) }],
  });

  test('lets its change pass until it expires', () => {
    const approved = remove(approval(change, '2027-06-02'));
    assert.deepEqual([approved.passed, only(approved.findings, 'FIELD_REMOVED').isApproved], [true, true]);
    assert.equal(remove(approval(change, '2027-06-01')).passed, false);
  });

  test('is not needed for what was deprecated long enough, though operations use it', () => {
    const cabin = 'cabin: Cabin! @deprecated(reason: "Use id. Since 0.2.0, until 2027-06-01.")';
    const served = { ...fare, sdl: fare.sdl.replace('cabin: Cabin!', cabin) };
    const gone = fare.sdl.replace(/  "Its cabin." cabin: Cabin!\n/, '');
    const used = [operation('{ offer(id: 1) { cabin } }')];
    const { passed, findings } = check([served], [{ name: 'fare', sdl: gone }], { ...COUNTED, operations: used });
    const { severity, operations, advice } = only(findings, 'FIELD_REMOVED');
    assert.deepEqual([passed, severity, operations.length], [true, 'SAFE', 1]);
    assert.match(advice, /1 known operation had time to change/);
  });

  test('lets no other change pass', () => {
    assert.equal(changeFare('cabin: Cabin!', 'cabin: String!', approval(change, '2027-07-01')).passed, false);
    const typed = only(changeFare('cabin: Cabin!', 'cabin: String!').findings, 'FIELD_TYPE_CHANGED');
    assert.equal(changeFare('cabin: Cabin!', 'cabin: Int!', approval(typed.change, '2027-07-01')).passed, false);
  });

  test('holds when only descriptions change meanwhile', () => {
    const { passed } = changeFare(/  "Its cabin." cabin: Cabin!\n|An offer\./g, '', approval(change, '2027-07-01'));
    assert.equal(passed, true);
  });
});

test('of several changed subgraphs the one that causes a change is named', () => {
  const travel = subgraph(
    'travel',
    '"A guide." type Guide @access(to: "anyone") { "Text." text: String "Title." title: String }\nextend type Query { "G." guide: Guide @access(to: "anyone") }',
  );
  const changed = [
    { name: 'fare', sdl: `${fare.sdl}\n# the same` },
    { name: 'travel', sdl: travel.sdl.replace('"Title." title: String', '') },
  ];
  const { subgraph: of, line } = only(check([fare, travel], changed).findings, 'FIELD_REMOVED');
  assert.deepEqual([of, line], ['travel', ABOVE + 1]);
});

test('a deleted subgraph is named for all that goes with it', () => {
  const loyalty = subgraph('loyalty', 'extend type Query { "Points." points: Int @access(to: "anyone") }');
  const { passed, findings } = check([fare, loyalty], [{ name: 'loyalty', sdl: null }]);
  const { subgraph: of, line, operations } = only(findings, 'FIELD_REMOVED');
  assert.deepEqual([passed, of, line, operations], [false, 'loyalty', null, []]);
});

test('a first schema has no clients yet', () => {
  const { passed, findings } = check([], [fare], { clients: null });
  assert.deepEqual([passed, codesOf(findings)], [true, ['SAFE NODE_PREFIX_MISSING']]);
});

describe('access', () => {
  test('that needs more than before breaks callers, whether or not an operation is known, also in a field of others', () => {
    const { passed, findings } = changeFare('price: String!\n', 'price: String! @access(to: "account")\n', {
      countedSince: new Date('2027-01-01T00:00:00Z'),
    });
    const { severity, message, line } = only(findings, 'ACCESS_TIGHTENED');
    assert.deepEqual([passed, severity, line], [false, 'BREAKING', ABOVE + 7]);
    assert.match(message, /Offer\.price needs .*account.* in place of .*anyone.*: callers lose it/);
    const stub = subgraph(
      'loyalty',
      'extend type Offer @key(fields: "id") { id: ID! @access(roles: ["ADMIN"]) "Points." points: Int @access(to: "anyone") }',
    );
    const other = check([fare], [stub]);
    assert.deepEqual([other.passed, only(other.findings, 'ACCESS_TIGHTENED').subgraph], [false, 'loyalty']);
  });

  test('of a field that requires another one covers that one', () => {
    const priced = fare.sdl.replace('price: String!\n', 'price: String! @access(roles: ["OPERATOR"])\n');
    const leak = (access: string) =>
      subgraph(
        'loyalty',
        `extend type Offer @key(fields: "id") { id: ID! @access(to: "anyone") price: String! @external @access(roles: ["OPERATOR"])
          "Shown." shown: String @requires(fields: "price") ${access} }`,
      );
    const { passed, findings } = check([{ name: 'fare', sdl: priced }], [leak('@access(to: "anyone")')]);
    assert.equal(passed, false);
    assert.match(only(findings, 'ACCESS_LEAK').message, /Offer\.shown needs .* and requires Offer\.price/);
    const covered = check([{ name: 'fare', sdl: priced }], [leak('@access(roles: ["OPERATOR"])')]);
    assert.ok(covered.findings.every(({ code }) => code !== 'ACCESS_LEAK'));
  });

  test('that needs less than before is dangerous, as more callers see the field', () => {
    const account = fare.sdl.replace('price: String!\n', 'price: String! @access(to: "account")\n');
    const { passed, findings } = check([{ name: 'fare', sdl: account }], [fare]);
    assert.deepEqual([passed, only(findings, 'ACCESS_LOOSENED').severity], [true, 'DANGEROUS']);
  });
});
