// npm run test:one: finds the file that was meant, runs it or the tests that match, and says what is near.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { spawned } from '../kit/spawned.ts';
import { meant } from '../one.ts';

/** The exit code and the output of the command. */
async function testOne(args: string[], env: Record<string, string> = {}) {
  await using one = spawned('test:one', ['node', 'test/one.ts', ...args], env);
  return { code: await one.ended, said: one.lines.join('\n') };
}

describe('npm run test:one', () => {
  test('runs a file that its path or the end of it names, with readable output', async () => {
    const { code, said } = await testOne(['rules/network']);
    assert.equal(code, 0, said);
    assert.match(said, /^✔ an IPv4 address counts on its own, .*\(.*ms\)$/m);
  });

  test('runs only the tests whose names contain a text, taken literally, or match a pattern', async () => {
    const named = (name: string) => testOne(['test/rules/order-number.test.ts', name]);
    assert.match((await named('Nine characters')).said, /has nine characters[^]*^ℹ tests 1$/m);
    assert.match((await named('/nine characters|is normalized/')).said, /^ℹ tests 2$/m);
    assert.deepEqual(await named('nine characters|is normalized'), {
      code: 1,
      said: 'test/rules/order-number.test.ts has no test whose name matches nine characters|is normalized.',
    });
  });

  test('fails when a test fails', async () => {
    const { code, said } = await testOne(['journeys/start-after-import'], { TEST_DATABASE_URL: 'nowhere' });
    assert.deepEqual([code, /^ℹ fail 1$/m.test(said)], [1, true], said);
  });

  test('without a file prints how it is used', async () => {
    assert.deepEqual(await testOne([]), { code: 1, said: 'usage: npm run test:one -- FILE [NAME]' });
  });
});

describe('the test file that was meant', () => {
  const files = ['journeys/cart', 'subgraphs/cart', 'subgraphs/order', 'journeys/ordering', 'rules/money'].map(
    (name) => `test/${name}.test.ts`,
  );

  test('is found by its path, with or without folder and ending', () => {
    for (const name of ['test/rules/money.test.ts', 'rules/money.test.ts', 'rules/money', 'money'])
      assert.equal(meant(name, files), 'test/rules/money.test.ts');
  });

  test('is not guessed when several fit', () => {
    assert.throws(() => meant('cart', files), {
      message: 'cart may be one of several tests:\n  test/journeys/cart.test.ts\n  test/subgraphs/cart.test.ts',
    });
  });

  test('that does not exist is answered with the nearest ones', () => {
    assert.throws(() => meant('rules/mony', files), /^Error: There is no test rules\/mony\. The nearest are:\n {2}test\/rules\/money\.test\.ts\n/); // prettier-ignore
    assert.throws(() => meant('orders', files), /nearest are:\n {2}test\/subgraphs\/order\.test\.ts\n/);
  });
});
