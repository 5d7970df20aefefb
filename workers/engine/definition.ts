// The definition of a worker: what it is called, what it needs, and the events or due rows that it handles. Every process
// loads every definition, so what handles events comes by import() when the worker starts.
import type { AdapterName, Platform } from '../../infra/process/platform.ts';
import type { SettingsShape } from '../../infra/config/settings.ts';
import type { EventType } from '../../schema/events.ts';
import type { OpenStores, SubgraphDefinition } from '../../subgraphs/runtime/definition.ts';
import type { Worker } from './consume.ts';
import type { DueWork } from './poll-due.ts';

/** What a worker works with: the stores of its subgraph and the adapters. */
export interface WorkerParts<Stores> {
  stores: Stores;
  platform: Platform;
}

/** A worker's handlers: of its events, of its due rows, or of both. */
export interface Handlers<T extends EventType> {
  handle?: Worker<T>['handle'];
  due?: Pick<DueWork, 'every' | 'due' | 'handle' | 'cause'>;
}

/** What the system knows of a worker. */
export interface WorkerDefinition<Name extends string = string> {
  /** Also the name of its service, of its consumer group, and in the log. */
  readonly name: Name;
  /** What it does, as Markdown for the table in workers/README.md. */
  readonly does: string;
  /** The rows that it looks for, as Markdown for the same table. */
  readonly due?: string;
  /** The default port of a process of its own, which serves its health. */
  readonly port: number;
  /** The subgraphs whose databases it uses: one, except for relay-outbox. */
  readonly subgraphs: readonly SubgraphDefinition[];
  /** The adapters that it uses beside its database. It is ready while all but the mail answer. */
  readonly uses: readonly AdapterName[];
  /** The event types that it handles. */
  readonly on: readonly EventType[];
  /** Whether it never writes to its database: it is then ready while that is read-only. */
  readonly onlyReads?: boolean;
  /** Whether it commits events of its subgraph: its process then publishes them at once. */
  readonly publishes?: boolean;
  /** Starts it; the returned function stops it. */
  start(open: OpenStores, platform: Platform): Promise<() => Promise<void>>;
}

interface Definition<Name extends string, Stores extends object, T extends EventType> extends Omit<
  WorkerDefinition<Name>,
  'subgraphs' | 'on' | 'start'
> {
  /** The subgraph whose store it changes. */
  subgraph: SubgraphDefinition<string, SettingsShape, Stores>;
  on?: readonly T[];
  batch?: Worker<T>['batch'];
  mayOvertake?: boolean;
  work(parts: WorkerParts<Stores>): Handlers<T> | Promise<Handlers<T>>;
}

/** The definition, with the types of its stores and events inferred. */
export function defineWorker<const Name extends string, Stores extends object, const T extends EventType = never>(
  definition: Definition<Name, Stores, T>,
): WorkerDefinition<Name> {
  const { subgraph, on = [], batch, mayOvertake, work, ...rest } = definition;
  return {
    ...rest,
    subgraphs: [subgraph],
    on,
    async start(open, platform) {
      const { name } = definition;
      const { log } = platform;
      const { handle, due } = await work({ stores: (await open(subgraph)).stores, platform });
      if (on.length > 0 !== (handle !== undefined))
        throw new Error(`${name}: give both \`on\` and \`handle\`, or neither.`);
      const stops: (() => Promise<void>)[] = [];
      if (handle) {
        const { consume } = await import('./consume.ts');
        stops.push(
          await consume<T>({
            bus: platform.bus,
            log,
            name,
            on,
            handle,
            ...(batch && { batch }),
            ...(mayOvertake && { mayOvertake }),
          }),
        );
      }
      if (due) {
        const { pollDue } = await import('./poll-due.ts');
        stops.push(await pollDue({ log, name, ...due }));
      }
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}
