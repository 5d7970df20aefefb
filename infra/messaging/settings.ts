// The setting of the bus.
import { adapterUrl } from '../config/adapter-url.ts';

export const busSettings = {
  KAFKA_URL: {
    schema: adapterUrl('bus').default('sqlite:.data'),
    unset: '`sqlite:.data`',
    does: 'the bus; see [Real servers](#real-servers)',
    secret: 'url',
  },
} as const;
