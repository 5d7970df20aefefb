// A subgraph and a worker as another team would add them: each file with its text, and the lines of the list.

const migration = (text: string) => `create table city (
  airport ${text} not null primary key,
  temperature integer not null
);
`;

/** The files of the subgraph `weather` and of the worker `note-weather`, by their path. */
export const files: Readonly<Record<string, string>> = {
  'subgraphs/weather/subgraph.ts': `// The weather subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';

export const weather = defineSubgraph({
  name: 'weather',
  owns: 'the temperature at airports',
  dir: import.meta.dirname,
  port: 4090,
  timeout: 1000,
  uses: [],
  settings: {},
  publishes: [],
  tables: async () => (await import('./store/tables.ts')).weatherTables,
  stores: async ({ db }) => (await import('./store/store.ts')).openWeather(db),
  async graph({ stores }) {
    const { resolvers } = await import('./graph/resolvers.ts');
    return { resolvers, context: () => stores };
  },
});
`,
  'subgraphs/weather/schema.graphql': `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

scalar AirportCode

extend type Airport @key(fields: "code") @access(to: "anyone") {
  code: AirportCode!
  "The temperature there, in degrees Celsius."
  temperature: Int
}
`,
  'subgraphs/weather/graph/context.ts': `// The context of the weather resolvers.
import type { Weather } from '../store/store.ts';

export type Context = Weather;
`,
  'subgraphs/weather/graph/sources.ts': `// What the weather resolvers resolve from.

export interface AirportSource {
  code: string;
}
`,
  'subgraphs/weather/graph/resolvers.ts': `// The weather resolvers.
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  Airport: {
    __resolveReference: ({ code }) => ({ code }),
    temperature: ({ code }, _, weather) => weather.at(code),
  },
};
`,
  'subgraphs/weather/store/tables.ts': `// The table of the weather subgraph.
import { defineEntity } from '@mikro-orm/core';
import { join } from 'node:path';
import type { Tables } from '../../../infra/database/database.ts';

export const City = defineEntity({
  name: 'City',
  tableName: 'city',
  properties: (p) => ({ airport: p.string().primary(), temperature: p.integer() }),
});

export const weatherTables: Tables = { subgraph: 'weather', entities: [City], dir: join(import.meta.dirname, '..') };
`,
  'subgraphs/weather/store/store.ts': `// The temperatures.
import type { Database } from '../../../infra/database/database.ts';
import { City } from './tables.ts';

export type Weather = ReturnType<typeof openWeather>;

export const openWeather = (db: Database) => ({
  at: async (airport: string) => (await db.read().findOne(City, { airport }))?.temperature ?? null,
  note: (airport: string, temperature: number) => db.write((em) => em.upsert(City, { airport, temperature })),
});
`,
  'subgraphs/weather/migrations/sqlite/0001-city.sql': migration('text'),
  'subgraphs/weather/migrations/mysql/0001-city.sql': migration('varchar(3)'),
  'workers/note-weather.ts': `// Notes a temperature for each airport that departures leave for.
import { weather } from '../subgraphs/weather/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const TEMPERATURE = 21;

export const noteWeather = defineWorker({
  name: 'note-weather',
  port: 4190,
  does: 'notes the temperature at airports',
  subgraph: weather,
  uses: ['bus'],
  on: ['departure.scheduled'],
  work: ({ stores }) => ({
    async handle(events) {
      const airports = events.flatMap(({ data }) => data.departures.map(({ destination }) => destination));
      for (const airport of new Set(airports)) await stores.note(airport, TEMPERATURE);
    },
  }),
});
`,
};

/** infra/system/services.ts with the subgraph and the worker. */
export const listed = (services: string): string =>
  services
    .replace(
      '\n/**',
      `import { weather } from '../../subgraphs/weather/subgraph.ts';\nimport { noteWeather } from '../../workers/note-weather.ts';\n\n/**`,
    )
    .replace('operations, registry]', 'operations, registry, weather]')
    .replace('  countOperations,\n', '  countOperations,\n  noteWeather,\n');
