// What a check refuses to read or to compose: each bad input is a coded sentence at its place.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lintSubgraph } from '../../../schema/composition/check/lint.ts';
import { ABOVE, check, codesOf, fare, LINK, only, subgraph } from './proposals.ts';

const loyalty = (sdl: string) => [{ name: 'loyalty', sdl }];
const own = (sdl: string) => [subgraph('loyalty', sdl)];
const linked = (link: string) => loyalty(`${link}\ntype Query { points: Int }`);
const V = (version: string, imports = '[]') =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/${version}", import: ${imports})`;

const POINTS = 'type Query { "Points." points: Int @access(to: "anyone") }';

const refused: [
  what: string,
  changed: { name: string; sdl: string }[],
  code: string,
  at: [number, number] | null,
  text: RegExp,
][] = [
  [
    'an SDL of 5 MB',
    loyalty(`# ${'x'.repeat(5_000_000)}`),
    'SDL_TOO_LARGE',
    null,
    /5,000,002 bytes; at most 1,000,000/,
  ],
  [
    'an SDL of 20,000 fields',
    own(`type Query { ${Array.from({ length: 20_000 }, (_, n) => `f${n}: Int`).join(' ')} }`),
    'SDL_TOO_LARGE',
    null,
    /20,001 elements; at most 10,000/,
  ],
  ['a syntax error', own('type Query {\n  points Int\n}'), 'SYNTAX', [ABOVE + 2, 10], /Expected ":"/],
  ['an empty SDL', loyalty(''), 'SYNTAX', [1, 1], /<EOF>/],
  ['brackets without an end', own(`type Query { a: ${'['.repeat(100_000)}Int`), 'SYNTAX', null, /deeper than 50/],
  [
    'a value of many levels',
    own(`${POINTS} directive @d(a: Int = ${'['.repeat(60)}${']'.repeat(60)}) on FIELD`),
    'SYNTAX',
    null,
    /deeper/,
  ],
  ['an operation', own(`${POINTS}\nquery Q { points }`), 'NOT_A_SCHEMA', [ABOVE + 2, 7], /no part of a schema/],
  ['Federation 1', loyalty(POINTS), 'FEDERATION_1', [1, 6], /Federation 1/],
  ['Federation 1 by its link', linked(V('v1.0')), 'FEDERATION_VERSION', [1, 15], /v1\.0 is not supported/],
  ['a newer Federation', linked(V('v2.10')), 'FEDERATION_VERSION', [1, 15], /at most federation v2\.9/],
  ['@authenticated', linked(V('v2.5', '["@authenticated"]')), 'UNSUPPORTED_DIRECTIVE', [1, 79], /@authenticated/],
  [
    '@policy by its full name',
    own(POINTS.replace('@access', '@federation__policy(policies: []) @access')),
    'UNSUPPORTED_DIRECTIVE',
    [ABOVE + 1, 36],
    /@policy/,
  ],
  ['@fromContext', linked(V('v2.8', '["@fromContext"]')), 'UNSUPPORTED_DIRECTIVE', [1, 79], /@fromContext/],
  [
    'a directive with another name',
    linked(V('v2.9', '[{ name: "@key", as: "@id" }]')),
    'DIRECTIVE_RENAMED',
    [1, 79],
    /@key of federation has the name @id/,
  ],
  [
    'an unknown directive',
    own(POINTS.replace('@access', '@secret @access')),
    'UNKNOWN_DIRECTIVE',
    [ABOVE + 1, 36],
    /@secret is neither/,
  ],
  [
    'a directive without its import',
    own(POINTS.replace('@access', '@tag(name: "a") @access')),
    'UNKNOWN_DIRECTIVE',
    [ABOVE + 1, 36],
    /@tag is neither/,
  ],
  ['a type Node', own(`${POINTS} interface Node { id: ID! }`), 'RESERVED_NAME', [ABOVE + 1, 70], /Node is reserved/],
  [
    'a type of composition',
    own(`${POINTS} enum join__Graph { A }`),
    'RESERVED_NAME',
    [ABOVE + 1, 65],
    /join__Graph is reserved/,
  ],
  [
    'a type with an underscore',
    own(`${POINTS} scalar _Secret`),
    'RESERVED_NAME',
    [ABOVE + 1, 67],
    /_Secret is reserved/,
  ],
  [
    'a root type with another name',
    own('schema { query: Root } type Root { a: Int }'),
    'ROOT_NAME',
    [ABOVE + 1, 17],
    /query type is called Root/,
  ],
  [
    'an error code of ours',
    own(`extend schema @errorCodes(codes: ["FORBIDDEN"]) ${POINTS}`),
    'ERROR_CODE',
    [ABOVE + 1, 35],
    /has a meaning already/,
  ],
  [
    'an odd error code',
    own(`extend schema @errorCodes(codes: ["points-locked"]) ${POINTS}`),
    'ERROR_CODE',
    [ABOVE + 1, 35],
    /no error code/,
  ],
  [
    'a field without @access',
    own('type Query {\n  "Points." points: Int\n}'),
    'ACCESS',
    [ABOVE + 2, 3],
    /Query\.points: name its callers/,
  ],
];

