// Loaded before all else into a process that is to crash: on SIGWINCH its clock jumps and another failpoint is armed.
// ORDERS names the file that says by how many ms and which one; what it did is said on standard error.
import { readFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { arm } from '../../infra/failpoint.ts';

/** What such a process is told: `n` counts. */
export interface Told {
  n: number;
  /** ms */
  jump: number;
  /** Armed from now on; unless given, what is armed stays so. */
  arm?: string;
}

const STDERR = 2;
const machine = Date.now;
let ahead = 0;
Date.now = () => machine() + ahead; // CLOCK is set: infra/clock.ts starts there and runs on by this

// a signal that ends nobody, and that start.ts takes for no wish to stop
process.on('SIGWINCH', () => {
  const told = JSON.parse(readFileSync(process.env['ORDERS']!, 'utf8')) as Told;
  ahead += told.jump;
  if (told.arm !== undefined) arm(told.arm);
  flushCompileCache(); // who is killed writes nothing, and the next one starts faster by it
  writeSync(STDERR, `told ${told.n}\n`);
});
