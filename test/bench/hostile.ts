// npm run bench -- hostile: the hostile inputs of the table in gateway/README.md: input -> status, code, CPU milliseconds.
import { hostile, send } from '../kit/hostile.ts';
import { openWorld } from '../kit/world.ts';

const TRIES = 10; // the lowest counts, as the machine may be busy

await using world = await openWorld({ env: { NODE_ENV: 'production' } });
for (const input of hostile) await send(world.gateway, input, 1); // warms up the compiler
process.stdout.write('| input | status | code | ms of CPU |\n|---|---|---|---|\n');
for (const input of hostile) {
  const { status, codes, ms } = await send(world.gateway, input, TRIES);
  process.stdout.write(`| ${input.what} | ${status} | ${codes.join() || 'none'} | ${ms.toFixed(1)} |\n`);
}
