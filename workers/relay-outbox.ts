// Publishes the events that subgraphs have committed to their outboxes, and deletes what they keep only for a time.
import type { SubgraphDefinition } from '../subgraphs/runtime/definition.ts';
import type { WorkerDefinition } from './engine/definition.ts';

const POLL_EVERY = 1000; // ms; the longest delay of events that another process committed but could not relay

/** Publishes the events of all subgraphs, and deletes once an hour what they keep only for a time. */
export const relayOutbox = (subgraphs: readonly SubgraphDefinition[]): WorkerDefinition<'relay-outbox'> => {
  const written = subgraphs.filter(({ onlyReads }) => !onlyReads);
  return {
    name: 'relay-outbox',
    port: 4103,
    does: 'publishes events in order, at least once; deletes old inbox marks, settled dead letters and other data that subgraphs keep for a time',
    due: 'rows of the outboxes',
    subgraphs: written,
    uses: ['bus'],
    on: [],
    async start(open, { bus, log, now, sharesDatabases }) {
      const { startRelayOutbox } = await import('./engine/relay.ts');
      const { startSweepMarks } = await import('./engine/sweep-marks.ts');
      const opened = await Promise.all(
        written.map(async (definition) => ({ database: definition.name, definition, ...(await open(definition)) })),
      );
      const pollEvery = sharesDatabases ? POLL_EVERY : undefined;
      const publishing = opened.filter(({ definition }) => definition.publishes.length > 0);
      const stops = await Promise.all(
        publishing.map(({ database, db }) => startRelayOutbox({ bus, log, database, db, pollEvery })),
      );
      const forgetting = opened.flatMap(({ definition, stores }) =>
        definition.forget ? [async () => definition.forget?.(stores)] : [],
      );
      const databases = opened.map(({ database, db }) => ({ database, db }));
      stops.push(startSweepMarks({ databases, forgetting, now, log }));
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
};
