// A registry that the test plays: gateways follow what it publishes, and it is away when the test says so.
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { type FollowBody, followBody, followRoute } from '../../schema/wire/registry-routes.ts';
import { ROUTE_HEADER } from '../../schema/wire/route.ts';
import {
  artifactKeys,
  etagOf,
  signArtifact,
  type SignedArtifact,
  type SupergraphArtifact,
} from '../../schema/wire/supergraph-artifact.ts';
import { masters } from './signed.ts';

/** Signs as a registry does. */
export const signedArtifact = (artifact: SupergraphArtifact): SignedArtifact =>
  signArtifact(artifact, artifactKeys(masters));

export interface FakeRegistry {
  call: Call;
  /** What gateways sent, last one last. */
  polls: FollowBody[];
  /** Gives this to all gateways from now on. */
  publish: (artifact: SupergraphArtifact | SignedArtifact) => void;
  /** Breaks off all polls, and accepts none until `back`. */
  leave: () => void;
  back: () => void;
}

/** A registry that has published this; nothing yet if undefined. */
export function fakeRegistry(first?: SupergraphArtifact): FakeRegistry {
  const changes = new EventTarget();
  let latest = first && signedArtifact(first);

  let isAway = false;

  /** Waits for a publication; rejects when the registry leaves, and when the poll is given up. */
  const changed = async (signal: AbortSignal | undefined): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const over = new AbortController();
    changes.addEventListener('published', () => resolve(), over);
    changes.addEventListener('left', () => reject(new Error('the registry left')), over);
    signal?.addEventListener('abort', () => reject(signal.reason as Error), over);
    await promise.finally(() => over.abort());
  };

  const registry: FakeRegistry = {
    polls: [],
    publish(artifact) {
      latest = 'content' in artifact ? artifact : signedArtifact(artifact);
      changes.dispatchEvent(new Event('published'));
    },
    leave() {
      isAway = true;
      changes.dispatchEvent(new Event('left'));
    },
    back() {
      isAway = false;
    },
    async call({ path, body, signal }) {
      if (isAway || path !== followRoute.path) throw new Error('connection refused');
      const poll = followBody.parse(JSON.parse(String(body)));
      registry.polls.push(poll);
      const isNew = () => latest && etagOf(latest.content) !== poll.serving;
      if (!isNew()) await changed(signal);
      return { status: 200, body: JSON.stringify(latest), headers: { [ROUTE_HEADER]: followRoute.path } };
    },
  };
  return registry;
}
