// Loaded before a program of the system (node --import): its clock is ahead of the machine's by the number of ms in a
// file. The file is read each time the clock is read, so that many processes advance at the same instant.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Clock, SystemClock } from '../../infra/process/clock.ts';

/** The variable that names the file. */
export const AHEAD_FILE = 'TEST_CLOCK_AHEAD_FILE';

/** Replaces the function in infra/process/clock.ts. */
export const openClock = (_startAt?: Date, machine: Clock = () => new Date()): SystemClock => ({
  now: () => ahead(machine()),
  at: ahead,
});

const ahead = (time: Date): Date => new Date(time.getTime() + Number(readFileSync(process.env[AHEAD_FILE]!, 'utf8')));

if (process.env[AHEAD_FILE]) {
  const shipped = new URL('../../infra/process/clock.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return found.url === shipped ? { ...found, url: import.meta.url } : found;
    },
  });
}
