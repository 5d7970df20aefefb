// Plants the bug that PLANTED names while its file is loaded: node --import ./test/planted/plant.ts. The product has no switch for it.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bugs, root, withBug } from './bugs.ts';

const name = process.env['PLANTED'];
const bug = bugs.find((one) => one.name === name);
if (!bug) throw new Error(`There is no planted bug ${name}.`);
const source = withBug(bug);
const url = pathToFileURL(join(root, bug.file)).href;

registerHooks({
  load(wanted, context, nextLoad) {
    const loaded = nextLoad(wanted, context);
    return wanted === url ? { ...loaded, source } : loaded;
  },
});
