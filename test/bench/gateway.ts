// npm run bench -- gateway [REQUESTS]: the processor time that a search costs several gateways, each in its own process
// before the same canned subgraphs; 400 requests a round by default.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { addDays } from '../../schema/values/days.ts';
import { aFare, on, openWorld } from '../kit/world.ts';
import type { Canned, Contender } from './gateway-contenders.ts';
import { table } from './table.ts';

const AT_ONCE = 8; // requests under way
const ROUNDS = 7; // the gateways alternate, so that a slow machine slows all of them
const WARM_UP = 600; // requests
const FAIR = 0.2; // of stock's: a BFF that costs more is badly made, and the ratios against it say nothing
const requests = Number(process.argv[2] ?? 400);

const contenders: Record<Contender, string> = {
  bff: 'BFF by hand: node:http and undici',
  ours: 'this gateway, all guards',
  bare: 'this gateway, without rate limits and response cache',
  reference: 'this gateway, EXECUTOR=apollo',
  fastify: '@apollo/gateway with Fastify and undici',
  stock: 'ApolloGateway and startStandaloneServer',
};

const query = `query Shopping($input: ShoppingInput!) { shopping(input: $input) {
  price { total { amount currency } asOf }
  calendar { days { date price { amount currency } isLowest } lowest { date } }
  offers(first: 10) { edges { node { id total { amount currency } brand cabin offerToken seatsLeft
    slices { origin { code } destination { code } departure arrival segments { flightNumber } } } } }
  travel { airport { code city } summary sights(first: 5) { edges { node { name kind } } } } } }`;

const input = (n: number) => ({
  origin: 'DEL',
  destination: 'BLR',
  departureDate: days[n % days.length],
  travellers: [{ type: 'ADULT', count: 1 + (Math.floor(n / days.length) % 9) }],
});

await using stack = new AsyncDisposableStack();
const now = new Date().toISOString();
const days = Array.from({ length: 60 }, (_, n) => addDays(now.slice(0, 10), n + 10));
const canned = await record();

/** What each subgraph answers to each query of the plan, recorded from the real ones. */
async function record(): Promise<Canned> {
  const recorded: Canned = {};
  const between =
    (name: string, call: Call): Call =>
    async (request) => {
      const answer = await call(request);
      const { query: asked } = JSON.parse(String(request.body)) as { query: string };
      recorded[name] = { ...recorded[name], [asked]: String(answer.body) };
      return answer;
    };
  await using world = await openWorld({ now, between });
  const flights = Array.from({ length: 10 }, (_, n) => `${100 + n}`);
  await world.file(days.flatMap((day) => flights.map((flightNumber, n) => aFare({ ...on(day), flightNumber, amount: 389_700 + n })))); // prettier-ignore
  await world.graph(query, { input: input(0) }); // the caches are filled
  for (const subgraph of Object.keys(recorded)) Reflect.deleteProperty(recorded, subgraph);
  const { text } = await world.graph(query, { input: input(0) });
  process.stdout.write(`an answer of ${text.length} bytes, from ${Object.keys(recorded).join(', ')}\n`);
  return recorded;
}

const urls: Record<string, string> = {};
for (const [name, answers] of Object.entries(canned)) {
  const app = openServer(3_000_000);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  const [only] = Object.values(answers); // gateways word their queries differently
  app.post('/graphql', (_request, reply) =>
    reply.headers({ 'content-type': 'application/json', 'cache-control': 'no-store' }).send(only),
  );
  stack.defer(() => app.close());
  urls[name] = `http://127.0.0.1:${await listen(app, { host: '127.0.0.1', port: 0 })}`;
}

/** A gateway in its own process, with a counter of its processor time. */
async function open(contender: Contender) {
  const args = [contender, JSON.stringify({ urls, canned })];
  const env = { ...process.env, NODE_ENV: 'production' }; // graphql-js checks less then
  const child: ChildProcess = fork(join(import.meta.dirname, 'gateway-contenders.ts'), args, { env });
  stack.defer(() => void child.kill('SIGKILL'));
  const said = async () => ((await once(child, 'message')) as [{ url: string; cpu: number; memory: number }])[0];
  const { url } = await said();
  const pool = new Pool(url, { connections: AT_ONCE });
  stack.defer(() => pool.destroy());
  return {
    contender,
    rounds: [] as number[],
    asked: 0,
    async spent(): Promise<{ cpu: number; memory: number }> {
      const answer = said();
      child.send('cpu');
      return answer;
    },
    async search(n: number): Promise<void> {
      const answer = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input: input(n) } }),
      });
      const body = await answer.body.text();
      if (answer.statusCode !== 200 || !body.includes('"seatsLeft":9') || body.includes('"errors"'))
        throw new Error(`${contenders[contender]}: ${body.slice(0, 1000)}`);
    },
  };
}
type Gateway = Awaited<ReturnType<typeof open>>;

/** Sends `count` searches, AT_ONCE at a time, each different. Returns the processor time of one, in ms. */
async function some(gateway: Gateway, count: number): Promise<number> {
  const before = await gateway.spent();
  let left = count;
  const one = async () => {
    while (left-- > 0) await gateway.search(gateway.asked++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return ((await gateway.spent()).cpu - before.cpu) / count;
}

const gateways: Gateway[] = [];
for (const contender of Object.keys(contenders) as Contender[]) gateways.push(await open(contender));
for (const gateway of gateways) await some(gateway, WARM_UP);
for (let n = 0; n < ROUNDS; n++) for (const gateway of gateways) gateway.rounds.push(await some(gateway, requests));

const median = ({ rounds }: Gateway): number => rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
const [bff, stock] = [median(gateways[0]!), median(gateways.at(-1)!)];
table([
  ['processor time of the gateway, a search', 'median', 'of the BFF', 'of stock'],
  ...gateways.map((gateway) => [
    contenders[gateway.contender],
    `${median(gateway).toFixed(2)} ms`,
    (median(gateway) / bff).toFixed(2),
    (median(gateway) / stock).toFixed(2),
  ]),
]);
if (bff > stock * FAIR) process.stdout.write(`Void: the BFF costs more than ${FAIR} of stock.\n`);
process.exit(0); // without it Node would wait for the children
