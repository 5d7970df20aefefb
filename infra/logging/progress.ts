// The progress of a command: a bar on a terminal, lines elsewhere.
import { MultiBar, Presets } from 'cli-progress';
import { printable } from './printable.ts';

const STEP = 100_000; // counted items between two lines: a line every few seconds

export interface Progress extends Disposable {
  /** Reports progress: `bytes` and `count` are the totals so far. */
  advance(bytes: number, count: number, what: string): void;
  /** Writes a line, above the bar if there is one. */
  say(line: string): void;
}

/** Shows the progress through `size` bytes, until it is disposed of. */
export function openProgress(size: number, err: NodeJS.WritableStream & { isTTY?: boolean }): Progress {
  return err.isTTY ? openBar(size, err) : openLines(size, err);
}

function openBar(size: number, stream: NodeJS.WritableStream): Progress {
  const bars = new MultiBar(
    { stream, format: '{bar} {percentage} %  {count} {what}', clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  const bar = bars.create(size, 0, { count: 0, what: '' });
  return {
    advance: (bytes, count, what) => bar.update(bytes, { count: count.toLocaleString('en'), what }),
    say: (line) => bars.log(`${printable(line)}\n`),
    [Symbol.dispose]() {
      bars.update(); // prints what was said since the last update
      bars.stop();
    },
  };
}

function openLines(size: number, stream: NodeJS.WritableStream): Progress {
  let steps = 0;
  return {
    advance(bytes, count, what) {
      const step = Math.floor(count / STEP);
      if (step > steps) stream.write(`${count.toLocaleString('en')} ${what}, ${Math.floor((bytes / size) * 100)} %\n`);
      steps = step;
    },
    say: (line) => void stream.write(`${printable(line)}\n`),
    [Symbol.dispose]() {},
  };
}
