// The import graph of the repository's files: what a test file reaches, and how near.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './bugs.ts';

const importsOf = new Map<string, readonly string[]>();

/** The files of the repository that this one imports, also by `import()`. */
function imports(file: string): readonly string[] {
  const known = importsOf.get(file);
  if (known) return known;
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
  const found = importedFiles
    .filter(({ fileName }) => fileName.startsWith('.') && fileName.endsWith('.ts'))
    .map(({ fileName }) => join(dirname(file), fileName))
    .filter((imported) => existsSync(join(root, imported))); // a string in a test may look like an import
  importsOf.set(file, found);
  return found;
}

/** Each file that `from` reaches through imports, with the number of steps to it. */
export function reachedFrom(from: string): ReadonlyMap<string, number> {
  const steps = new Map([[from, 0]]);
  // a map iterates over what is added meanwhile: nearest first
  for (const [file, step] of steps)
    for (const imported of imports(file)) if (!steps.has(imported)) steps.set(imported, step + 1);
  return steps;
}
