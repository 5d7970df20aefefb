// The cache port: what readers and workers may expect of every cache adapter.

/** One value to write. `revision` counts the writes of the data that the value was made from. */
export interface CacheEntry {
  key: string;
  revision: number;
  value: string;
  /** Time to live, in milliseconds: above zero. */
  ttl: number;
}

/** Takes `amount` units from a bucket that holds `capacity` units and refills by `refill` units a second. */
export interface Charge {
  key: string;
  amount: number;
  capacity: number;
  refill: number;
}

/** Whether all charges were granted, and the level of each bucket afterwards, in the order of the charges. */
export interface Spent {
  granted: boolean;
  levels: number[];
}

/** A member of a group, as it reported itself. */
export interface Member {
  member: string;
  /** The time since its last report, in ms, by the clock of the cache. */
  silentFor: number;
}

/**
 * A cache may lose any entry at any time, and with it the revision that rejects older values. A writer therefore checks
 * after the write whether a newer revision exists by now. A writer that crashes before the check leaves an older value
 * for at most its ttl. So ttls are short, and data that must not be stale is not read from the cache.
 */
export interface Cache {
  /** The values of these keys in their order, null where there is none: one round trip for any number of keys. */
  getMany(keys: readonly string[]): Promise<(string | null)[]>;
  /**
   * Writes each entry unless a higher revision is stored, compared and set in one step: one round trip for any number
   * of entries.
   */
  putMany(entries: readonly CacheEntry[]): Promise<void>;
  /**
   * Takes every charge, or none where one bucket has too little: atomic between all callers, and one round trip. A
   * bucket that is unknown, or was lost, is full.
   */
  spend(charges: readonly Charge[]): Promise<Spent>;
  /**
   * Notes that the member of the group is there now, by the clock of the cache, and forgets members of the group that did
   * not report for `rememberedFor` ms. Logs nothing: the caller can do without.
   */
  report(group: string, member: string, rememberedFor: number): Promise<void>;
  /** Forgets the member of the group. Logs nothing. */
  withdraw(group: string, member: string): Promise<void>;
  /** Up to `most` members of the group, the latest report first. */
  members(group: string, most: number): Promise<Member[]>;
  close(): Promise<void>;
}

/**
 * The cache cannot be used now: it does not answer (ETIMEDOUT), or the server refuses with this code (READONLY, OOM
 * ...).
 */
export class CacheAway extends Error {
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
