// Follows the registry: a long poll, whose answers are served as soon as they are loaded. With the registry away the
// gateway serves what it has.
import { setTimeout as wait } from 'node:timers/promises';
import { deadlineIn } from '../../infra/http/deadline.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { newId, outsideTraces } from '../../infra/tracing/trace.ts';
import { doubledPause } from '../../schema/terms/back-off.ts';
import { SECOND } from '../../schema/terms/durations.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { followAnswer, followRoute, POLL_WITHIN } from '../../schema/wire/registry-routes.ts';
import type { SignedArtifact } from '../../schema/wire/supergraph-artifact.ts';
import { forward } from '../subgraph-client/forward.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';
import type { ProvenArtifact, Received } from './received.ts';

interface FollowOptions {
  /** With POLL_WITHIN and a bulkhead of its own, which no request of a client uses. */
  registry: Upstream;
  received: Received;
  log: Log;
}

/** Serves an artifact. Rejects if it cannot be loaded. */
export type Serve = (artifact: ProvenArtifact) => Promise<void>;

export interface RegistryFollower {
  /** What the registry has at the start; null if it has nothing, or does not answer within two seconds. */
  first: () => Promise<ProvenArtifact | null>;
  /** Serves what the registry publishes, until the returned function is called. */
  follow: (serve: Serve) => () => Promise<void>;
}

const FIRST_WITHIN = 2 * SECOND;
const PAUSE = { first: 250, longest: 2 * SECOND }; // ms, after failures: a registry that restarts is found soon
const SHORT = SECOND; // a poll that brings nothing new in less is followed by a pause, whatever the registry answers

export function openFollower({ registry, received, log }: FollowOptions): RegistryFollower {
  const away = openOutage(log, 'registry reachable again');
  const isAway = (error: unknown): void =>
    away.began('registry unreachable; the gateway serves the supergraph that it has', error);

  /** With `atOnce` it names nothing that is served, so that the registry answers without waiting for a change. */
  async function poll(signal: AbortSignal, atOnce: boolean): Promise<SignedArtifact | null> {
    const traceId = newId(16);
    const traceparent = `00-${traceId}-${newId(8)}-00`; // not recorded: a poll waits, which is no work
    const answer = await forward(registry, followRoute, {
      ...{ params: {}, body: JSON.stringify({ ...received.report(), ...(atOnce && { serving: null }) }) },
      headers: { 'content-type': 'application/json', traceparent },
      who: anonymous(traceId),
      deadline: deadlineIn(POLL_WITHIN, signal),
    });
    if (answer.status !== 200 && answer.status !== 204) throw new Error(`a poll was answered with ${answer.status}`);
    away.ended();
    return answer.status === 204 ? null : followAnswer.parse(JSON.parse(String(answer.body)));
  }

  /** Whether the answer had something new, whether or not it can be served. */
  async function take(signed: SignedArtifact | null, serve: Serve): Promise<boolean> {
    const artifact = signed && received.read(signed);
    if (!artifact) return false;
    await serve(artifact).then(
      () => received.accept(artifact),
      (error: unknown) => received.refuse(artifact, error),
    );
    return true;
  }

  async function follow(serve: Serve, signal: AbortSignal): Promise<void> {
    const pause = (ms: number) => wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
    const isOver = (): boolean => signal.aborted;
    let failures = 0;
    while (!isOver()) {
      const since = performance.now();
      try {
        const isNew = await take(await poll(signal, failures > 0), serve);
        failures = 0;
        if (!isNew && performance.now() - since < SHORT) await pause(SHORT);
      } catch (error) {
        if (isOver()) return;
        isAway(error);
        await pause(doubledPause(PAUSE.first, failures++, PAUSE.longest));
      }
    }
  }

  return {
    async first() {
      const signal = AbortSignal.timeout(FIRST_WITHIN);
      try {
        const signed = await outsideTraces(() => poll(signal, true));
        return signed && received.read(signed);
      } catch (error) {
        if (!signal.aborted) isAway(error);
        return null;
      }
    },
    follow(serve) {
      const closing = new AbortController();
      const following = outsideTraces(() => follow(serve, closing.signal));
      return async () => {
        closing.abort();
        await following;
      };
    },
  };
}
