// The words of a check: what is proposed, which operations are known, and what was found.
import type { Need } from '../../wire/supergraph-artifact.ts';
import type { Release } from '../deprecation.ts';
import type { SubgraphSdl } from '../nullability.ts';

/** A change to check. */
export interface Proposal {
  /** What is served now: complete SDLs by name. */
  served: readonly SubgraphSdl[];
  /** The subgraphs to change: a new SDL, or null to delete it. Several at once for a release of our own. */
  changed: readonly { name: string; sdl: string | null }[];
  /** The schema that clients use now, as SDL; null when there is none yet. */
  clients: string | null;
  operations: readonly KnownOperation[];
  /** Since when usage has been counted; null without usage data: then every breaking change counts. */
  countedSince: Date | null;
  approvals: readonly { change: string; expiresAt: Date }[];
  release: Release;
  now: Date;
}

/** An operation that clients pushed or sent. */
export interface KnownOperation {
  id: string;
  name: string;
  /** Null if only its coordinates are known. */
  text: string | null;
  /** The schema coordinates that it uses; empty if its text is known. */
  coordinates: readonly string[];
  client: string;
  clientVersion: string;
  count: number;
  lastSeen: Date | null;
  isPushed: boolean;
}

/** ERROR and BREAKING, unless approved, fail a check. */
export type Severity = 'ERROR' | 'BREAKING' | 'DANGEROUS' | 'WARNING' | 'SAFE';

export interface Finding {
  /** For programs; COMPOSITION_... if the subgraphs do not compose. */
  code: string;
  severity: Severity;
  /** The subgraph that has to act. */
  subgraph: string;
  /** In its SDL, from 1; null if there is no place. */
  line: number | null;
  column: number | null;
  message: string;
  /** What to do. */
  advice: string;
  /** Names the change for an approval; null if it cannot be approved. */
  change: string | null;
  isApproved: boolean;
  /** The operations that it affects, at most 20. */
  operations: readonly Omit<KnownOperation, 'text' | 'coordinates'>[];
}

export interface CheckResult {
  passed: boolean;
  findings: readonly Finding[];
  /** What would be served; null if the subgraphs do not compose. */
  supergraph: {
    supergraphSdl: string;
    /** The schema that clients see. */
    apiSdl: string;
    permissions: Readonly<Record<string, Need>>;
    /** By subgraph. */
    errorCodes: Readonly<Record<string, readonly string[]>>;
  } | null;
}
