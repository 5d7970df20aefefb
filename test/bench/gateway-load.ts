// Gateways in their own processes before canned subgraphs, and searches for them: for the gateway's benchmarks.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { listen } from '../../infra/http/listen.ts';
import { addDays } from '../../schema/values/days.ts';
import { aFare, on, openWorld } from '../kit/world.ts';
import type { Canned, Contender } from './gateway-contenders.ts';

const AT_ONCE = 8; // requests under way
const MOST_AT_ONCE = 256; // connections, while requests are sent by the clock

/** The search of all benchmarks, by this operation name. */
export const query = (name = 'Shopping'): string => `query ${name}($input: ShoppingInput!) { shopping(input: $input) {
  price { total { amount currency } asOf }
  calendar { days { date price { amount currency } isLowest } lowest { date } }
  offers(first: 10) { edges { node { id total { amount currency } brand cabin offerToken seatsLeft
    slices { origin { code } destination { code } departure arrival segments { flightNumber } } } } }
  travel { airport { code city } summary sights(first: 5) { edges { node { name kind } } } } } }`;

const now = new Date().toISOString();
const days = Array.from({ length: 60 }, (_, n) => addDays(now.slice(0, 10), n + 10));

const input = (n: number) => ({
  origin: 'DEL',
  destination: 'BLR',
  departureDate: days[n % days.length],
  travellers: [{ type: 'ADULT', count: 1 + (Math.floor(n / days.length) % 9) }],
});

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
  await world.graph(query(), { input: input(0) }); // the caches are filled
  for (const subgraph of Object.keys(recorded)) Reflect.deleteProperty(recorded, subgraph);
  const { text } = await world.graph(query(), { input: input(0) });
  process.stdout.write(`an answer of ${text.length} bytes, from ${Object.keys(recorded).join(', ')}\n`);
  return recorded;
}

/** A gateway in its own process. Each search differs from the one before it. */
export interface Gateway {
  /** Processor time so far and resident memory, in ms and bytes. */
  spent(): Promise<{ cpu: number; memory: number }>;
  /** Sends searches, some at a time. Returns the processor time of one in ms, and how many were answered in a second. */
  closedLoop(count: number, documents?: number): Promise<{ cpu: number; perSecond: number }>;
  /** Sends searches by the clock, whether those before them are answered or not. Returns how long each took, in ms. */
  openLoop(count: number, perSecond: number): Promise<number[]>;
}

/** Starts the canned subgraphs. The result opens a gateway before them. */
export async function openLoad(stack: AsyncDisposableStack): Promise<(contender: Contender) => Promise<Gateway>> {
  const canned = await record();
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
  return (contender) => openGateway(contender, JSON.stringify({ urls, canned }), stack);
}

async function openGateway(contender: Contender, setting: string, stack: AsyncDisposableStack): Promise<Gateway> {
  const env = { ...process.env, NODE_ENV: 'production' }; // graphql-js checks less then
  const child: ChildProcess = fork(join(import.meta.dirname, 'gateway-contenders.ts'), [contender, setting], { env });
  stack.defer(() => void child.kill('SIGKILL'));
  const said = async () => ((await once(child, 'message')) as [{ url: string; cpu: number; memory: number }])[0];
  const { url } = await said();
  const pools = [AT_ONCE, MOST_AT_ONCE].map((connections) => new Pool(url, { connections }));
  const [closed, opened] = pools as [Pool, Pool];
  stack.defer(async () => void (await Promise.all(pools.map((pool) => pool.destroy()))));
  let asked = 0;

  async function search(pool: Pool, documents = 1): Promise<void> {
    const n = asked++;
    const text = query(documents > 1 ? `Shopping${n % documents}` : undefined);
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables: { input: input(n) } }),
    });
    const body = await answer.body.text();
    if (answer.statusCode !== 200 || !body.includes('"seatsLeft":9') || body.includes('"errors"'))
      throw new Error(`${contender}: ${answer.statusCode} ${body.slice(0, 1000)}`);
  }

  async function spent(): Promise<{ cpu: number; memory: number }> {
    const answer = said();
    child.send('cpu');
    return answer;
  }

  return {
    spent,
    async closedLoop(count, documents) {
      const [{ cpu }, since] = [await spent(), performance.now()];
      let left = count;
      const one = async () => {
        while (left-- > 0) await search(closed, documents);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      const seconds = (performance.now() - since) / 1000;
      return { cpu: ((await spent()).cpu - cpu) / count, perSecond: count / seconds };
    },
    async openLoop(count, perSecond) {
      const begun = performance.now();
      const late = () => performance.now() - begun;
      const one = async (_: unknown, n: number): Promise<number> => {
        const due = (n * 1000) / perSecond;
        await wait(Math.max(0, due - late()));
        await search(opened);
        return late() - due;
      };
      return Promise.all(Array.from({ length: count }, one));
    },
  };
}

/** The value below which this share of the numbers is. */
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]!;
