// Normalization of a person's name, and refusals with their reason.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameKey, personName } from '../../schema/terms/person-name.ts';

const kept = (text: string) => {
  const outcome = personName(text);
  return 'name' in outcome ? outcome.name : outcome.because;
};

describe("a person's name", () => {
  test('is stored without direction marks, zero-width characters and repeated blanks', () => {
    assert.equal(kept('\u202eAsha\u202c \u200b  Rao\ufeff'), 'Asha Rao');
    assert.equal(kept('\u200eAsha\tRao\u200f\u2060'), 'Asha Rao');
    assert.equal(kept('A\u00adsha\u3164 Rao\u{e0041}'), 'Asha Rao');
  });

  test('keeps the joiners that Persian and Sinhala need, and no others', () => {
    assert.equal(kept('علی\u200cرضا'), 'علی\u200cرضا');
    assert.equal(kept('ශ්\u200dරී'), 'ශ්\u200dරී');
    assert.equal(kept('As\u200dha\u200c'), 'Asha');
    assert.equal(kept('علی\u200c\u200c'), 'علی');
  });

  test('is refused for control characters or its length, with that reason', () => {
    assert.match(kept('Asha\u0007Rao'), /no control characters/);
    assert.match(kept('Asha\u0085\u009fRao'), /no control characters/);
    for (const text of ['', ' ', '\u200b\u202e', 'x'.repeat(101)]) assert.match(kept(text), /1 to 100 characters/);
    assert.equal(kept('x'.repeat(100)).length, 100);
  });

  test('is equal with or without invisible characters', () => {
    assert.equal(nameKey('ASHA\u200b  Rao'), nameKey('Asha Rao'));
    assert.equal(nameKey('علی\u200cرضا'), nameKey('علیرضا'));
    assert.notEqual(nameKey('Asha Rao'), nameKey('Asha Roa'));
  });
});
