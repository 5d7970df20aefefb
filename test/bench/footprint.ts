// npm run bench -- footprint [SERVICE ...]: memory and modules of each service as its own process, on real servers. With
// one SERVICE also what it loads, by package and folder.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlVariable } from '../../gateway/settings.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { serviceNames, serviceOf } from '../../infra/system/service.ts';
import { partners, subgraphs } from '../../infra/system/services.ts';
import { type Footprint, footprintOf, onServers } from '../kit/loaded.ts';
import { runToEnd, spawned } from '../kit/spawned.ts';
import { table } from './table.ts';

const asked = process.argv.slice(2);
const measured = asked.length ? asked.map((name) => serviceOf(name).name) : serviceNames;

await using stack = new AsyncDisposableStack();
const { path: dir } = stack.use(await mkdtempDisposable(join(tmpdir(), 'footprint-')));
const { mariadb, redis, kafka } = stack.use(await openServices(['mariadb', 'redis', 'kafka']));
const env = onServers({ mariadb: mariadb.url, redis: redis.url, kafka: kafka.url }, dir);
const demo = Object.fromEntries(partners.map(({ name }) => [urlVariable(name), `demo:${dir}/${name}`]));
await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], { ...env, ...demo });

/** A service that others need to be ready; returns its address. */
async function running(name: string, own: Record<string, string>): Promise<string> {
  const [port] = (await freePorts(1)) as [number];
  const service = spawned(name, ['node', 'infra/start.ts', name], { ...env, ...own, PORT: String(port) }, port);
  stack.use(service);
  await service.ready();
  return service.url;
}
const addresses: Record<string, string> = {};
for (const { name } of partners) addresses[urlVariable(name)] = await running(name, demo);
const travel = await running('travel', addresses);
for (const { name } of subgraphs) addresses[urlVariable(name)] = travel; // a gateway is ready with any subgraph

const total = ({ loaded }: Footprint, what: 'modules' | 'bytes') =>
  Object.values(loaded).reduce((sum, each) => sum + each[what], 0);
const rounded = (n: number | undefined) => (n === undefined ? '?' : n.toFixed(0));
const kB = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;

const found = new Map<string, Footprint>();
for (const name of measured) {
  const own = serviceOf(name).kind === 'partner' ? { [urlVariable(name)]: `demo:${dir}/${name}-measured` } : {};
  await footprintOf(name, { ...env, ...addresses, ...own }, dir); // fills Node's compile cache
  found.set(name, await footprintOf(name, { ...env, ...addresses, ...own }, dir));
}
table([
  ['service', 'PSS MB', 'RSS MB', 'modules', 'their files', 'spawn to ready'],
  ...Array.from(found, ([name, print]) => [
    ...[name, rounded(print.pss), rounded(print.rss)],
    ...[String(total(print, 'modules')), kB(total(print, 'bytes')), `${rounded(print.ready)} ms`],
  ]),
]);
if (found.size === 1) {
  const groups = [...found.values()].flatMap(({ loaded }) => Object.entries(loaded));
  groups.sort(([, a], [, b]) => b.bytes - a.bytes);
  table([['', '', ''], ...groups.map(([name, { modules, bytes }]) => [name, String(modules), kB(bytes)])]);
}
