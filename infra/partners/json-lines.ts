// An append-only log of JSON lines, a partner's only store: each line is written whole or not at all.
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
  /** The content of the file when it was opened, oldest first. */
  entries: Entry[];
  /**
   * Appends a line for each entry, all or none; durable once this returns, even after a power cut. Throws a DiskFault
   * if the disk refuses.
   */
  append(entries: readonly Entry[]): void;
  close(): void;
}

const OWNER_ONLY = 0o600;

/**
 * Opens the log in a file, which is created if it is missing. A half line at its end, left by a crash, was never
 * acknowledged and is cut off. Throws an Error that names the file, the line and what to do if a line is damaged.
 * `partner` names the process for failpoints.
 */
export function openJsonLines<Entry>(file: string, partner: string, log?: Log): JsonLines<Entry> {
  const descriptor = onDisk(file, () => {
    makeFolder(dirname(file));
    return openSync(file, 'a+', OWNER_ONLY);
  });

  /** The offset after the last whole line; anything beyond it was not acknowledged. */
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
          cutOff(); // removes what a failed append left
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
 * The entries of a log that another process may be writing, without a half line at its end; none if there is no file.
 * Throws an Error that names the file, the line and what to do if a line is damaged.
 */
export function readJsonLines<Entry>(file: string): Entry[] {
  if (!existsSync(file)) return [];
  const text = onDisk(file, () => readFileSync(file, 'utf8'));
  return parsed(text.slice(0, text.lastIndexOf('\n') + 1), file);
}

/** One write may store only a part: writes the rest, until the disk takes all of it or refuses. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/** A disk that refused an append may refuse this as well: then the next append does it, or the next start. */
function takeBack(cutOff: () => void): void {
  try {
    cutOff();
  } catch {
    // done before the next append
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
