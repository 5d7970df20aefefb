// The settings of every process.
import { z } from 'zod';
import { cannotBe, oneOf } from '../config/values.ts';

export const processSettings = {
  NODE_ENV: {
    schema: oneOf('development', 'production', 'test').default('development'),
    unset: '`development`',
    does: '`production` hides schema and explorer',
  },
  CLOCK: {
    schema: z.iso
      .datetime({
        offset: true,
        error: ({ input }) => cannotBe(input, 'an instant that exists, with its offset, as 2019-03-20T00:00:00Z'),
      })
      .transform((text) => new Date(text))
      .optional(),
    unset: "the database server's, or the machine's on SQLite",
    does: "the instant at which the system's clock starts; for demos, as each process starts its own",
  },
  DEMO_DATA: {
    schema: oneOf('on', 'off').default('on'),
    unset: '`on`',
    does: '`off` leaves out the demo data: fares for the next 90 days, guides and accounts',
  },
} as const;
