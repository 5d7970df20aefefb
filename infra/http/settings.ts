// The settings of the servers that listen.
import { z } from 'zod';
import { keyText, whole } from '../config/values.ts';

const LAST_PORT = 65_535;
const LONGEST_DRAIN = 10_000; // ms

export const httpSettings = {
  PORT: {
    schema: whole(0, LAST_PORT).optional(),
    unset: '`4000`, of a separate service the port in the table above',
    does: "where it listens. Everything moves with `PORT`: metrics are 100 above it, the demo's partners 201 and 202. The start tries all ports first, and names all that are in use at once",
  },
  HOST: {
    schema: z.string().default('localhost'),
    unset: '`localhost`',
    does: 'the host name or address on which it listens',
  },
  METRICS_PORT: {
    schema: whole(0, LAST_PORT).optional(),
    unset: '100 above `PORT`',
    does: 'where a gateway, or everything in one process, serves `/metrics`; all others serve it beside `/readyz`',
  },
  DRAIN_DELAY: {
    schema: whole(0, LONGEST_DRAIN).optional(),
    unset: '`0`, in production `2000`',
    does: 'time between failing readiness and closing, in ms, so that load balancers can react',
  },
  DEBUG_KEY: {
    schema: keyText().optional(),
    unset: 'none',
    does: 'the key to `/debug` on a separate subgraph or worker; without it they do not serve `/debug`; see [Looking inside](deploy/observe/README.md#looking-inside)',
    secret: 'hidden',
  },
} as const;
