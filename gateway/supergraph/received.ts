// What a gateway has received from the registry: what it serves of it, and what it could not serve.
import type { Log } from '../../infra/logging/log.ts';
import type { FollowBody } from '../../schema/wire/registry-routes.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import {
  etagOf,
  readArtifact,
  type SignedArtifact,
  type SupergraphArtifact,
} from '../../schema/wire/supergraph-artifact.ts';

/** An artifact that the registry signed, and its ETag there. */
export interface ProvenArtifact {
  artifact: SupergraphArtifact;
  etag: string;
  signed: SignedArtifact;
}

/** The artifact, if one of these keys signed it; else null. */
export function proven(signed: SignedArtifact, keys: SigningKeys): ProvenArtifact | null {
  const artifact = readArtifact(signed, keys);
  return artifact && { artifact, etag: etagOf(signed.content), signed };
}

export interface Received {
  /** What is new in an answer; null if that is served already, or could not be served before. */
  read: (signed: SignedArtifact) => ProvenArtifact | null;
  /** The artifact is served from now on. */
  accept: (artifact: ProvenArtifact) => void;
  /** The artifact cannot be loaded; it is not tried again. */
  refuse: (artifact: ProvenArtifact, error: unknown) => void;
  /** What the next poll says. */
  report: () => FollowBody;
}

/** Begins with nothing received; `gateway` names this process. */
export function openReceived(gateway: string, keys: SigningKeys, log: Log): Received {
  let serving: ProvenArtifact | undefined;
  let failed: { name: string; version: number | null } | undefined;

  /** Remembers the answer, so that it is neither tried nor logged again. */
  const refuse = (signed: SignedArtifact, version: number | null, error: unknown): void => {
    failed = { name: nameOf(signed), version };
    log.error('the supergraph from the registry cannot be served; the one before stays', { version, error });
  };

  return {
    read(signed) {
      if (nameOf(signed) === failed?.name) return null;
      if (etagOf(signed.content) === serving?.etag) {
        failed = undefined;
        return null;
      }
      const one = proven(signed, keys);
      if (!one) refuse(signed, null, new Error('it is not signed by the registry, or of another release'));
      return one;
    },
    accept(artifact) {
      serving = artifact;
      failed = undefined;
    },
    refuse: ({ signed, artifact: { version } }, error) => refuse(signed, version, error),
    report: () => ({
      ...{ gateway, serving: serving?.etag ?? null, version: serving?.artifact.version ?? null },
      failed: failed?.version ?? null,
    }),
  };
}

/** With the signature: the same content may come again with one that this gateway knows. */
const nameOf = ({ content, signature }: SignedArtifact): string => `${etagOf(content)} ${signature}`;
