// The tables of the documents, as Markdown.
import { urlVariable } from '../../../gateway/settings.ts';
import type { EventType } from '../../../schema/events.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { WorkerDefinition } from '../../../workers/engine/definition.ts';
import type { SettingsShape } from '../../config/settings.ts';
import { CONNECTIONS } from '../../database/database.mysql.ts';
import type { AdapterName } from '../../process/platform.ts';
import { databaseName, type Service } from '../service.ts';
import { gateway } from '../services.ts';

type Cells = readonly string[];

/** A table; a region of Markdown has an empty line around it. */
export const table = (head: Cells, rows: readonly Cells[]): string =>
  ['', ...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`), ''].join('\n');

const code = (text: string): string => `\`${text}\``;

/** What the services need and use. */
export function servicesTable(services: readonly Service[], subgraphs: readonly SubgraphDefinition[]): string {
  const urls = subgraphs.map(({ name }) => code(urlVariable(name))).join(', ');
  const isNeeded = (adapter: AdapterName) => adapter !== 'mail';
  const partsOf = ({ kind, databases, uses }: Service): [needed: Cells, others: Cells] => {
    const own = databases.map(databaseName);
    if (kind === 'gateway') return [[`any subgraph (${urls}; replicas by comma)`], ['cache']];
    if (kind === 'partner') return [["nothing: the demo's own"], []];
    if (kind === 'subgraph') return [own, uses];
    return [[...own, ...uses.filter(isNeeded)], uses.filter((adapter) => !isNeeded(adapter))];
  };
  return table(
    ['service', 'port', 'ready while these answer', 'also uses'],
    services
      .toSorted((a, b) => a.port - b.port)
      .map((service) => {
        const [needed, others] = partsOf(service);
        return [service.name, String(service.port), needed.join(', '), others.join(', ')];
      }),
  );
}

/** The connection pools of each process. */
export function poolsTable(poolsOf: ReadonlyMap<string, number>, services: readonly Service[], all: number): string {
  const each = [...Map.groupBy(poolsOf, ([, pools]) => pools)].toSorted(([a], [b]) => a - b);
  const total = [...poolsOf.values()].reduce((sum, pools) => sum + pools, 0);
  const none = services.filter(({ name }) => !poolsOf.has(name)).map(({ name }) => name);
  return table(
    ['process', 'pools', `of ${CONNECTIONS} each`],
    [
      ['everything in one', String(all), String(all * CONNECTIONS)],
      ...each.map(([pools, of]) => [
        of.map(([name]) => name).join(', '),
        of.length > 1 ? `${pools} each` : String(pools),
        of.length > 1 ? `${pools * CONNECTIONS} each` : String(pools * CONNECTIONS),
      ]),
      ['one replica of every service', String(total), String(total * CONNECTIONS)],
      [none.join(', '), 'none', 'none'],
    ],
  );
}

/** Every setting. */
export const settingsTable = (byFile: readonly (readonly [file: string, shape: SettingsShape])[]): string =>
  table(
    ['variable', 'default', 'what it does', 'declared in'],
    byFile.flatMap(([file, shape]) =>
      Object.entries(shape).map(([name, { unset, does }]) => [code(name), unset, does, code(file)]),
    ),
  );

export const subgraphsTable = (subgraphs: readonly SubgraphDefinition[]): string =>
  table(
    ['subgraph', 'owns'],
    subgraphs.map(({ name, owns }) => [code(name), owns]),
  );

export const workersTable = (workers: readonly WorkerDefinition[]): string =>
  table(
    ['worker', 'subgraph', 'events and due rows', 'what it does'],
    workers.map(({ name, subgraphs, on, due, does }) => [
      code(name),
      subgraphs.map((subgraph) => subgraph.name).join(', '),
      [...on.map(code), ...(due === undefined ? [] : [due])].join(', '),
      does,
    ]),
  );

/**
 * The flow of events from subgraphs to workers, and on to the subgraphs that the workers change. Throws an Error when an
 * event that a worker handles has no publisher, or more than one.
 */
export function eventsDrawing(subgraphs: readonly SubgraphDefinition[], workers: readonly WorkerDefinition[]): string {
  const publisherOf = (type: EventType): string => {
    const publishers: readonly { name: string; publishes: readonly EventType[] }[] = [...subgraphs, gateway];
    const names = publishers.filter(({ publishes }) => publishes.includes(type)).map(({ name }) => name);
    if (names.length !== 1) throw new Error(`${type} is published by ${names.join(' and ') || 'no subgraph'}`);
    return names.join();
  };
  const arrows = workers.flatMap(({ name, subgraphs: [own], on }) => {
    const from = Map.groupBy(on, publisherOf);
    const events = [...from].map(([publisher, types]) => `  ${publisher} -- "${types.join('<br>')}" --> ${name}`);
    return on.length && own ? [...events, `  ${name} -.-> ${own.name}`] : [];
  });
  return ['', '```mermaid', 'flowchart LR', ...arrows, '```', ''].join('\n');
}
