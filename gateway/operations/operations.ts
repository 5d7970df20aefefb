// The operations beside this file, one a file: for the explorer's tabs, the demo, the READMEs, the commands and tests.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const TYPE = '.graphql';

/** Every operation's text by the name of its file without its ending, as `sign-up`; read once. */
export const exampleOperations: ReadonlyMap<string, string> = new Map(
  globSync(`*${TYPE}`, { cwd: import.meta.dirname })
    .sort()
    .map((file) => [basename(file, TYPE), readFileSync(join(import.meta.dirname, file), 'utf8')]),
);

/** The text of one operation, with the comments before it. Throws an Error if there is no such file. */
export function operation(name: string): string {
  const text = exampleOperations.get(name);
  if (text === undefined) throw new Error(`gateway/operations has no ${name}${TYPE}`);
  return text;
}
