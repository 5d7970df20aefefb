// The settings of traces.
import { z } from 'zod';
import { ratio } from '../config/values.ts';

export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z
      .url({ protocol: /^https?$/, error: 'give the address of an OTLP collector, as http://localhost:4318' })
      .optional(),
    unset: 'none',
    does: 'the collector of traces, for example `http://localhost:4318`; see [Traces](deploy/observe/README.md#traces)',
  },
  TRACE_SAMPLING: {
    schema: ratio().default(1),
    unset: '`1`',
    does: 'the share of traces that is recorded, from `0` to `1`',
  },
} as const;
