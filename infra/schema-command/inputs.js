// Reads what the command is given.
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Misused } from './failures.js';

/**
 * The schema in a file, or in standard input.
 *
 * @param {string | boolean | undefined} file
 * @returns {Promise<string>}
 */
export async function readSdl(file) {
  if (typeof file !== 'string') throw new Misused('Give --file: the schema, or - for standard input.');
  const bytes =
    file === '-'
      ? await buffer(process.stdin)
      : await readFile(file).catch(() => {
          throw new Misused(`${file} cannot be read.`);
        });
  if (!isUtf8(bytes)) throw new Misused(`${file} is not valid UTF-8: save the schema as UTF-8.`);
  return bytes.toString('utf8');
}

/**
 * @param {string} option
 * @param {string | boolean} given
 * @returns {number}
 */
export function wholeNumber(option, given) {
  if (/^\d{1,9}$/.test(String(given))) return Number(given);
  throw new Misused(`${option}: give a whole number.`);
}
