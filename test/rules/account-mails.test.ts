// The wording of the mails of accounts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText } from '../../infra/partners/mail-form.ts';
import { accountLetter, kindsWithCode } from '../../subgraphs/account/rules/account-mails.ts';

const LONGEST_LINE = 76; // characters; beyond it the text part is encoded, and a code is broken over two lines

test('a code can be copied from the file of its mail: no line is so long that the text is encoded', () => {
  const code = 'x'.repeat(43);
  for (const kind of kindsWithCode) {
    const mail = { id: 'mail', account: 'acc_1', kind, email: 'asha@example.com' };
    const lines = asText(accountLetter(mail, code, new Date(0))).split('\n');
    assert.ok(lines.includes(code), kind);
    assert.deepEqual(lines.filter((line) => line.length > LONGEST_LINE), [], kind); // prettier-ignore
  }
});
