// Loaded before a program of the system (node --import): the clock of its machine is off by the number of ms in a file.
// The file is read each time the clock is read, so that a test can correct it.
import { readFileSync } from 'node:fs';

/** The variable that names the file. */
export const OFF_FILE = 'TEST_CLOCK_OFF_FILE';

const file = process.env[OFF_FILE];
if (file) {
  const off = () => Number(readFileSync(file, 'utf8'));
  globalThis.Date = new Proxy(Date, {
    construct: (machine, args, made) =>
      Reflect.construct(machine, args.length ? args : [machine.now() + off()], made) as Date,
    get: (machine, name, made) =>
      name === 'now' ? () => machine.now() + off() : (Reflect.get(machine, name, made) as unknown),
  });
}
