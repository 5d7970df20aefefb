// The cache port: what readers and workers may ask of a cache, whichever adapter stands behind it.

/** One value to write. `revision` counts the writes of what the value was made from. */
export interface CacheEntry {
  key: string;
  revision: number;
  value: string;
  /** How long it is kept, in milliseconds: above zero. */
  ttl: number;
}

/** So many units to take from a bucket that holds `capacity` of them and fills again by `refill` units a second. */
export interface Charge {
  key: string;
  amount: number;
  capacity: number;
  refill: number;
}

/** Whether all charges were taken, and the units that are in each bucket now, in the order of the charges. */
export interface Spent {
  granted: boolean;
  levels: number[];
}

/**
 * A cache may lose anything at any time, and with a value the revision that kept older ones out: whoever writes looks
 * afterwards whether there is a newer revision by now. One that dies before it looks leaves an older value for its ttl
 * at most. So a ttl is never long, and what must not be stale is not read here.
 */
export interface Cache {
  /** The values of these keys in their order, null where there is none: one round trip, however many. */
  getMany(keys: readonly string[]): Promise<(string | null)[]>;
  /** Writes each entry unless a higher revision is there already, compared and set in one step: one round trip, however many. */
  putMany(entries: readonly CacheEntry[]): Promise<void>;
  /**
   * Takes every charge, or none where one bucket has too little: one step and one round trip, whoever else charges the
   * same buckets. A bucket nobody knows is full, and one that was lost is as well.
   */
  spend(charges: readonly Charge[]): Promise<Spent>;
  close(): Promise<void>;
}

/** The cache cannot be used now: it does not answer (ETIMEDOUT), or the server refuses, with its own word (READONLY, OOM ...). */
export class CacheAway extends Error {
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
