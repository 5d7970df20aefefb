// Preloaded into a process that shall crash: on SIGWINCH it arms another failpoint.
// ORDERS is the path of the file that names the failpoint; the process reports its actions on standard error.
import { readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { arm } from '../../infra/process/failpoint.ts';

/** An instruction to such a process; `n` numbers the instructions. */
export interface Told {
  n: number;
  /** Armed from now on. */
  arm: string;
}

const STDERR = 2;

// a signal that ends no process, and that start.ts does not handle as a stop
process.on('SIGWINCH', () => {
  const told = JSON.parse(readFileSync(process.env['ORDERS']!, 'utf8')) as Told;
  arm(told.arm);
  flushCompileCache(); // a killed process would not write the cache, which speeds up the next start
  writeSync(STDERR, `told ${told.n}\n`);
});
