// The columns of a fare file, and how its header is read.
import { type FieldName, OPTIONAL, REQUIRED } from '../../../subgraphs/fare/rules/draft-fields.ts';

/** A column of a fare file. */
export type Column = FieldName;

/**
 * The columns that a header names, or a sentence that lists those that are missing, unknown or repeated. Upper and
 * lower case are the same, and empty cells at the end are ignored, because spreadsheets write them.
 */
export function columnsOf(cells: readonly string[]): Column[] | string {
  const header = cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1).map(columnNamed);
  const [only = '', ...others] = header;
  const separator = others.length ? undefined : separators.find(([sign]) => only.includes(sign));
  if (separator) return `the header has ${separator[1]} between its columns; separate them by commas`;
  const known: readonly string[] = [...REQUIRED, ...OPTIONAL];
  const faults = [
    ['has no', REQUIRED.filter((name) => !header.includes(name))],
    ['has an unknown', header.filter((name) => !known.includes(name))],
    ['repeats', header.filter((name, i) => header.indexOf(name) < i)],
  ] as const;
  const said = faults.filter(([, names]) => names.length).map(([fault, names]) => `${fault} ${list(names)}`);
  if (!said.length) return header as Column[];
  return `the header ${said.join(', ')}; give the columns ${REQUIRED.join(',')}, and as you need them ${OPTIONAL.join(',')}`;
}

const columnNamed = (cell: string): string =>
  [...REQUIRED, ...OPTIONAL].find((name) => name.toLowerCase() === cell.trim().toLowerCase()) ?? cell;

const separators = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
] as const;

const list = (names: readonly string[]): string => names.map((name) => JSON.stringify(name.slice(0, 60))).join(' and ');
