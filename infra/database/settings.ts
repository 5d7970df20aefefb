// The settings of the databases.
import { adapterUrl } from '../config/adapter-url.ts';
import { whole } from '../config/values.ts';

const LONGEST = 600_000; // ms

export const databaseSettings = {
  DATABASE_URL: {
    schema: adapterUrl('database').default('sqlite:.data'),
    unset: '`sqlite:.data`',
    does: 'the databases; see [Real servers](#real-servers)',
    secret: 'url',
  },
  SLOW_QUERY: {
    schema: whole(0, LONGEST).default(500),
    unset: '`500`',
    does: 'a statement that takes this long, in ms, is logged with its name and without its values',
  },
} as const;
