// Metrics in Prometheus' names and units: one registry for each wiring, served at /metrics inside the system.
import { Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';
import { measureBus } from './bus.ts';
import { measureCache } from './cache.ts';
import { measureClock } from './clock.ts';
import { measureDatabases } from './databases.ts';
import { measureFrontDoor } from './front-door.ts';
import { measureHttp, measureResolvers } from './http.ts';
import { measureTrade } from './trade.ts';

export type Metrics = ReturnType<typeof openMetrics>;

/**
 * A new registry and the functions that fill it; infra/deploy/observe/README.md lists every metric. Labels have few
 * values, all ours. Gauges are read at scrape time.
 */
export function openMetrics(now: Clock) {
  const registry = new Registry();
  return {
    registry,
    ...measureBus(registry, now),
    ...measureClock(registry),
    ...measureDatabases(registry, now),
    ...measureHttp(registry),
    ...measureTrade(registry, now),
    cache: measureCache(registry),
    gateway: measureFrontDoor(registry),
    resolverFailed: measureResolvers(registry),
  };
}
