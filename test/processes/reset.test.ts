// npm run reset and npm run repl as their user sees them: orders in every state, and a prompt to look at them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { orderStatuses } from '../../subgraphs/order/rules/order.ts';
import { STOPPED } from '../../infra/system/develop/scenarios.ts';
import { root } from '../kit/compose-file.ts';
import { spawned } from '../kit/spawned.ts';

async function reset(...args: string[]) {
  await using command = spawned('reset', ['node', 'infra/system/develop/reset.ts', ...args], {});
  return { code: await command.ended, lines: command.lines };
}

/** The output of the prompt for these lines, which come through a pipe. */
async function prompted(args: readonly string[], lines: readonly string[]): Promise<string> {
  const repl = spawn(process.execPath, ['infra/system/develop/repl.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  repl.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return text(repl.stdout);
}

describe('npm run reset', () => {
  test('alone lists the scenarios, one for every state and one for all', async () => {
    const { code, lines } = await reset();
    const names = lines.slice(1).map((line) => line.trim().split(' ')[0]!.toUpperCase().replaceAll('-', '_'));
    assert.equal(code, 0);
    assert.deepEqual(names.sort(), [...orderStatuses, 'ALL'].sort());
  });

  test('names the scenario that was meant', async () => {
    assert.deepEqual(await reset('refundign'), {
      code: 1,
      lines: ['There is no scenario refundign; did you mean refunding?'],
    });
  });

  test('makes an order in every state, each of which the prompt shows, with workers stopped and the clock in hand', async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'reset-'));
    const { code, lines } = await reset('all', '--data', dir.path);
    assert.equal(code, 0, lines.join('\n'));
    const made = lines.flatMap((line) => {
      const [, id, status, how] = /^(ord_\w+) +(\w+) +(.*)$/.exec(line) ?? [];
      return id === undefined ? [] : [{ id, status: status!, how: how! }];
    });
    assert.deepEqual(made.map(({ status }) => status).sort(), [...orderStatuses].sort());
    const { id, how } = made.find(({ status }) => status === 'PENDING')!;
    assert.equal(how, `npm run repl -- --data ${dir.path} --without ${STOPPED.join()}, then await order('${id}')`);

    const ofStatus = (status: string) => made.find((each) => each.status === status)!.id;
    const said = await prompted(
      ['--data', dir.path, '--without', STOPPED.join()],
      [
        ...made.map(({ id, status }) => `(await order('${id}')).status === '${status}'`),
        "(await graphql('{ me { roles } }', {}, { as: 'operator' })).data.me.roles.join()",
        "await graphql('{ me { roles } }', {}, { as: 'pilot' })",
        "clock.advance('16m'); await settled()",
        `const { status, payBy } = await stores.order.orders.byId('${ofStatus('AWAITING_PAYMENT')}')`,
        '[status, payBy < clock.now().getTime()].join()',
        'const two = () => {',
        '  return 1 + 1; }',
        'two()',
      ],
    );
    assert.equal(said.match(/> true$/gm)?.length, made.length, said);
    assert.match(said, /> 'TRAVELLER,OPERATOR'$/m);
    assert.match(said, /There is no demo account pilot/);
    assert.match(said, /> 'AWAITING_PAYMENT,true'$/m, 'its time is over, and the worker that closes it is stopped');
    assert.match(said, /> 2\n/);
    assert.match(said, /stands still at/);
  });
});
