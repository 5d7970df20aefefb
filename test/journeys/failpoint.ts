// A process for failpoints.test.ts to be killed by its own failpoint: the whole system, one fare filed, then work until it dies.
// Arguments: the folder, and "file" where a fare is to be filed.
import { setTimeout as wait } from 'node:timers/promises';
import { inNameOf } from '../../infra/process/failpoint.ts';
import { aFare, openWorld } from '../kit/world.ts';

const [folder, what] = process.argv.slice(2) as [string, string | undefined];
const world = await openWorld({ folder });
if (what === 'file') await inNameOf('import-fares', () => world.file([aFare({ capacity: 5 })]));
await wait(60_000); // far longer than it has to live
