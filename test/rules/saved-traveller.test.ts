// Saved travellers: what is stored, and the sentence that says why a traveller cannot be saved.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { travellerOf } from '../../subgraphs/account/rules/traveller.ts';

const TODAY = '2026-03-24';
const document = { kind: 'PASSPORT', number: 'z1234567', country: 'IN', expiresOn: TODAY } as const;
const asha = { name: ' Asha  Rao ', birthDate: '1990-05-17' };

test('a traveller without a document is stored with a tidy name', () => {
  assert.deepEqual(travellerOf(asha, TODAY), {
    name: 'Asha Rao',
    birthDate: '1990-05-17',
    documentKind: null,
    documentNumber: null,
    documentCountry: null,
    documentExpiresOn: null,
  });
});

test('the number of a document is stored in capitals', () => {
  assert.deepEqual(travellerOf({ ...asha, document }, TODAY), {
    name: 'Asha Rao',
    birthDate: '1990-05-17',
    documentKind: 'PASSPORT',
    documentNumber: 'Z1234567',
    documentCountry: 'IN',
    documentExpiresOn: TODAY,
  });
});

describe('a traveller is saved', () => {
  const good = [
    { birthDate: TODAY },
    { birthDate: '1900-01-01' },
    { document: { ...document, number: 'A1b2C' } },
    { document: { ...document, number: 'Z'.repeat(20) } },
  ];
  for (const change of good) {
    test(`with ${JSON.stringify(change)}`, () => assert.ok(!('refused' in travellerOf({ ...asha, ...change }, TODAY))));
  }
});

describe('a traveller is refused', () => {
  const number = "A document's number has 5 to 20 letters and digits.";
  const country = "A document's country is two capital letters, as IN.";
  const bad: [change: object, why: string][] = [
    [{ birthDate: '2026-03-25' }, 'The birth date 2026-03-25 is in the future.'],
    [{ birthDate: '1899-12-31' }, 'The birth date 1899-12-31 is too long ago.'],
    [{ document: { ...document, number: 'Z123' } }, number],
    [{ document: { ...document, number: 'Z'.repeat(21) } }, number],
    [{ document: { ...document, number: 'Z-12345' } }, number],
    [{ document: { ...document, country: 'in' } }, country],
    [{ document: { ...document, country: 'IND' } }, country],
    [{ document: { ...document, expiresOn: '2026-03-23' } }, 'The document expired on 2026-03-23.'],
  ];
  for (const [change, why] of bad) {
    test(`with ${JSON.stringify(change)}`, () =>
      assert.deepEqual(travellerOf({ ...asha, ...change }, TODAY), { refused: 'INVALID_TRAVELLER', because: why }));
  }
});
