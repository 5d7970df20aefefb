// npm run bench -- gateway [REQUESTS] [keep]: what a search costs several gateways, each in its own process before the
// same canned subgraphs; 400 requests a round by default. `keep` writes the ratios to gateway.last.json; without it a
// line tells which one is a tenth worse than there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './gateway-contenders.ts';
import { type Gateway, openLoad, quantile } from './gateway-load.ts';
import { table } from './table.ts';

const ROUNDS = 7; // the gateways alternate, so that a slow machine slows all of them
const WARM_UP = 600; // requests
const FAIR = 0.2; // of stock's: a BFF that costs more is badly made, and the ratios against it say nothing
const WORSE = 1.1; // times the last ratio
const [count = '400', keep] = process.argv.slice(2);
const requests = Number(count);

const contenders: Partial<Record<Contender, string>> = {
  bff: 'BFF by hand: node:http and undici',
  ours: 'this gateway, all guards',
  bare: 'this gateway, without rate limits and response cache',
  reference: 'this gateway, EXECUTOR=apollo',
  ...(process.env['HIVE_FOLDER'] !== undefined && { hive: 'Hive Gateway with its Rust planner' }),
  fastify: '@apollo/gateway with Fastify and undici',
  stock: 'ApolloGateway and startStandaloneServer',
};

interface Measured {
  contender: Contender;
  gateway: Gateway;
  cpu: number[];
  perSecond: number[];
  took: number[];
}

await using stack = new AsyncDisposableStack();
const open = await openLoad(stack);
const all: Measured[] = [];
for (const contender of Object.keys(contenders) as Contender[])
  all.push({ contender, gateway: await open(contender), cpu: [], perSecond: [], took: [] });
for (const { gateway } of all) await gateway.closedLoop(WARM_UP);
for (let n = 0; n < ROUNDS; n++) {
  for (const { gateway, cpu, perSecond, took } of all) {
    const round = await gateway.closedLoop(requests);
    cpu.push(round.cpu);
    perSecond.push(round.perSecond);
    took.push(...(await gateway.openLoop(requests, quantile(perSecond, 0.5) / 2)));
  }
}

const costOf = ({ cpu }: Measured) => quantile(cpu, 0.5);
const slowestOf = ({ took }: Measured) => quantile(took, 0.99);
const by = Object.fromEntries(all.map((each) => [each.contender, each])) as Record<Contender, Measured>;
const ratios = Object.fromEntries(
  all.map((each) => [
    each.contender,
    {
      ofBff: round(costOf(each) / costOf(by.bff)),
      ofStock: round(costOf(each) / costOf(by.stock)),
      slowestOfBff: round(slowestOf(each) / slowestOf(by.bff)),
    },
  ]),
);
table([
  ['a search', 'processor time', 'of the BFF', 'of stock', 'p99 at half of its capacity', 'of the BFF'],
  ...all.map((each) => [
    contenders[each.contender] ?? '',
    `${costOf(each).toFixed(2)} ms`,
    ...[ratios[each.contender]!.ofBff.toFixed(2), ratios[each.contender]!.ofStock.toFixed(2)],
    ...[`${slowestOf(each).toFixed(1)} ms`, ratios[each.contender]!.slowestOfBff.toFixed(2)],
  ]),
]);
const isVoid = costOf(by.bff) > costOf(by.stock) * FAIR;
if (isVoid) process.stdout.write(`Void: the BFF costs more than ${FAIR} of stock.\n`);
else compare(join(import.meta.dirname, 'gateway.last.json'));
process.exit(0); // without it Node would wait for the children

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}

/** Tells which ratios of this gateway are worse than the last ones, or keeps those of this run. */
function compare(file: string): void {
  if (keep === 'keep') {
    writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), ratios }, null, 2)}\n`);
    return;
  }
  if (!existsSync(file)) return;
  const last = JSON.parse(readFileSync(file, 'utf8')) as { date: string; ratios: typeof ratios };
  for (const contender of ['ours', 'bare'] as const)
    for (const what of ['ofBff', 'ofStock'] as const) {
      const [before, today] = [last.ratios[contender]?.[what], ratios[contender]?.[what]];
      if (before !== undefined && today !== undefined && today > before * WORSE)
        process.stdout.write(`Worse: ${contender} ${what} is ${today}, and was ${before} on ${last.date}.\n`);
    }
}
