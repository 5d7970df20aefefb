// npm run bench -- traces [REQUESTS]: what tracing costs a search, in CPU time of the whole system in one process.
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examples } from '../../gateway/routes/examples.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { openCollector } from '../kit/collector.ts';
import { spawned } from '../kit/spawned.ts';
import { table } from './table.ts';

const TICK = 10; // ms; Linux's unit of a process's CPU time
const ROUNDS = 4; // the setups alternate, so that a slow machine slows all of them
const WARM = 300; // requests, until the code is compiled
const count = Number(process.argv[2] ?? 400); // requests per round

await using stack = new AsyncDisposableStack();
const collector = stack.use(await openCollector());

async function open(name: string, env: Record<string, string>) {
  const { path } = stack.use(await mkdtempDisposable(join(tmpdir(), 'traces-bench-')));
  const [port] = (await freePorts(1)) as [number];
  const urls = { DATABASE_URL: `sqlite:${path}`, KAFKA_URL: `sqlite:${path}`, MAIL_URL: `file:${path}/mail` };
  const partners = {
    PAYMENT_PROVIDER_URL: `demo:${path}/payment-provider?port=0`,
    TICKET_ISSUER_URL: `demo:${path}/ticket-issuer?port=0`,
  };
  const here = { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info', ANSWER_CACHE: 'off' }; // every search is executed
  const system = stack.use(spawned(name, ['node', 'infra/start.ts'], { ...urls, ...partners, ...here, ...env }, port));
  await system.ready();
  const { query, variables } = examples(new Date())[0]!;
  const body = JSON.stringify({ query, variables: JSON.parse(variables) as object });
  const cpu = async (): Promise<number> => {
    const fields = (await readFile(`/proc/${system.pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  };
  const search = async (times: number): Promise<number> => {
    const before = await cpu();
    for (let n = 0; n < times; n++) {
      const answer = await fetch(`${system.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      if (!(await answer.text()).includes('"offerToken"')) throw new Error(`${name} does not answer the search`);
    }
    return ((await cpu()) - before) / times;
  };
  await search(WARM);
  return { name, search, best: Infinity };
}

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
const setups = [
  await open('no collector', {}), // one after the other: four at once would be too slow on a slow machine
  await open('a collector, no trace recorded', { ...endpoint, TRACE_SAMPLING: '0' }),
  await open('5 of 100', { ...endpoint, TRACE_SAMPLING: '0.05' }),
  await open('all', { ...endpoint, TRACE_SAMPLING: '1' }),
];
for (let round = 0; round < ROUNDS; round++) {
  for (const setup of setups) setup.best = Math.min(setup.best, await setup.search(count));
}
table([
  ['traces', 'CPU ms a search', 'against none'],
  ...setups.map(({ name, best }) => [name, best.toFixed(2), (best / setups[0]!.best).toFixed(2)]),
]);
