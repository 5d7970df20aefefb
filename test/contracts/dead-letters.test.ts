// Dead letters on embedded adapters.
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { openClock } from '../../infra/process/clock.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { topics } from '../../schema/events.ts';
import { deadLetterContract, log } from './dead-letters.ts';

deadLetterContract({
  name: 'embedded adapters',
  open: async () => ({
    bus: openEmbeddedBus(':memory:', topics, openClock().now, log),
    adapter: () => sqlite(':memory:'),
    [Symbol.asyncDispose]: async () => undefined,
  }),
});
