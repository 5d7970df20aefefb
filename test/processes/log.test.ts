// The log of a process, as a collector or a terminal receives it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serviceNames } from '../../infra/system/service.ts';
import { root } from '../kit/compose-file.ts';

/** The log lines of a program. */
async function lines(options: object, program: string, env: Record<string, string> = {}): Promise<string[]> {
  const source = `import { openLog } from ${JSON.stringify(join(root, 'infra/logging/log.ts'))};
    const log = openLog(${JSON.stringify(options)}); ${program}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', source], { env });
  return stdout.trimEnd().split('\n');
}

test('a line is one JSON object: time, level, service, trace, order, message', async () => {
  const [first, second, ...more] = await lines(
    { level: 'info', json: true, service: 'settle-orders' },
    `log.child({ traceId: 'a1', service: 'hold-stock' }).warn('no\\nseats', { order: 'ord_01', error: new Error('gone') });
     log.debug('below the level');
     log.info('plain');`,
  );
  const { time, ...line } = JSON.parse(first!) as Record<string, unknown> & { error: { message: string } };
  assert.ok(Math.abs(Date.now() - Date.parse(String(time))) < 600_000);
  assert.deepEqual(Object.keys(line).slice(0, 5), ['level', 'service', 'traceId', 'orderId', 'message']);
  assert.deepEqual(
    [line['level'], line['service'], line['traceId'], line['orderId'], line['message'], line.error.message],
    ['warn', 'hold-stock', 'a1', 'ord_01', 'no\nseats', 'gone'],
  );
  assert.equal(
    (JSON.parse(second!) as Record<string, unknown>)['service'],
    'settle-orders',
    'a line without has its process’',
  );
  assert.deepEqual(more, []);
});

test('repeated lines are sampled, and the rest is reported after a second', async () => {
  const written = await lines(
    { level: 'info', json: true },
    `for (let i = 0; i < 500; i++) log.error('again', { i });
     setTimeout(() => undefined, 1500);`, // the program lives on for its summary
  );
  const parsed = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  const again = parsed.filter(({ message }) => message === 'again').length;
  const { of, leftOut } = parsed.find(({ message }) => message === 'lines like this were left out')!;
  assert.equal(of, 'again');
  assert.ok(again < 100);
  assert.equal(again + Number(leftOut), 500);
});

test('on a terminal lines are readable; coloured only if wanted, and no text controls the terminal', async () => {
  const program = `log.warn('slow', { ms: 5 });
    log.error('broken', { error: new Error('red \\u001b[31m alert', { cause: new Error('deep') }) });`;
  const options = { level: 'info', json: false };
  const plain = (await lines(options, program)).join('\n');
  assert.match(
    plain,
    /^warn: slow ms=5\nerror: broken\nError: red \\u001b\[31m alert\n {4}at [^]*because: Error: deep/,
  );
  const coloured = (await lines(options, program, { FORCE_COLOR: '1' })).join('\n');
  assert.ok(coloured.includes('\u001b[33mwarn: slow\u001b[39m'));
  assert.ok(!(await lines(options, program, { NO_COLOR: '1' })).join('').includes('\u001b'));
});

test('on a terminal the name of every service is separated from the message', async () => {
  const names = serviceNames;
  const program = `for (const service of ${JSON.stringify(names)}) log.info('ready', { service });`;
  const written = await lines({ level: 'info', json: false }, program);
  assert.deepEqual(
    written.map((line) => line.split(/ +/)),
    names.map((name) => [name, 'ready']),
  );
  assert.equal(new Set(written.map((line) => line.length)).size, 1, 'all messages begin in one column');
});
