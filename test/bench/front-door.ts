// npm run bench -- front-door [SEARCHES]: what a search costs the gateway's process, and with Apollo's own gateway and
// server in its place; 400 searches a round by default.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { addDays } from '../../schema/values/days.ts';
import { INTERNAL_KEYS, signed } from '../kit/signed.ts';
import { aFare, on, openWorld } from '../kit/world.ts';
import type { Door } from './front-door-gateway.ts';
import { table } from './table.ts';

const AT_ONCE = 8; // requests under way
const ROUNDS = 5; // the gateways alternate, so that a slow machine slows all of them
const WARM_UP = 300; // searches
const searches = Number(process.argv[2] ?? 400);

const doors: Record<Door, string> = {
  ours: 'this gateway',
  stock: 'ApolloGateway and startStandaloneServer',
};

const query = `query Shopping($input: ShoppingInput!) { shopping(input: $input) {
  price { total { amount currency } asOf expiresAt }
  calendar { days { date price { amount currency } isLowest } lowest { date } }
  offers(first: 10) { edges { node { id total { amount currency } brand cabin offerToken
    slices { origin { code city } destination { code } departure arrival segments { carrier { code name } flightNumber } } } } }
  travel { airport { code city } summary sights(first: 5) { edges { node { name kind } } } } } }`;

await using stack = new AsyncDisposableStack();
const now = new Date().toISOString();
const calls: Record<string, Call> = {};
const between = (name: string, call: Call) => (calls[name] = call);
const world = stack.use(await openWorld({ now, env: { INTERNAL_KEYS }, between }));
const days = Array.from({ length: 60 }, (_, n) => addDays(now.slice(0, 10), n + 10));
await world.file(days.map((day, n) => aFare({ ...on(day), amount: 389_700 + n })));
/** With the days, some 3,000 different searches: none repeats while a response is cached. */
const parties = Array.from({ length: 9 }, (_, adults) =>
  Array.from({ length: 9 - adults }, (_, children) => [
    { type: 'ADULT', count: adults + 1 },
    ...(children ? [{ type: 'CHILD', count: children }] : []),
  ]),
).flat();

const subgraphs: Record<string, string> = {};
for (const [name, call] of Object.entries(calls)) {
  const app = openServer(3_000_000);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post<{ Body: string }>('/graphql', async ({ body }, reply) => {
    const request = signed(name, JSON.parse(body) as { query: string }, { now: world.clock.now() }); // Apollo's gateway does not sign requests
    const answer = await call(request);
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  stack.defer(() => app.close());
  subgraphs[name] = `http://127.0.0.1:${await listen(app, { host: '127.0.0.1', port: 0 })}`;
}

/** A gateway in its own process, with a counter of its processor time. */
async function open(door: Door) {
  const args = [door, JSON.stringify(subgraphs)];
  const child: ChildProcess = fork(join(import.meta.dirname, 'front-door-gateway.ts'), args);
  stack.defer(() => void child.kill('SIGKILL'));
  const said = async () => ((await once(child, 'message')) as [{ url: string; cpu: number }])[0];
  const { url } = await said();
  const pool = new Pool(url, { connections: AT_ONCE });
  stack.defer(() => pool.destroy());
  return {
    name: doors[door],
    spent: { differ: 0, same: 0 },
    asked: 0,
    async cpu(): Promise<number> {
      const answer = said();
      child.send('cpu');
      return (await answer).cpu;
    },
    async search(n: number): Promise<void> {
      const departureDate = days[n % days.length]!;
      const travellers = parties[Math.floor(n / days.length) % parties.length];
      const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate, travellers } };
      const answer = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const body = await answer.body.text();
      if (answer.statusCode !== 200 || !body.includes('"offerToken"')) throw new Error(`${doors[door]}: ${body}`);
    },
  };
}
type Gateway = Awaited<ReturnType<typeof open>>;

/** Sends `count` searches, AT_ONCE at a time, all different or all the same. Returns the gateway's processor time in ms. */
async function some(gateway: Gateway, count: number, kind: 'differ' | 'same'): Promise<number> {
  const { cpu, search } = gateway;
  const before = await cpu();
  let left = count;
  const one = async () => {
    while (left-- > 0) await search(kind === 'differ' ? gateway.asked++ : 0);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (await cpu()) - before;
}

const gateways: Gateway[] = [];
for (const door of Object.keys(doors) as Door[]) gateways.push(await open(door));
for (const gateway of gateways) await some(gateway, WARM_UP, 'differ');
for (let n = 0; n < ROUNDS; n++) {
  for (const gateway of gateways) {
    gateway.spent.differ += await some(gateway, searches, 'differ');
    gateway.spent.same += await some(gateway, searches, 'same');
  }
}

const stock = gateways.at(-1)!;
const cell = ({ spent }: Gateway, kind: 'differ' | 'same') =>
  `${(spent[kind] / searches / ROUNDS).toFixed(2)} ms, ${(spent[kind] / stock.spent[kind]).toFixed(2)} of Apollo's`;
table([
  ['processor time of the gateway, a search', 'each differs', 'all ask the same'],
  ...gateways.map((gateway) => [gateway.name, cell(gateway, 'differ'), cell(gateway, 'same')]),
]);
process.exit(0); // without it Node would wait for the children
