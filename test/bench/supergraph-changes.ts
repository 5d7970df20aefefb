// npm run bench -- supergraph-changes [CHANGES]: changes the whole supergraph of this system under a running gateway
// (200 times by default) and prints how long a change takes from its publication to its acknowledgement, how long it
// blocks the event loop, and the heap after 20 changes, after half of them and after all.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { committedSupergraph } from '../../gateway/supergraph/committed.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { eventually } from '../kit/eventually.ts';
import { fakeRegistry } from '../kit/fake-registry.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { honestOperations } from '../kit/honest-operations.ts';
import { quantile } from './gateway-load.ts';
import { table } from './table.ts';

const EARLY = 20;
const changes = Number(process.argv[2] ?? 200);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A subgraph that has nothing: the gateway plans and compiles all the same. */
const nothing: Call = async () => ({ status: 200, body: '{"data":null,"errors":[{"message":"no"}]}', headers: {} });

const committed = committedSupergraph();
const describing = '"The city it serves."';
/** The supergraph as each change has it: a description alternates, as after a publication and its rollback. */
const versionOf = (version: number) => ({
  ...committed,
  version,
  supergraphSdl: committed.supergraphSdl.replace(describing, `"The city that it serves (${version % 2})."`),
});

await using folder = await mkdtempDisposable(join(tmpdir(), 'supergraph-'));
const registry = fakeRegistry(versionOf(1));
const gateway = await openFurtherGateway(
  gatewayWiring(),
  { travel: nothing },
  {
    registry: { call: registry.call, folder: folder.path },
  },
);
for (const { query, variables } of honestOperations)
  await gateway.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });

function heap(): number {
  registry.polls.length = 1;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const took: number[] = [];
const blocked: number[] = [];
const heaps = new Map<number, number>();
const delay = monitorEventLoopDelay({ resolution: 1 });
for (let n = 1; n <= changes; n++) {
  delay.reset();
  delay.enable();
  const since = performance.now();
  registry.publish(versionOf(n + 1));
  await eventually(() => registry.polls.at(-1)?.version === n + 1);
  took.push(performance.now() - since);
  blocked.push(delay.max / 1e6);
  delay.disable();
  if (n === EARLY || n === Math.round(changes / 2) || n === changes) heaps.set(n, heap());
}
await gateway.close();

const ms = (values: readonly number[], share: number) => `${quantile(values, share).toFixed(0)} ms`;
const early = heaps.get(EARLY) ?? 0;
table([
  [`${changes} changes, ${honestOperations.length} operations asked before`, 'median', 'p99', 'most'],
  ['from publication to acknowledgement', ms(took, 0.5), ms(took, 0.99), ms(took, 1)],
  ['longest block of the event loop in a change', ms(blocked, 0.5), ms(blocked, 0.99), ms(blocked, 1)],
]);
table([
  ['heap after', 'MB', `of that after ${EARLY}`],
  ...[...heaps].map(([n, bytes]) => [`${n} changes`, (bytes / 1e6).toFixed(1), (bytes / early).toFixed(3)]),
]);
