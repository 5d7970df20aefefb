// Plants a fault in a file while it is loaded, so that the product needs no switch for it: the bug named by PLANTED, or
// the mutant in MUTANT, as JSON. Used as node --import ./test/planted/plant.ts.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bugs, root, withBug } from './bugs.ts';
import { type Mutant, withMutant } from './mutant.ts';

const { MUTANT, PLANTED } = process.env;
if (MUTANT !== undefined || PLANTED !== undefined) plant(...planted());

function plant(file: string, source: string): void {
  const url = pathToFileURL(join(root, file)).href;
  registerHooks({
    load(wanted, context, nextLoad) {
      const loaded = nextLoad(wanted, context);
      return wanted === url ? { ...loaded, source } : loaded;
    },
  });
}

function planted(): [file: string, source: string] {
  if (MUTANT !== undefined) {
    const mutant = JSON.parse(MUTANT) as Mutant;
    return [mutant.file, withMutant(mutant)];
  }
  const bug = bugs.find(({ name }) => name === PLANTED);
  if (!bug) throw new Error(`There is no planted bug ${PLANTED}.`);
  return [bug.file, withBug(bug)];
}
