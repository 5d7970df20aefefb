// Runs Python beside a test, where the machine has it.
import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Why tests in Python are skipped on this machine; false where it has Python. */
export const withoutPython = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed';

// no folder of compiled modules beside the source
const env = { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1' };

/** Starts a program in a folder, whose modules it can import. */
export const startPython = (program: string, folder: string) =>
  spawn('python3', ['-c', program], { cwd: folder, env, stdio: ['pipe', 'pipe', 'inherit'] });

/** Runs a program that reads JSON and writes JSON. */
export async function runPython<Result>(program: string, folder: string, input: unknown): Promise<Result> {
  const { stdin, stdout } = startPython(program, folder);
  stdin.end(JSON.stringify(input));
  return JSON.parse(await text(stdout)) as Result;
}
