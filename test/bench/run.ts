// npm run bench -- NAME: runs one of the benchmarks in this folder.
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !['run', 'table', 'cpu', 'many-fares', 'front-door-gateway', 'gateway-contenders'].includes(name));
const [name = ''] = process.argv.splice(2, 1);
if (names.includes(name)) {
  await import(`./${name}.ts`);
} else {
  process.stderr.write(`Usage: npm run bench -- ${names.join(' | ')}\n`);
  process.exitCode = 1;
}
