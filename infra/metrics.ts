// What is counted, in the words and units of Prometheus: one registry a wiring, served at /metrics inside the system.
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, register as ofTheProcess, Registry } from 'prom-client';
import type { Bus } from './bus.ts';
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { openServer } from './http-server.ts';
import { backlog, oldest } from './outbox.ts';

export type Metrics = ReturnType<typeof openMetrics>;

const LOOK_WITHIN = 1000; // ms; who scrapes waits a few seconds, and gets what is known by then

/**
 * A registry of its own, and what fills it. Every label's values are few and ours: groups, topics, rooms. A gauge is
 * looked at when somebody asks; one whose source does not answer in a second is left out of that answer.
 */
export function openMetrics(now: Clock) {
  const registry = new Registry();
  const registers = [registry];
  const groups = new Set<string>();
  const outboxes = new Map<string, Database>();
  let bus: Bus | undefined;

  const rebalances = new Counter({
    name: 'fareloom_consumer_rebalances_total',
    help: 'How often a member of this process was dealt its partitions anew',
    labelNames: ['group'],
    registers,
  });
  const deadLetters = new Counter({
    name: 'fareloom_dead_letters_total',
    help: 'Messages that went to the dead letters, by the topic they came from',
    labelNames: ['topic', 'group'],
    registers,
  });
  const reads = new Counter({
    name: 'fareloom_cache_reads_total',
    help: 'Keys looked up in the cache: found (hit), not there (miss), or unknown because it did not answer (timeout)',
    labelNames: ['result'],
    registers,
  });
  for (const result of ['hit', 'miss', 'timeout']) reads.inc({ result }, 0);
  const rateLimited = new Counter({
    name: 'fareloom_rate_limited_total',
    help: 'Operations refused by a rate limit, by the limit; cache_away is money that is refused while nobody can count',
    labelNames: ['limit'],
    registers,
  });
  const shed = new Counter({
    name: 'fareloom_shed_total',
    help: 'Requests refused under overload: too many under way (in_flight), the event loop late (loop_delay), the heap full (heap)',
    labelNames: ['reason'],
    registers,
  });
  new Gauge({
    name: 'fareloom_consumer_lag',
    help: 'Messages that a group of this process has not finished; every member tells the same of its group',
    labelNames: ['group', 'topic'],
    registers,
    async collect() {
      this.reset();
      await Promise.all(
        [...groups].map(async (group) => {
          const lag = (await soon(bus!.lag(group))) ?? [];
          for (const [topic, messages] of lag) this.set({ group, topic }, messages);
        }),
      );
    },
  });
  new Gauge({
    name: 'fareloom_outbox_backlog',
    help: 'Events committed in a room and not published yet; every process on its database tells the same',
    labelNames: ['room'],
    registers,
    async collect() {
      this.reset();
      for (const [room, db] of outboxes) {
        const events = await soon(backlog(db.read()));
        if (events !== undefined) this.set({ room }, events);
      }
    },
  });
  new Gauge({
    name: 'fareloom_outbox_oldest_age_seconds',
    help: 'How long the oldest event in a room’s outbox has waited; 0 while none does',
    labelNames: ['room'],
    registers,
    async collect() {
      this.reset();
      for (const [room, db] of outboxes) {
        const since = await soon(oldest(db.read()));
        if (since !== undefined) this.set({ room }, since ? Math.max(0, now().getTime() - since.getTime()) / 1000 : 0);
      }
    },
  });

  return {
    registry,
    rebalanced: (group: string) => rebalances.inc({ group }),
    rateLimited: (limit: string | null) => rateLimited.inc({ limit: limit ?? 'cache_away' }),
    shed: (reason: string) => shed.inc({ reason }),
    /** From now on the outbox of this room is looked at. */
    watchOutbox: (room: string, db: Database) => void outboxes.set(room, db),

    /** The bus, with its groups' lags and what goes to the dead letters counted. */
    bus(counted: Bus): Bus {
      bus = counted;
      return {
        ...counted,
        async publish(messages) {
          await counted.publish(messages);
          for (const { topic, headers } of messages) {
            const group = headers?.['dlt-group'];
            if (group && topic.endsWith('.dlt')) deadLetters.inc({ topic: topic.slice(0, -'.dlt'.length), group });
          }
        },
        async subscribe(subscription, handle) {
          const { group } = subscription;
          groups.add(group);
          rebalances.inc({ group }, 0); // there from the start, so that a rate can be told from nothing
          return counted.subscribe(subscription, handle);
        },
      };
    },

    /** The cache, with what was looked up in it counted. */
    cache(counted: Cache): Cache {
      return {
        ...counted,
        async getMany(keys) {
          const values = await counted.getMany(keys).catch((error: unknown) => {
            reads.inc({ result: 'timeout' }, keys.length);
            throw error;
          });
          const misses = values.filter((value) => value === null).length;
          reads.inc({ result: 'miss' }, misses);
          reads.inc({ result: 'hit' }, values.length - misses);
          return values;
        },
      };
    },
  };
}

/** What it resolves to; undefined where it fails, or takes too long for who waits. */
async function soon<T>(look: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), LOOK_WITHIN);
  try {
    return await Promise.race([look, late.promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Serves /metrics: what was counted here, and what the process itself tells where that is collected. */
export function serveMetrics(app: FastifyInstance, { registry }: Metrics): void {
  const all = Registry.merge([ofTheProcess, registry]);
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', all.contentType);
    return all.metrics();
  });
}

/** A server for /metrics alone, beside one that is open to the world. */
export function openMetricsServer(metrics: Metrics): FastifyInstance {
  const app = openServer(1);
  serveMetrics(app, metrics);
  return app;
}
