// Programs of the machine: where they are, and running one to its end.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of a program; undefined where there is none. Servers may lie where only root looks. */
export function programOf(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
  ];
  return folders.map((folder) => join(folder, name)).find((path) => isProgram(path));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a program prints, within `timeout` ms if that is given. Throws an Error with what it said when it fails. */
export async function outputOf(
  command: string,
  args: readonly string[],
  how: { cwd?: string; timeout?: number } = {},
): Promise<string> {
  const { stdout } = await run(command, args, { maxBuffer: 2 ** 24, killSignal: 'SIGKILL', ...how }); // what hangs may hear of nothing else
  return stdout;
}
