// The frame of every process of the system: output that may fail, calls past a proxy, and the exit code.
import { callLoopbackDirectly } from '../config/loopback.ts';
import { printable } from '../logging/printable.ts';

/** The oldest Node with all features that we use; package.json says the same. */
export const OLDEST_NODE = '24.14';

/** Why a version of Node cannot run this; undefined if it can. */
export function whyNotThisNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Fareloom needs Node ${OLDEST_NODE} or newer and this is ${version}: run it by npm, as npm start, which brings its own.`;
}

/**
 * Runs the program of an entry point; `main` returns the exit code. An Error that it throws is printed to standard
 * error as one message, and the process exits with 1.
 *
 * Output is best effort: a reader that closed the pipe (EPIPE), a full disk (ENOSPC) or a lost terminal (EIO) costs the
 * lines and nothing else. A service keeps running, and a command finishes its work with its usual exit code. Writing
 * works again as soon as the disk has space.
 */
export async function runCommand(main: () => Promise<number | void> | number | void): Promise<void> {
  // Without a listener Node would throw these errors asynchronously, and end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    const fault = whyNotThisNode(process.versions.node);
    if (fault !== undefined) throw new Error(fault);
    callLoopbackDirectly(process.env);
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    process.stderr.write(`${printable(error instanceof Error ? error.message : String(error))}\n`);
    process.exit(1); // connections may still be open
  }
}
