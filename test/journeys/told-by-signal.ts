// Loaded before all else into a process that is to crash: on SIGWINCH another failpoint is armed.
// ORDERS names the file that says which one; what it did is said on standard error.
import { readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { arm } from '../../infra/process/failpoint.ts';

/** What such a process is told: `n` counts. */
export interface Told {
  n: number;
  /** Armed from now on. */
  arm: string;
}

const STDERR = 2;

// a signal that ends nobody, and that start.ts takes for no wish to stop
process.on('SIGWINCH', () => {
  const told = JSON.parse(readFileSync(process.env['ORDERS']!, 'utf8')) as Told;
  arm(told.arm);
  flushCompileCache(); // who is killed writes nothing, and the next one starts faster by it
  writeSync(STDERR, `told ${told.n}\n`);
});
