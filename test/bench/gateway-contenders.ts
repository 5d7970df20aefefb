// A gateway in its own process, for the gateway benchmark. It reports its URL, its processor time and its memory.
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Pool } from 'undici';
import { listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { openLog } from '../../infra/logging/log.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { startAlone } from '../../infra/system/run/alone.ts';
import { INTERNAL_KEYS } from '../kit/signed.ts';

export type Contender = 'bff' | 'ours' | 'bare' | 'reference' | 'hive' | 'fastify' | 'stock';

/** The answers of each subgraph by query. */
export type Canned = Record<string, Record<string, string>>;

interface Setting {
  urls: Readonly<Record<string, string>>;
  canned: Canned;
}

const supergraphSdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const here = { host: '127.0.0.1', port: 0 };
const log = openLog({ level: 'error', json: true, to: 'stderr' });

async function thisGateway({ urls }: Setting, change: Record<string, string> = {}): Promise<string> {
  // guards that do their work and refuse nothing, however busy the machine is: a request that is refused costs little
  const limits = { MAX_LOOP_DELAY: '60000', REQUEST_TIMEOUT: '60000', SUBGRAPH_TIMEOUT: '60000' };
  const guards = { ...limits, RATE_LIMITS: 'address=1000000000:1000000000' };
  const env: Record<string, string> = { NODE_ENV: 'production', INTERNAL_KEYS, ...guards, ...change };
  for (const [name, url] of Object.entries(urls)) env[`${name.toUpperCase()}_URL`] = url;
  const { app } = await startAlone('gateway', readConfig(env), log);
  return `http://127.0.0.1:${await listen(app, here)}`;
}

/** A function of Hive Gateway that creates a listener for node:http. */
type Make = (options: object) => RequestListener;

const poolsOf = ({ urls }: Setting) =>
  Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, new Pool(url, { connections: 128 })]));

const open: Record<Contender, (setting: Setting) => Promise<string>> = {
  ours: thisGateway,
  bare: (setting) => thisGateway(setting, { RATE_LIMITS: 'off', ANSWER_CACHE: 'off' }),
  reference: (setting) => thisGateway(setting, { EXECUTOR: 'apollo' }),

  /** Asks what the plan asks, and joins the answers for this one query. Validates nothing. */
  async bff(setting) {
    type Node = Record<string, unknown> & { __typename?: string; departureId?: string };
    type Shopping = Record<string, unknown> & { offers: { edges: { node: Node }[] } };
    const pools = poolsOf(setting);
    const queryOf = (name: string) => Object.keys(setting.canned[name]!)[0]!;
    const [fare, travel, stock] = [queryOf('fare'), queryOf('travel'), queryOf('stock')];
    const ask = async (name: string, query: string, variables: object) => {
      const { body } = await pools[name]!.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return ((await body.json()) as { data: Record<string, unknown> }).data;
    };
    const answer = async (text: string): Promise<string> => {
      const { variables } = JSON.parse(text) as { variables: object };
      const [fares, guide] = await Promise.all([ask('fare', fare, variables), ask('travel', travel, variables)]);
      const shopping = fares['shopping'] as Shopping;
      const nodes = shopping.offers.edges.map(({ node }) => node);
      const representations = nodes.map(({ departureId }) => ({ __typename: 'Offer', departureId }));
      const seats = (await ask('stock', stock, { representations }))['_entities'] as { seatsLeft: number }[];
      const edges = nodes.map((node, i) => ({
        node: { ...node, __typename: undefined, departureId: undefined, seatsLeft: seats[i]!.seatsLeft },
      }));
      const joined = { ...shopping, offers: { edges }, ...(guide['shopping'] as object) };
      return JSON.stringify({ data: { shopping: joined } });
    };
    const server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        void answer(text).then((json) => response.setHeader('content-type', 'application/json').end(json));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },

  /** Hive Gateway with its Rust planner, from the folder where it is installed: it is too large for a dependency. */
  async hive({ urls }) {
    const { resolve } = createRequire(join(String(process.env['HIVE_FOLDER']), 'package.json'));
    const load = (name: string) => import(pathToFileURL(resolve(name)).href) as Promise<Record<string, Make>>;
    const { createGatewayRuntime } = await load('@graphql-hive/gateway');
    const { unifiedGraphHandler } = await load('@graphql-hive/router-runtime');
    const supergraph = supergraphSdl.replaceAll(/"subgraph:\/\/(\w+)"/g, (_, name: string) =>
      JSON.stringify(`${urls[name] ?? 'http://127.0.0.1:1'}/graphql`),
    );
    const server = createServer(createGatewayRuntime!({ supergraph, unifiedGraphHandler, logging: false }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },

  /** Apollo's gateway behind Apollo Server on Fastify, its subgraphs asked by undici. */
  async fastify(setting) {
    const pools = poolsOf(setting);
    const fetcher = async (url: string, { body }: { body: string }) => {
      const {
        statusCode,
        headers,
        body: received,
      } = await pools[new URL(url).hostname]!.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return new Response(await received.text(), { status: statusCode, headers: headers as Record<string, string> });
    };
    const gateway = new ApolloGateway({
      supergraphSdl,
      buildService: ({ name }) =>
        new RemoteGraphQLDataSource({ url: `http://${name}/graphql`, fetcher: fetcher as never }),
    });
    const server = new ApolloServer({ gateway });
    await server.start();
    const app = openServer(100_000);
    app.post('/graphql', async ({ body, headers }, reply) => {
      const answered = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap(Object.entries(headers) as [string, string][]),
          search: '',
          body,
        },
        context: async () => ({}),
      });
      reply.code(answered.status ?? 200).headers(Object.fromEntries(answered.headers));
      return answered.body.kind === 'complete' ? answered.body.string : '';
    });
    return `http://127.0.0.1:${await listen(app, here)}`;
  },

  /** As in the documentation of Apollo. */
  async stock({ urls }) {
    const gateway = new ApolloGateway({
      supergraphSdl,
      buildService: ({ name }) => new RemoteGraphQLDataSource({ url: `${urls[name]}/graphql` }),
    });
    const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: here });
    return url.replace(/\/$/, '');
  },
};

const spent = () => {
  const { user, system } = process.cpuUsage();
  return { url: '', cpu: (user + system) / 1000, memory: process.memoryUsage.rss() };
};
const [contender, setting] = process.argv.slice(2) as [Contender, string];
process.send!({ ...spent(), url: await open[contender](JSON.parse(setting) as Setting) });
process.once('disconnect', () => process.exit());
process.on('message', () => process.send!(spent()));