describe('a check refuses', () => {
  for (const [what, changed, code, at, text] of refused) {
    test(what, () => {
      const { passed, findings } = check([fare], changed);
      const finding = only(findings, code);
      assert.equal(passed, false);
      assert.match(finding.message, text);
      assert.ok(finding.advice.length > 10, 'it says what to do');
      assert.deepEqual([finding.severity, finding.subgraph, finding.change], ['ERROR', 'loyalty', null]);
      assert.deepEqual(at, finding.line === null ? null : [finding.line, finding.column]);
    });
  }

  for (const name of [
    'node',
    'x',
    'Loyalty',
    'loyalty_points',
    '-a',
    'a--b',
    '1st',
    'a'.repeat(41),
    '__proto__',
    'a b',
    '',
  ]) {
    test(`a subgraph of the name ${JSON.stringify(name)}`, () => {
      const { passed, findings } = check([fare], [{ ...subgraph('', POINTS), name }]);
      assert.deepEqual([passed, codesOf(findings)], [false, ['ERROR SUBGRAPH_NAME']]);
    });
  }

  test('to delete a subgraph that is not served', () => {
    const { findings } = check([fare], [{ name: 'loyalty', sdl: null }]);
    assert.deepEqual(codesOf(findings), ['ERROR SUBGRAPH_UNKNOWN']);
  });
});

describe('a check accepts', () => {
  for (const name of ['loyalty', 'loyalty-points-2', 'constructor', 'ab']) {
    test(`a subgraph of the name ${name}`, () => {
      assert.deepEqual(check([fare], [subgraph(name, POINTS)]).passed, true);
    });
  }

  test('what libraries of federation print into an SDL', () => {
    const printed = `${LINK.replace(/directive @errorCodes.*/, '')} ${POINTS}
      directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
      scalar link__Import
      enum link__Purpose { SECURITY EXECUTION }
      scalar federation__FieldSet
      directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
      scalar _Any
      type _Service { sdl: String }
      extend type Query { _service: _Service! }`;
    const { passed, findings } = check([fare], loyalty(printed));
    assert.deepEqual([passed, codesOf(findings)], [true, ['SAFE FIELD_ADDED']]);
  });

  test('subscriptions', () => {
    const sdl = `${POINTS} type Subscription { "New points." earned: Int @access(to: "account") }`;
    assert.equal(check([fare], own(sdl)).passed, true);
  });
});

