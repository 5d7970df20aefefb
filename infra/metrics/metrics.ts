// What is counted, in the words and units of Prometheus: one registry a wiring, served at /metrics inside the system.
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
 * A registry of its own, and what fills it; infra/deploy/observe/README.md lists every metric. Every label's values are few and
 * ours. A gauge is looked at when somebody asks.
 */
export function openMetrics(now: Clock) {
  const registry = new Registry();
  return {
    registry,
    ...measureBus(registry, now),
    ...measureClock(registry),
    ...measureDatabases(registry, now),
    ...measureTrade(registry, now),
    cache: measureCache(registry),
    gateway: measureFrontDoor(registry),
    requests: measureHttp(registry),
    resolverFailed: measureResolvers(registry),
  };
}
