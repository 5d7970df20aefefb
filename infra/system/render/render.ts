// npm run render: writes what is derived from the list of the system into the deployment and the documents; with
// -- --check it only compares, and fails when a file is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runCommand } from '../../process/command.ts';
import { settingsByFile, variables } from '../config/config.ts';
import { poolsOf, poolsTogether } from '../pools.ts';
import { services } from '../service.ts';
import { subgraphs, workers } from '../services.ts';
import { composeNeeds, composeServices, composeSettings, composeUrls, prometheusTargets } from './deployment.ts';
import { listFaults } from './list-faults.ts';
import { filled, type Regions, without } from './regions.ts';
import { eventsDrawing, poolsTable, servicesTable, settingsTable, subgraphsTable, workersTable } from './tables.ts';
import { vectorExample, vectorsFile, vectorsTable } from './vectors.ts';

const root = join(import.meta.dirname, '../../..');

/** The rendered regions of each file. */
const rendered = (): Readonly<Record<string, Regions>> => ({
  'docker-compose.yml': {
    settings: composeSettings(variables, without('settings', readFileSync(join(root, 'docker-compose.yml'), 'utf8'))),
    urls: composeUrls(services),
    needs: composeNeeds(services),
    services: composeServices(services),
  },
  'infra/deploy/observe/prometheus.yml': { targets: prometheusTargets(services) },
  'infra/README.md': {
    services: servicesTable(services, subgraphs),
    pools: poolsTable(poolsOf, services, poolsTogether),
    settings: settingsTable(settingsByFile),
  },
  'subgraphs/README.md': {
    subgraphs: subgraphsTable(subgraphs),
    'vector-example': vectorExample(),
    vectors: vectorsTable(),
  },
  'workers/README.md': { workers: workersTable(workers), events: eventsDrawing(subgraphs, workers) },
});

/** The files that are rendered as a whole. */
const renderedFiles = (): Readonly<Record<string, string>> => ({ 'subgraphs/verifying/vectors.json': vectorsFile() });

/** The files whose text differs from what is rendered. Throws an Error with a sentence when the list is at fault. */
export async function staleFiles(): Promise<{ file: string; content: string }[]> {
  const faults = listFaults();
  if (faults.length)
    throw new Error(`The list of the system has faults:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  const stale: { file: string; content: string }[] = [];
  async function compare(file: string, render: (text: string) => string): Promise<void> {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const config = await resolveConfig(path);
    const content = await format(render(text), { ...config, filepath: path });
    if (content !== text) stale.push({ file, content });
  }
  for (const [file, regions] of Object.entries(rendered())) await compare(file, (text) => filled(file, text, regions));
  for (const [file, text] of Object.entries(renderedFiles())) await compare(file, () => text);
  return stale;
}

if (import.meta.main) {
  await runCommand(async () => {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const stale = await staleFiles();
    for (const { file, content } of values.check ? [] : stale) writeFileSync(join(root, file), content);
    for (const { file } of stale)
      process.stdout.write(values.check ? `${file} is stale: run npm run render and commit it.\n` : `Wrote ${file}.\n`);
    if (!stale.length) process.stdout.write('Nothing to write.\n');
    return values.check && stale.length ? 1 : 0;
  });
}
