// Sends gateways the supergraph to serve, signed, as soon as it changes, and keeps what they report.
import type { Database } from '../../../infra/database/database.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';
import type { SigningKeys } from '../../../schema/wire/signing-key.ts';
import { artifactKeys, etagOf, type SignedArtifact, signArtifact } from '../../../schema/wire/supergraph-artifact.ts';
import type { SupergraphVersion } from '../rules/served.ts';
import type { Catalog } from './catalog.ts';
import { GatewayReportRow } from './tables.ts';

/** What a gateway process says of itself. */
export interface GatewayState {
  gateway: string;
  /** The version that it serves; null before it has got one from here. */
  supergraph: number | null;
  /** The version that it could not load. */
  failed: number | null;
}

/** A gateway process that has reported within the last minute. */
export interface LiveGateway extends GatewayState {
  reportedAt: Date;
}

export interface Gateways {
  /**
   * The artifact to serve, as soon as it differs from the one with this ETag and from the version that could not be
   * loaded; null if none does before `signal` is aborted, or the polls are ended.
   */
  next(state: { serving: string | null; failed: number | null }, signal: AbortSignal): Promise<SignedArtifact | null>;
  report(state: GatewayState): Promise<void>;
  live(): Promise<LiveGateway[]>;
  /** Deletes the reports of gateways that are gone. */
  forgetGone(): Promise<void>;
  /** Answers every poll, and each that still comes, at once. */
  endPolls(): void;
  close(): void;
}

interface GatewaysParts {
  db: Database;
  catalog: Catalog;
  masterKeys: SigningKeys;
  /** Whether other processes may change what is served. */
  isShared: boolean;
}

const LIVE_FOR = MINUTE; // a gateway reports every 20 seconds
const LOOK_EVERY = 250; // ms, while a gateway waits and another process may have published: one read of one row

export function openGateways({ db, catalog, masterKeys, isShared }: GatewaysParts): Gateways {
  const keys = artifactKeys(masterKeys);
  const waiting = new Set<() => void>();
  let revision = -1;
  let current: (SignedArtifact & { etag: string; version: number }) | null = null;

  async function refresh(): Promise<void> {
    const seen = await catalog.revision();
    if (seen === revision) return;
    const head = await catalog.head();
    if (head.revision <= revision) return; // another look was faster
    current = head.served && signed(head.served, keys);
    revision = head.revision;
    for (const wake of waiting) wake();
  }

  let isEnding = false;
  function endPolls(): void {
    isEnding = true;
    for (const wake of waiting) wake();
  }

  const refreshing = (): void => void refresh().catch(() => undefined); // the next look tries again
  const stopHearing = db.onCommit(() => waiting.size && refreshing());
  const timer = isShared ? setInterval(() => waiting.size && refreshing(), LOOK_EVERY).unref() : undefined;

  return {
    async next({ serving, failed }, signal) {
      await refresh();
      while (!signal.aborted && !isEnding) {
        if (current && current.etag !== serving && current.version !== failed)
          return { content: current.content, signature: current.signature };
        await changed(waiting, signal);
      }
      return null;
    },
    async report(state) {
      const reportedAt = await db.now();
      await db.write((em) => em.upsert(GatewayReportRow, { ...state, reportedAt }));
    },
    async live() {
      const since = new Date((await db.now()).getTime() - LIVE_FOR);
      const rows = await db
        .read()
        .find(GatewayReportRow, { reportedAt: { $gt: since } }, { orderBy: { gateway: 'asc' } });
      return rows.map(({ gateway, supergraph = null, failed = null, reportedAt }) => ({
        ...{ gateway, supergraph, failed, reportedAt },
      }));
    },
    async forgetGone() {
      const before = new Date((await db.now()).getTime() - LIVE_FOR);
      await db.write((em) => em.nativeDelete(GatewayReportRow, { reportedAt: { $lte: before } }));
    },
    endPolls,
    close() {
      clearInterval(timer);
      stopHearing();
      endPolls();
    },
  };
}

/** Resolves when one of `waiting` is called, or the signal is aborted. */
const changed = (waiting: Set<() => void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    waiting.add(wake);
    signal.addEventListener('abort', wake);
  });

function signed({ version, supergraphSdl, permissions, members }: SupergraphVersion, keys: SigningKeys) {
  const artifact = signArtifact({ version, supergraphSdl, permissions, subgraphs: members }, keys);
  return { ...artifact, version, etag: etagOf(artifact.content) };
}
