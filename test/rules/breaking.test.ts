// Schema changes that break clients, and how long a deprecated element has to stay.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildSchema } from 'graphql';
import { changesBetween } from '../../schema/composition/breaking.ts';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { deprecationFaults, isDue } from '../../schema/composition/deprecation.ts';

const RELEASE = { today: '2027-06-01', version: '0.4.0' };
const DUE = 'Use seatsLeft. Since 0.2.0, until 2027-06-01.';

const schemaOf = (mark = '') =>
  `type Query { seats(cabin: String, day: String ${mark}): Int ${mark} seatsLeft: Int class: Class find(by: By): Int }
   enum Class { A B ${mark} } input By { id: ID day: String ${mark} }`;
const WITHOUT = `type Query { seatsLeft: Int class: Class find(by: By): Int } enum Class { A } input By { id: ID }`;
const WITHOUT_ARGUMENT = schemaOf().replace(', day: String ', '');

const breaking = (before: string, after: string, release = RELEASE) =>
  changesBetween(buildSchema(before), buildSchema(after), release).breaking;

describe('a change of the schema', () => {
  test('breaks clients if it removes an element or changes its type', () => {
    assert.deepEqual(breaking(schemaOf(), WITHOUT).toSorted(), [
      'B was removed from enum type Class.',
      'By.day was removed.',
      'Query.seats was removed.',
    ]);
    assert.deepEqual(breaking(schemaOf(), WITHOUT_ARGUMENT), ['Query.seats arg day was removed.']);
    assert.deepEqual(breaking(WITHOUT, WITHOUT.replace('seatsLeft: Int', 'seatsLeft: String')), [
      'Query.seatsLeft changed type from Int to String.',
    ]);
  });

  test('breaks nothing if it adds elements, or removes ones that were deprecated for long enough', () => {
    const deprecated = schemaOf(`@deprecated(reason: "${DUE}")`);
    assert.deepEqual(breaking(WITHOUT, schemaOf()), []);
    assert.deepEqual(breaking(schemaOf(), deprecated), []);
    assert.deepEqual(breaking(deprecated, WITHOUT), []);
    assert.deepEqual(breaking(deprecated, deprecated.replace(/, day: .*?\)\)/, ')')), []);
    assert.equal(breaking(deprecated, WITHOUT, { ...RELEASE, today: '2027-05-31' }).length, 3, 'a day too early');
    assert.equal(breaking(deprecated, WITHOUT, { ...RELEASE, version: '0.3.9' }).length, 3, 'a release too early');
  });

  test('is reported as dangerous if clients may receive unexpected values', () => {
    const { dangerous, breaking: none } = changesBetween(buildSchema(WITHOUT), buildSchema(schemaOf()), RELEASE);
    assert.deepEqual([none, dangerous], [[], ['B was added to enum type Class.', 'An optional field day on input type By was added.']]); // prettier-ignore
  });
});

describe('a deprecation', () => {
  for (const [reason, release, due] of [
    [DUE, RELEASE, true],
    [DUE, { ...RELEASE, version: '1.0.0' }, true],
    [DUE, { ...RELEASE, today: '2027-05-31' }, false],
    [DUE, { ...RELEASE, version: '0.3.0' }, false],
    ['No longer supported', RELEASE, false],
    [null, RELEASE, false],
  ] as const) {
    test(`for ${JSON.stringify(reason)} ${due ? 'is' : 'is not'} over on ${release.today} in ${release.version}`, () => {
      assert.equal(isDue(reason, release), due);
    });
  }

  test('without a replacement, a start and an end does not compose', () => {
    const faultsOf = (deprecated: string) =>
      deprecationFaults([{ name: 'stock', sdl: `type Query { seats(day: Int ${deprecated}): Int seatsLeft: Int }` }]);
    assert.deepEqual(faultsOf(`@deprecated(reason: "${DUE}")`), []);
    for (const reason of ['Use seatsLeft.', 'Since 0.2.0, until 2027-06-01.', 'Use seatsLeft. Since 0.2.0.'])
      assert.match(faultsOf(`@deprecated(reason: "${reason}")`)[0] ?? '', /^stock: .* has to say what to use, since/);
    assert.equal(faultsOf('@deprecated').length, 1);
    assert.deepEqual(deprecationFaults(subgraphSdls()), []);
  });
});
