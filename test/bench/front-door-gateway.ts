// A gateway in its own process, for the front-door benchmark. It reports its URL and its processor time.
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../gateway/gateway.ts';
import { overHttp } from '../../gateway/subgraph-client/over-http.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { startAlone } from '../../infra/system/run/alone.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { readConfig } from '../../infra/config/env.ts';
import { listen } from '../../infra/http/http-server.ts';
import { openLog } from '../../infra/logging/log.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { INTERNAL_KEYS } from '../kit/signed.ts';

export type Door = 'on' | 'off' | 'stock';

const supergraphSdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const here = { host: '127.0.0.1', port: 0 };
const log = openLog({ level: 'error', json: true, to: 'stderr' });
const now = () => new Date();
type Urls = Record<string, string>;

const open: Record<Door, (urls: Urls) => Promise<string>> = {
  async on(urls) {
    const env: Record<string, string> = { NODE_ENV: 'production', INTERNAL_KEYS };
    for (const [name, url] of Object.entries(urls)) env[`${name.toUpperCase()}_URL`] = url;
    const { app } = await startAlone('gateway', readConfig(env), log);
    return `http://127.0.0.1:${await listen(app, here)}`;
  },

  async off(urls) {
    const calls: Record<string, Call> = {};
    for (const [name, url] of Object.entries(urls)) calls[name] = overHttp([url], 5000).call;
    const app = await createGateway({
      supergraphSdl,
      subgraphs: { calls, keys: readConfig({ INTERNAL_KEYS }).INTERNAL_KEYS as unknown as SigningKeys },
      routes: [],
      cache: openMemoryCache(now),
      requestTimeout: 5000,
      production: true,
      now,
      log,
    });
    return `http://127.0.0.1:${await listen(app, here)}`;
  },

  /** As in the documentation of Apollo. */
  async stock(urls) {
    const gateway = new ApolloGateway({
      supergraphSdl,
      buildService: ({ name }) => new RemoteGraphQLDataSource({ url: `${urls[name]}/graphql` }),
    });
    const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: here });
    return url.replace(/\/$/, '');
  },
};

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const [door, urls] = process.argv.slice(2) as [Door, string];
process.send!({ url: await open[door](JSON.parse(urls) as Urls), cpu: 0 });
process.once('disconnect', () => process.exit());
process.on('message', () => process.send!({ url: '', cpu: cpu() }));
