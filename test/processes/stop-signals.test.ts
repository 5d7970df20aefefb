// The signals that stop a process while it starts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

const MODULE = join(import.meta.dirname, '../../infra/process/lifecycle/stop-signals.ts');

/** Runs this code with the signals of a new process, and sends SIGTERM once it prints a line. Resolves with its end. */
async function stopped(code: string): Promise<{ end: unknown[]; output: string }> {
  const started = `import { openStopSignals } from ${JSON.stringify(MODULE)}; const signals = openStopSignals();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${started}\n${code}`]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    if (!output) child.kill('SIGTERM');
    output += data.toString();
  });
  const end = await once(child, 'close');
  return { end, output };
}

test('a signal before anything was started ends the process in order', async () => {
  const { end } = await stopped('console.log("loading"); setInterval(() => undefined, 1000);');
  assert.deepEqual(end, [0, null]);
});

test('a signal while the start ends is not lost', async () => {
  const { end, output } = await stopped(
    'signals.handle(() => setImmediate(() => process.exit(signals.end() ? 7 : 1))); console.log("starting"); setInterval(() => undefined, 1000);',
  );
  assert.deepEqual([end, output], [[7, null], 'starting\n']);
});
