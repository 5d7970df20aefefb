// A mutant. In a file of its own, because each process of a test loads it: mutants.ts needs the TypeScript compiler.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bugs.ts';

/** A change of one place in a source file. */
export interface Mutant {
  /** The file, relative to the root. */
  file: string;
  line: number;
  /** The text of the line, trimmed. */
  source: string;
  /** The kind of change, for example "drops a statement". */
  kind: string;
  /** The range of the replaced text, in characters. */
  start: number;
  end: number;
  /** The replacement. */
  text: string;
  /** The replaced text, for the report. */
  was: string;
}

/** The file's source with the mutant. */
export function withMutant({ file, start, end, text }: Mutant): string {
  const source = readFileSync(join(root, file), 'utf8');
  return source.slice(0, start) + text + source.slice(end);
}
