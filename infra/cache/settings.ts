// The setting of the cache.
import { adapterUrl } from '../config/adapter-url.ts';

export const cacheSettings = {
  REDIS_URL: {
    schema: adapterUrl('cache').default('memory:'),
    unset: '`memory:`',
    does: 'the cache; see [Real servers](#real-servers)',
    secret: 'url',
  },
} as const;
