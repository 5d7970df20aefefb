// A process that failpoints.test.ts kills by a failpoint: it runs the whole system, files one fare, and works until it
// dies.
// Arguments: the folder, and "file" to file a fare.
import { setTimeout as wait } from 'node:timers/promises';
import { inNameOf } from '../../infra/process/failpoint.ts';
import { aFare, openWorld } from '../kit/world.ts';

const [folder, what] = process.argv.slice(2) as [string, string | undefined];
const world = await openWorld({ folder });
if (what === 'file') await inNameOf('import-fares', () => world.file([aFare({ capacity: 5 })]));
await wait(60_000); // far longer than it lives
