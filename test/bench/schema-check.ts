// npm run bench -- schema-check [SUBGRAPHS ...]: how long the check of one changed subgraph takes, on the committed graph
// and on invented ones, and where the time goes.
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProposal } from '../../schema/composition/check/check.ts';
import type { KnownOperation } from '../../schema/composition/check/finding.ts';
import { lintSubgraph } from '../../schema/composition/check/lint.ts';
import { root, subgraphSdls } from '../../schema/composition/checkout.ts';
import { clientSchema, composed, withNodePart } from '../../schema/composition/composition.ts';
import type { SubgraphSdl } from '../../schema/composition/nullability.ts';
import { complete } from '../../schema/composition/shared.ts';
import { table } from './table.ts';

const RUNS = 7; // warm ones; the median counts, as the machine may be busy
const OPERATIONS = 200;

/** A subgraph of 40 fields with an entity of its own, a list of it, and a field on its neighbour's entity. */
function invented(n: number, of: number): SubgraphSdl {
  const [own, other] = [`Thing${n}`, `Thing${(n + 1) % of}`];
  const fields = Array.from({ length: 25 }, (_, each) => `"Field ${each}." f${each}("An argument." a: Int): String`);
  const sdl = `
    type Query { "One." thing${n}("Its id." id: ID!): ${own} @access(to: "anyone")
      "All." things${n}("How many." first: Int): ${own}Connection @access(to: "anyone") @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false) }
    "A thing." type ${own} @key(fields: "id") @access(to: "anyone") { "Its id." id: ID! ${fields.join('\n')}
      "Its state." state: State${n}! "The next." next: ${other} }
    "A state." enum State${n} { "On." ON "Off." OFF }
    "A page." type ${own}Connection @access(to: "anyone") { "Edges." edges: [${own}Edge!]! "Count." totalCount: Int! }
    "An edge." type ${own}Edge @access(to: "anyone") { "Its cursor." cursor: String! "The thing." node: ${own}! }
    ${of > 1 ? `extend type ${other} @key(fields: "id") @access(to: "anyone") { id: ID! "Of ${n}." by${n}: Int }` : ''}`;
  return { name: `part-${n}`, sdl: complete(sdl) };
}

const operations = (count: number, fields: readonly string[]): KnownOperation[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `${n}`, name: `Q${n}`, text: `query Q${n} { ${fields[n % fields.length] ?? ''} }`, coordinates: [] },
    ...{ client: 'bench', clientVersion: '1', count: n, lastSeen: null, isPushed: false },
  }));

/** The medians of time and of CPU time, in milliseconds. */
function medians(run: () => void, runs: number): { wall: number; cpu: number } {
  const times = Array.from({ length: runs }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    run();
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  });
  const middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  return { wall: middle(times.map(({ wall }) => wall)), cpu: middle(times.map(({ cpu }) => cpu)) };
}

/** Measures a change that adds a field and removes one, with operations of which some use it. */
function measure(
  what: string,
  served: readonly SubgraphSdl[],
  changed: SubgraphSdl,
  known: readonly KnownOperation[],
): string[] {
  const before = composed(served);
  if (before.supergraphSdl === null) throw new Error(before.faults.map(({ message }) => message).join('\n'));
  const clients = clientSchema(before.supergraphSdl);
  const now = new Date('2027-06-01');
  const check = () =>
    checkProposal({
      ...{ served, clients, changed: [changed], operations: known, countedSince: now, approvals: [], now },
      release: { today: '2027-06-01', version: '0.4.0' },
    });
  const parts = withNodePart(served.map((each) => (each.name === changed.name ? changed : each)));
  const services = () => parts.map(({ name, sdl }) => ({ name, url: '', typeDefs: parse(sdl) }));
  const { supergraphSdl } = composed(parts.slice(0, -1));
  const runs = served.length > 100 ? 3 : RUNS;
  const first = medians(check, 1).wall;
  const { wall, cpu: all } = medians(check, runs);
  const cpuOf = (run: () => void) => medians(run, runs).cpu;
  const merge = cpuOf(() => void composeServices(services(), { runSatisfiability: false }));
  const compose = cpuOf(() => void composeServices(services()));
  const api = cpuOf(() => void clientSchema(supergraphSdl ?? ''));
  const lint = cpuOf(() => void lintSubgraph(changed, served));
  const rest = Math.max(0, all - compose - api - lint);
  const columns = [first, wall, all, merge, Math.max(0, compose - merge), api, lint, rest];
  const size = served.reduce((sum, { sdl }) => sum + sdl.length, 0);
  return [what, `${served.length}`, `${Math.round(size / 1000)}`, ...columns.map((ms) => ms.toFixed(0))];
}

const rows = [
  ['', '', '', 'ms', 'ms', 'ms of CPU', 'of these', '', '', '', ''],
  ['graph', 'subgraphs', 'kB', 'first', 'warm', 'warm', 'merge', 'satisfiability', 'API schema', 'lint', 'the rest'],
];
const own = subgraphSdls();
const fare = own.find(({ name }) => name === 'fare');
if (!fare) throw new Error('there is a subgraph fare');
const edited = { name: 'fare', sdl: fare.sdl.replace(/type Query \{/, '$& "New." isNew: Int @access(to: "anyone") ') };
const searches = readFileSync(join(root, 'gateway/operations/shopping.graphql'), 'utf8').replace(/^#.*\n/gm, '');
const pushed = operations(OPERATIONS, ['airport(code: "DEL") { city }']).map((each, n) =>
  n % 2 ? each : { ...each, text: searches },
);
rows.push(measure('committed', own, edited, pushed));
for (const count of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [6, 50, 200]) {
  const parts = Array.from({ length: count }, (_, n) => invented(n, count));
  const [changed] = parts.slice(-1);
  if (!changed) continue;
  const sdl = changed.sdl.replace('"Field 3." f3("An argument." a: Int): String', '"New." isNew: Int');
  const fields = [`thing${count - 1}(id: 1) { f1 f2 }`, `thing${count - 1}(id: 1) { f3 state next { f4 } }`];
  rows.push(measure('invented', parts, { ...changed, sdl }, operations(OPERATIONS, fields)));
}
process.stdout.write(`The check of one changed subgraph, with ${OPERATIONS} known operations:\n`);
table(rows);
