// npm run test:differential -- [CASES] [SEED]: judges executors by the oracle, and prints what is wrong in its smallest form.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { executors } from './executors.ts';
import { report } from './judge.ts';
import { survey } from './survey.ts';

const MOST_REPORTED = 10; // each takes some seconds to shrink

const { positionals } = parseArgs({ allowPositionals: true });
const [cases = '2000', seed = String(randomInt(2 ** 31)), ...names] = positionals;

for (const [name, executor] of Object.entries(executors)) {
  if (names.length && !names.includes(name)) continue;
  console.log(`${name}: ${cases} cases of seed ${seed}`);
  const { right, known, unknown, features, supergraphs, refused } = await survey(executor, seed, Number(cases));
  console.log(`${supergraphs} supergraphs; ${refused} candidates did not compose`);
  console.table(features);
  console.log(`${right} right; wrong in a known way:`);
  console.table(known);
  console.log(`${unknown.length} wrong in an unknown way: ${unknown.map((each) => each.seed).join(' ')}`);
  for (const each of unknown.slice(0, MOST_REPORTED)) console.log(`\n${await report(executor, each)}`);
  if (unknown.length) process.exitCode = 1;
}
