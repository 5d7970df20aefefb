// The journeys of an order on the embedded system, in one process, with a controlled clock.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../../infra/system/checks/verify.ts';
import { openListening } from '../kit/paying.ts';
import { orderingJourneys } from './ordering.ts';

orderingJourneys('orders, embedded', async () => {
  await using opened = new AsyncDisposableStack();
  const { path } = opened.use(await mkdtempDisposable(join(tmpdir(), 'ordering-')));
  const world = opened.use(await openListening({ folder: path }));
  const { clock, stores, letters, PUBLIC_URL } = world;
  const { accounts } = await stores.account();
  const closing = opened.move();
  return {
    url: PUBLIC_URL,
    now: clock.now,
    letPass: async (ms) => void clock.advance(ms),
    grant: async (email, role) => void (await accounts.grant((await accounts.byEmail(email))!.id, role)),
    letters: async () => [...(await letters()).values()],
    verify: () =>
      verify({ DATABASE_URL: `sqlite:${path}`, KAFKA_URL: `sqlite:${path}`, CLOCK: clock.now().toISOString() }),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
});
