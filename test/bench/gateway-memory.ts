// npm run bench -- gateway-memory [REQUESTS]: the resident memory of the gateway after a tenth of the requests and after
// all of them (100,000 by default) of 2,000 documents; what it takes to plan and compile one of them, and to keep it.
import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileOperation } from '../../gateway/execution/compiled/operation.ts';
import { typesOf } from '../../gateway/execution/compiled/possible-types.ts';
import { operationIn } from '../../gateway/limits/document.ts';
import { addedNames } from '../../gateway/response-names/added-names.ts';
import { openLoad, quantile, query } from './gateway-load.ts';

const DOCUMENTS = 2000;
const COMPILED = 200;
const requests = Number(process.argv[2] ?? 100_000);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The times to plan and compile, in ms, and what one of the operations holds, in kB. */
function compileSome(): { first: number; later: number; size: number } {
  const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
  const supergraph = Supergraph.build(sdl);
  const options = {
    planner: new QueryPlanner(supergraph),
    schema: supergraph.apiSchema().toGraphQLJSSchema(),
    types: typesOf(sdl),
    addedNames: addedNames(sdl),
    askOf: () => () => Promise.reject(new Error('not asked')),
  };
  const documents = Array.from({ length: COMPILED }, (_, n) => parse(query(`Shopping${n}`), { noLocation: true }));
  const took: number[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = documents.map((document) => {
    const since = performance.now();
    const compiled = compileOperation(document, operationIn(document), options);
    compiled.variantFor({}, false);
    took.push(performance.now() - since);
    return compiled;
  });
  collect();
  const size = (process.memoryUsage().heapUsed - before) / kept.length / 1024;
  return { first: took[0]!, later: quantile(took.slice(1), 0.5), size };
}

const { first, later, size } = compileSome();
process.stdout.write(
  `planned and compiled: the first in ${first.toFixed(0)} ms, others in ${later.toFixed(1)} ms; one keeps ${size.toFixed(0)} kB\n`,
);

await using stack = new AsyncDisposableStack();
const gateway = await (await openLoad(stack))('ours');
const tenth = Math.round(requests / 10);
await gateway.closedLoop(tenth, DOCUMENTS);
const early = (await gateway.spent()).memory;
await gateway.closedLoop(requests - tenth, DOCUMENTS);
const late = (await gateway.spent()).memory;
const MB = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;
process.stdout.write(
  `${MB(early)} after ${tenth} requests, ${MB(late)} after ${requests}: ${(late / early).toFixed(2)} of it\n`,
);
process.exit(0); // without it Node would wait for the child
