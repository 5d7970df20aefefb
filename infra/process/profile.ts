// Profiles a running process: where it spends time, and what its memory holds.
import { Session } from 'node:inspector/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { SECOND } from '../../schema/terms/durations.ts';

/** The part of a .cpuprofile that we use. */
interface Profile {
  nodes: { callFrame: { url: string } }[];
}

/**
 * A CPU profile of the next seconds, or until the signal, in the format of Chrome and VS Code. File names are relative
 * to the project's root: they do not reveal the path on the machine.
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

/** Node's own modules, as node:fs, keep their names. */
function withoutPath(url: string): string {
  if (url.startsWith(ROOT)) return url.slice(ROOT.length);
  return /^(file:|\/|[a-z]:\\)/i.test(url) ? basename(url) : url;
}

/** The memory of the process in bytes: in total, V8's heap, and the heap's spaces. */
export const heapNow = () => ({
  memory: process.memoryUsage(),
  heap: getHeapStatistics(),
  spaces: getHeapSpaceStatistics(),
});
