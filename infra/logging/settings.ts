// The settings of the log.
import { oneOf } from '../config/values.ts';

export const logSettings = {
  LOG_LEVEL: {
    schema: oneOf('debug', 'info', 'warn', 'error').default('info'),
    unset: '`info`',
    does: 'the least severe entries that are logged: `debug`, `info`, `warn` or `error`; the log is standard output',
  },
  LOG_FORMAT: {
    schema: oneOf('text', 'json').optional(),
    unset: '`text`, in production `json`',
    does: 'the format of the log',
  },
} as const;
