// Checks the types beside a running system: tsc --watch, of which only errors are shown.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Reports each type error below `root` as a line, and the end of all errors. The returned function stops it. */
export function watchTypes(root: string, say: (line: string) => void): () => Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const cache = join(root, 'node_modules/.cache/dev.tsbuildinfo'); // the next check reads only what changed since
  const how = ['--watch', '--preserveWatchOutput', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', cache];
  const child = spawn(process.execPath, [tsc, ...how], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true }); // prettier-ignore
  const ended = once(child, 'close').catch(() => undefined);
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW); // the system comes first
  let hadErrors = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/ error TS\d+: |^ /.test(line)) say(line);
    const [, count] = /Found (\d+) errors?\./.exec(line) ?? [];
    if (count === undefined) return;
    if (hadErrors && count === '0') say('no type errors any more');
    hadErrors = count !== '0';
  });
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