describe('a cycle of @requires', () => {
  const a = subgraph(
    'aa',
    `${POINTS} type M @key(fields: "id") @access(to: "anyone") { id: ID!
    x: Int @requires(fields: "y") y: Int @external }`,
  );
  const b = (fields: string) =>
    subgraph(
      'bb',
      `extend type M @key(fields: "id") @access(to: "anyone") { id: ID!
    ${fields} }`,
    );

  test('is named as a whole, at each of its fields', () => {
    const { passed, findings } = check([a], [a, b('x: Int @external y: Int @requires(fields: "x")')]);
    const cycles = findings.filter(({ code }) => code === 'REQUIRES_CYCLE');
    assert.equal(passed, false);
    assert.deepEqual(
      cycles.map(({ subgraph: of, line, column, message }) => [of, line, column, message]),
      [
        ['aa', ABOVE + 2, 5, 'M.x (aa) requires M.y (bb) requires M.x: none of them can be answered.'],
        ['bb', ABOVE + 2, 22, 'M.y (bb) requires M.x (aa) requires M.y: none of them can be answered.'],
      ],
    );
  });

  test('is none if the last field needs nothing', () => {
    assert.deepEqual(codesOf(check([], [a, b('y: Int')]).findings.filter(({ severity }) => severity === 'ERROR')), []);
  });

  test('of one field that requires itself is found by a lint, too', () => {
    const self = subgraph(
      'self',
      `${POINTS} type M @key(fields: "id") @access(to: "anyone") { id: ID! x: Int @requires(fields: "x") }`,
    );
    assert.match(only(lintSubgraph(self, [fare]), 'REQUIRES_CYCLE').message, /^M\.x \(self\) requires M\.x: /);
  });
});

test('a fault in each of 9,000 fields is answered without composing, the first thousand listed', () => {
  const fields = Array.from({ length: 9_000 }, (_, n) => `f${n}: Int!`).join(' ');
  const { findings, supergraph } = check([fare], own(`type Query { ${fields} }`));
  const [last] = findings.slice(-1);
  assert.deepEqual([findings.length, last?.code, supergraph], [1_001, 'MORE_FINDINGS', null]);
  assert.match(last?.message ?? '', /more findings are not listed/);
});

test('a long cycle of @requires is named by its first fields', () => {
  const fields = Array.from({ length: 5_000 }, (_, n) => `f${n}: Int @requires(fields: "f${(n + 1) % 5_000}")`);
  const sdl = `${POINTS} type M @key(fields: "id") @access(to: "anyone") { id: ID! ${fields.join(' ')} }`;
  const cycles = check([fare], own(sdl)).findings.filter(({ code }) => code === 'REQUIRES_CYCLE');
  assert.equal(cycles.length, 20);
  assert.match(cycles[0]?.message ?? '', /requires 4980 others requires M\.f0: none of them/);
});

test('faults of composition have their code and the place in the changed subgraph', () => {
  const loyal = subgraph('loyalty', `${POINTS}\ntype NoOffer @access(to: "anyone") {\n  "Why." reason: String!\n}`);
  const { supergraph, findings } = check([fare], [loyal]);
  const { subgraph: of, line, column, message } = only(findings, 'COMPOSITION_INVALID_FIELD_SHARING');
  assert.equal(supergraph, null);
  assert.deepEqual([of, line, column], ['loyalty', ABOVE + 3, 3]);
  assert.match(message, /NoOffer\.reason.*fare.*loyalty/);
});

test('a field that cannot be reached is named at its place', () => {
  const blind = subgraph(
    'blind',
    `${POINTS}
    type Offer @key(fields: "no") @access(to: "anyone") { no: Int secret: Int }`,
  );
  const { findings } = check([fare], [blind]);
  const [first] = findings.filter(({ code }) => code === 'COMPOSITION_SATISFIABILITY_ERROR');
  assert.deepEqual([first?.subgraph, first?.line], ['blind', ABOVE + 2], codesOf(findings).join());
});

test('a lint finds what a check finds, without composing', () => {
  const sdl = subgraph('loyalty', 'type Query { points: Float! price: Float @secret }');
  const lint = lintSubgraph(sdl, [fare]);
  assert.deepEqual(codesOf(lint), ['ERROR ACCESS', 'ERROR NON_NULL_ENDANGERS_OTHERS', 'ERROR ACCESS', 'ERROR UNKNOWN_DIRECTIVE', 'WARNING DESCRIPTION_MISSING', 'WARNING AMOUNT_AS_FLOAT', 'WARNING DESCRIPTION_MISSING']); // prettier-ignore
  assert.deepEqual(codesOf(lintSubgraph({ name: 'x', sdl: 'type' }, [])), ['ERROR SUBGRAPH_NAME', 'ERROR SYNTAX']);
});
