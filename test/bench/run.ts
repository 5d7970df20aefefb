// npm run bench -- NAME: runs one of the benchmarks in this folder.
import { readdirSync } from 'node:fs';

const parts = new Set([
  ...['run', 'table', 'cpu', 'many-fares', 'front-door-gateway', 'gateway-contenders', 'gateway-load'],
]);
const names = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(.*)\.ts$/.exec(file)?.[1] ?? [])
  .filter((name) => !parts.has(name));
const [name = ''] = process.argv.splice(2, 1);
if (names.includes(name)) {
  await import(`./${name}.ts`);
} else {
  process.stderr.write(`Usage: npm run bench -- ${names.join(' | ')}\n`);
  process.exitCode = 1;
}
