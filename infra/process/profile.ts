// A look inside a running process: where its time goes, and what its memory holds.
import { Session } from 'node:inspector/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

const SECOND = 1000; // ms

/** What .cpuprofile files hold; we look at no more of it. */
interface Profile {
  nodes: { callFrame: { url: string } }[];
}

/**
 * A CPU profile of the next seconds, or of those until the signal, as Chrome's and VS Code's tools open it. Its files
 * are named from the root of the project: nobody learns where it lies on the machine.
 */
export async function takeProfile(seconds: number, signal: AbortSignal): Promise<Profile> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await wait(seconds * SECOND, undefined, { signal }).catch(() => undefined);
    const { profile } = await session.post('Profiler.stop');
    for (const { callFrame } of profile.nodes) callFrame.url = withoutPath(callFrame.url);
    return profile;
  } finally {
    session.disconnect();
  }
}

const ROOT = pathToFileURL(join(import.meta.dirname, '../../')).href;

/** What Node has of its own, as node:fs, stays as it is. */
function withoutPath(url: string): string {
  if (url.startsWith(ROOT)) return url.slice(ROOT.length);
  return /^(file:|\/|[a-z]:\\)/i.test(url) ? basename(url) : url;
}

/** The process' memory in bytes: as a whole, V8's heap, and the heap's spaces. */
export const heapNow = () => ({
  memory: process.memoryUsage(),
  heap: getHeapStatistics(),
  spaces: getHeapSpaceStatistics(),
});
