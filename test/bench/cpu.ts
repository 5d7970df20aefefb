// Processor time of this process and of the servers it started, from Linux's /proc; on other systems only its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICK = 10; // ms; Linux's unit

/** The processor time that each program has used so far, in ms, by its name. */
function used(): Map<string, number> {
  const { user, system } = process.cpuUsage();
  const all = new Map([['node', (user + system) / 1000]]);
  for (const pid of existsSync('/proc/self/stat') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    const { name, parent, ticks } = statOf(pid);
    if (parent === process.pid && name !== 'sh') all.set(name, (all.get(name) ?? 0) + ticks * TICK);
  }
  return all;
}

function statOf(pid: string) {
  try {
    const [, name, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    const fields = rest!.split(' ').map(Number); // the fields of proc(5), from the third on
    return { name: name!, parent: fields[1]!, ticks: fields[11]! + fields[12]! };
  } catch {
    return { name: '', parent: 0, ticks: 0 }; // the process has ended
  }
}

/** Starts counting. The returned function gives the us of processor time used since, per item, for `count` items. */
export function countCpu(): (count: number) => string {
  const before = used();
  return (count) =>
    [...used()]
      .map(([name, ms]) => `${name} ${(((ms - (before.get(name) ?? 0)) * 1000) / count).toFixed(1)}`)
      .join(', ');
}
