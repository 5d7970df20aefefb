// An append-only log of JSON lines: what a partner knows is what its file says, so a line is in it whole or not at all.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { diskFault, onDisk } from '../database/disk-fault.ts';
import { failpoint, inNameOf } from '../process/failpoint.ts';
import type { Log } from '../logging/log.ts';
import { makeFolder } from '../config/make-folder.ts';

export interface JsonLines<Entry> {
  /** What was in the file when it was opened, the oldest first. */
  entries: Entry[];
  /**
   * Writes a line for each entry, all or none; they survive a power cut once this returns. Throws a DiskFault where the
   * disk refuses them.
   */
  append(entries: readonly Entry[]): void;
  close(): void;
}

const OWNER_ONLY = 0o600;

/**
 * Opens the log in a file, which is made where it is missing. A half line at its end, left by a crash, was never
 * acknowledged: it is cut off. Throws an Error that names the file, the line and what to do where a line is damaged.
 * `partner` names the process to failpoints.
 */
export function openJsonLines<Entry>(file: string, partner: string, log?: Log): JsonLines<Entry> {
  const descriptor = onDisk(file, () => {
    makeFolder(dirname(file));
    return openSync(file, 'a+', OWNER_ONLY);
  });

  /** The file ends with a whole line at this byte; what stands beyond it was not acknowledged. */
  let end = 0;
  const cutOff = () => {
    if (fstatSync(descriptor).size > end) ftruncateSync(descriptor, end);
  };

  const entries = onDisk(file, () => {
    const written = readFileSync(file);
    end = written.lastIndexOf('\n') + 1;
    if (end < written.length) log?.warn(`${file} ended in half a line, which was never acknowledged: it is cut off`);
    cutOff();
    return parsed<Entry>(written.toString('utf8', 0, end), file);
  });

  return {
    entries,
    append(added) {
      if (!added.length) return;
      const lines = Buffer.from(added.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      inNameOf(partner, () => {
        failpoint('before-commit');
        try {
          cutOff(); // what an append that failed could not take back
          writeAll(descriptor, lines);
          fdatasyncSync(descriptor);
        } catch (error) {
          takeBack(cutOff);
          throw diskFault(error, file);
        }
        end += lines.length;
        failpoint('after-commit');
      });
    },
    close: () => closeSync(descriptor),
  };
}

/**
 * The entries of a log that another process may be writing, without a half line at its end; none where there is no file.
 * Throws an Error that names the file, the line and what to do where a line is damaged.
 */
export function readJsonLines<Entry>(file: string): Entry[] {
  if (!existsSync(file)) return [];
  const text = onDisk(file, () => readFileSync(file, 'utf8'));
  return parsed(text.slice(0, text.lastIndexOf('\n') + 1), file);
}

/** A write may put only a part into the file: the rest follows, until the disk takes all of it or refuses. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/** A disk that refused an append may refuse this as well: then the next append does it, or the next start. */
function takeBack(cutOff: () => void): void {
  try {
    cutOff();
  } catch {
    // done before anything is written behind it
  }
}

function parsed<Entry>(text: string, file: string): Entry[] {
  return text.split('\n').flatMap((line, n) => {
    if (!line) return [];
    try {
      return [JSON.parse(line) as Entry];
    } catch (cause) {
      throw new Error(
        `${file}, line ${n + 1}, is damaged: it is no JSON. Restore the file from a copy, or remove that line: ` +
          'what it says is then unknown to this partner.',
        { cause },
      );
    }
  });
}
