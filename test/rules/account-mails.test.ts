// The texts of account mails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText } from '../../infra/partners/mail-form.ts';
import { accountLetter, kindsWithCode } from '../../subgraphs/account/rules/account-mails.ts';

const LONGEST_LINE = 76; // characters; a longer line makes the text part encoded, which splits a code over two lines

test('a code can be copied from the mail source: no line is long enough to be encoded', () => {
  const code = 'x'.repeat(43);
  for (const kind of kindsWithCode) {
    const mail = { id: 'mail', account: 'acc_1', kind, email: 'asha@example.com' };
    const lines = asText(accountLetter(mail, code, new Date(0))).split('\n');
    assert.ok(lines.includes(code), kind);
    assert.deepEqual(lines.filter((line) => line.length > LONGEST_LINE), [], kind); // prettier-ignore
  }
});
