// Preloaded with --import: at the end of the process, writes what it loaded to the file MODULES_FILE. It watches only how
// modules are found, so that they load as they do without it.
import { statSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The modules of one package, or of one of our folders. */
export interface Loaded {
  modules: number;
  /** Of their files. */
  bytes: number;
}

const root = join(import.meta.dirname, '../..', sep);
const files = new Set<string>();

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith('file:')) files.add(fileURLToPath(resolved.url));
    return resolved;
  },
});

/** As @apollo/server or subgraphs/order/store. */
function groupOf(file: string): string {
  const inPackage = file.split(`node_modules${sep}`).at(-1)!.split(sep);
  if (file.includes(`node_modules${sep}`)) return inPackage.slice(0, inPackage[0]!.startsWith('@') ? 2 : 1).join('/');
  return file.slice(root.length).split(sep).slice(0, -1).join('/');
}

const { MODULES_FILE } = process.env;
if (MODULES_FILE !== undefined)
  process.on('exit', () => {
    const groups: Record<string, Loaded> = {};
    for (const file of files) {
      const group = (groups[groupOf(file)] ??= { modules: 0, bytes: 0 });
      group.modules++;
      group.bytes += statSync(file).size;
    }
    writeFileSync(MODULES_FILE, JSON.stringify(groups));
  });
