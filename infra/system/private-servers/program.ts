// Finds programs of the machine, and runs one to completion.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The path of a program, or undefined. Servers may be installed in folders that only root's PATH contains. */
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

/** The output of a program, within `timeout` ms if given. Throws an Error with its output when it fails. */
export async function outputOf(
  command: string,
  args: readonly string[],
  how: { cwd?: string; timeout?: number } = {},
): Promise<string> {
  const { stdout } = await run(command, args, { maxBuffer: 2 ** 24, killSignal: 'SIGKILL', ...how }); // a hanging program ignores other signals
  return stdout;
}

/** The path of a program of which the recipe's `missing` says that it is there. Throws an Error if it is not. */
export function requiredProgram(name: string): string {
  const path = programOf(name);
  if (path === undefined) throw new Error(`There is no ${name} on this machine.`);
  return path;
}
