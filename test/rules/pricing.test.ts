// The price of a party, and the amounts that can be the lowest of a day.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Party } from '../../schema/terms/fare-words.ts';
import { type Amounts, amounts, each, lowest, partyTotal, usualShares } from '../../subgraphs/fare/rules/pricing.ts';

const usual = usualShares.DEFAULT;
const filed = (ADULT?: number, CHILD?: number, INFANT?: number) => ({ ADULT, CHILD, INFANT });

/** Every valid party: 1 to 9 travellers, at least one adult, no more infants than adults. */
const parties: Party[] = [];
for (let ADULT = 1; ADULT <= 9; ADULT++) {
  for (let CHILD = 0; ADULT + CHILD <= 9; CHILD++) {
    for (let INFANT = 0; INFANT <= ADULT && ADULT + CHILD + INFANT <= 9; INFANT++)
      parties.push({ ADULT, CHILD, INFANT });
  }
}

describe('the price of one traveller', () => {
  for (const [adult, child, infant, why] of [
    [389_700, 292_275, 38_970, 'exact'],
    [100, 75, 10, 'exact'],
    [2, 2, 0, '1.5 is 2, 0.2 is 0'],
    [1, 1, 0, '0.75 is 1, 0.1 is 0'],
    [5, 4, 1, '3.75 is 4, 0.5 is 1'],
    [6, 5, 1, '4.5 is 5, 0.6 is 1'],
    [15, 11, 2, '11.25 is 11, 1.5 is 2'],
    [14, 11, 1, '10.5 is 11, 1.4 is 1'],
    [0, 0, 0, 'a free seat'],
    [1e12, 7.5e11, 1e11, 'the largest fare that can be filed'],
  ] as const) {
    test(`at ${adult} for an adult a child pays ${child} and an infant ${infant}: ${why}`, () => {
      assert.deepEqual(amounts(filed(adult), usual), [adult, child, infant]);
    });
  }

  test('a filed fare applies, whether lower or higher than the share, and even if free', () => {
    assert.deepEqual(amounts(filed(1000, 990), usual), [1000, 990, 100]);
    assert.deepEqual(amounts(filed(1000, undefined, 1), usual), [1000, 750, 1]);
    assert.deepEqual(amounts(filed(1000, 0, 0), usual), [1000, 0, 0]);
  });

  test('without an adult fare there is no price, whatever fares children have', () => {
    assert.equal(amounts(filed(undefined, 500, 50), usual), null);
  });

  test('a carrier has shares of its own', () => {
    assert.deepEqual(amounts(filed(1000), { CHILD: 67, INFANT: 0 }), [1000, 670, 0]);
    assert.deepEqual(amounts(filed(999), { CHILD: 100, INFANT: 50 }), [999, 999, 500]);
  });

  test('the price of a party is the sum of the amounts of its travellers by type', () => {
    const of: Amounts = [1000, 750, 100];
    assert.deepEqual([each(of, 'ADULT'), each(of, 'CHILD'), each(of, 'INFANT')], [1000, 750, 100]);
    assert.equal(partyTotal(of, { ADULT: 2, CHILD: 3, INFANT: 1 }), 4350);
  });

  test('rounding is per traveller, not on the sum', () => {
    const of = amounts(filed(6), usual)!; // a child 4.5
    assert.equal(partyTotal(of, { ADULT: 1, CHILD: 3, INFANT: 0 }), 6 + 3 * 5);
  });

  test('a share is rounded to the nearest unit, half up', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(100), (adult, percent) => {
        const [, child] = amounts(filed(adult), { CHILD: percent, INFANT: 0 })!;
        const tooMuch = BigInt(child) * 100n - BigInt(adult) * BigInt(percent); // hundredths of a unit
        assert.ok(tooMuch > -50n && tooMuch <= 50n, `${percent} % of ${adult} is not ${child}`);
      }),
    );
  });
});

describe('the amounts that can be the lowest of a day', () => {
  const amount = fc.nat(50); // few values, so that ties are common
  const some = fc.array(fc.tuple(amount, amount, amount), { maxLength: 40 });

  for (const [what, all, kept] of [
    ['of none', [], []],
    ['of one', [[9, 8, 1]], [[9, 8, 1]]],
    ['of equals', [[9, 8, 1], [9, 8, 1]], [[9, 8, 1]]], // prettier-ignore
    ['undercut in all three', [[9, 8, 2], [8, 7, 1]], [[8, 7, 1]]], // prettier-ignore
    ['undercut in one and equal in two', [[9, 8, 1], [9, 7, 1]], [[9, 7, 1]]], // prettier-ignore
    ['lower for a child only', [[9, 7, 1], [10, 2, 1]], [[9, 7, 1], [10, 2, 1]]], // prettier-ignore
    ['lower for an infant only', [[9, 7, 1], [9, 7, 0], [9, 6, 2]], [[9, 6, 2], [9, 7, 0]]], // prettier-ignore
  ] as [string, Amounts[], Amounts[]][]) {
    test(`${what}: ${kept.length} of ${all.length} ${kept.length === 1 ? 'is' : 'are'} kept`, () => {
      assert.deepEqual(lowest(all), kept);
    });
  }

  test('every party finds its lowest total among them', () => {
    fc.assert(
      fc.property(some, (all) => {
        const kept = lowest(all);
        for (const party of parties) {
          const least = (list: readonly Amounts[]) => Math.min(...list.map((one) => partyTotal(one, party)));
          assert.equal(least(kept), least(all));
        }
      }),
    );
  });

  test('each is one of the inputs, and none is undercut or equalled by another', () => {
    fc.assert(
      fc.property(some, (all) => {
        const kept = lowest(all);
        for (const [i, one] of kept.entries()) {
          assert.ok(all.some((other) => other.every((value, type) => value === one[type])));
          const below = kept.filter((other, j) => j !== i && other.every((value, type) => value <= one[type]!));
          assert.deepEqual(below, []);
        }
      }),
    );
  });

  test('they do not depend on the order of the fares, and the input is not mutated', () => {
    fc.assert(
      fc.property(some, (all) => {
        const before = structuredClone(all);
        assert.deepEqual(lowest(all.toReversed()), lowest(all));
        assert.deepEqual(all, before);
      }),
    );
  });
});
