// A gateway in its own process, for the front-door benchmark. It reports its URL and its processor time.
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAlone } from '../../infra/system/run/alone.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { listen } from '../../infra/http/listen.ts';
import { openLog } from '../../infra/logging/log.ts';
import { INTERNAL_KEYS } from '../kit/signed.ts';

export type Door = 'ours' | 'stock';

const supergraphSdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const here = { host: '127.0.0.1', port: 0 };
const log = openLog({ level: 'error', json: true, to: 'stderr' });
type Urls = Record<string, string>;

const open: Record<Door, (urls: Urls) => Promise<string>> = {
  async ours(urls) {
    const env: Record<string, string> = { NODE_ENV: 'production', INTERNAL_KEYS };
    for (const [name, url] of Object.entries(urls)) env[`${name.toUpperCase()}_URL`] = url;
    const { app } = await startAlone('gateway', readConfig(env), log);
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
