// Plants the bug that PLANTED names while its file is loaded: node --import ./test/planted/plant.ts. The product has no switch for it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bugs } from './bugs.ts';

const name = process.env['PLANTED'];
const bug = bugs.find((one) => one.name === name);
if (!bug) throw new Error(`There is no planted bug ${name}.`);
const { file, find, replace } = bug;
const path = join(import.meta.dirname, '../..', file);
const parts = readFileSync(path, 'utf8').split(find);
if (parts.length !== 2) throw new Error(`${file} has the place for "${name}" ${parts.length - 1} times, not once.`);
const source = parts.join(replace);
const url = pathToFileURL(path).href;

registerHooks({
  load(wanted, context, nextLoad) {
    const loaded = nextLoad(wanted, context);
    return wanted === url ? { ...loaded, source } : loaded;
  },
});
