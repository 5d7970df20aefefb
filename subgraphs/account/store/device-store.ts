// Known devices of accounts: wrong passwords from elsewhere do not lock them out.
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { KnownDevice } from './tables.ts';

const MOST_DEVICES = 20; // per account; beyond this, the device unused for longest is forgotten

export interface Devices {
  /** The id under which the device's tries are counted; null if the token is not one of the account's. */
  knownBy(account: string, token: string): Promise<string | null>;
  /** Remembers a device that has signed in. Resolves with its token: the given one if it is known, else a new one. */
  remember(account: string, token: string | null): Promise<string>;
}

const deviceHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

export const openDevices = (db: Database): Devices => ({
  async knownBy(account, token) {
    const hash = deviceHash(token);
    return (await db.read().count(KnownDevice, { hash, account })) === 1 ? hash : null;
  },

  remember: (account, given) =>
    db.write(async (em, clock) => {
      const usedAt = (await clock()).getTime();
      if (given && (await em.nativeUpdate(KnownDevice, { hash: deviceHash(given), account }, { usedAt }))) return given;
      const token = randomBytes(32).toString('base64url');
      await em.insert(KnownDevice, { hash: deviceHash(token), account, usedAt });
      const all = await em.find(KnownDevice, { account }, { orderBy: { usedAt: 'desc', hash: 'asc' } });
      await em.nativeDelete(KnownDevice, { hash: { $in: all.slice(MOST_DEVICES).map((each) => each.hash) } });
      return token;
    }),
});
