// The skew of this process's clock, as a gauge.
import type { Registry } from 'prom-client';
import { openGauge } from './gauge.ts';

export function measureClock(registry: Registry) {
  const watch = openGauge(registry, {
    name: 'fareloom_clock_skew_seconds',
    help: 'How far the clock of this process is ahead of the database server’s clock, or a gateway’s of its subgraphs’ clocks; negative if it is behind, 0 while there is no other clock',
    labels: [],
  });
  return {
    /** Exports this skew, in ms, as the gauge. */
    watchClock: (skew: () => number): void => void watch(async () => [[{}, skew() / 1000]]),
  };
}
