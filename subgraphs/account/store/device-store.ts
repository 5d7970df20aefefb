// The devices that an account was signed in on: wrong passwords from elsewhere do not lock them out.
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { KnownDevice } from './tables.ts';

const MOST_DEVICES = 20; // of one account; beyond, the one unused for longest is forgotten

export interface Devices {
  /** The name of the device that has this token of the account, for counting its tries; null where it is not known. */
  knownBy(account: string, token: string): Promise<string | null>;
  /** The token of the device that has signed in: the one it has where that is known, else a new one. */
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
