// The only reader and writer of the access token keys; signs the tokens.
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { accessToken, KEY_RESTS_FOR } from '../../../schema/wire/access-token.ts';
import { published, signing } from '../rules/key-life.ts';
import { TokenKey } from './tables.ts';

export interface TokenKeys {
  /** Signs an access token; resolves with it and the instant at which it expires. */
  sign(who: { account: string; session: string }): Promise<{ token: string; expiresAt: Date }>;
  /** The public keys of all valid tokens and of the next key, as JSON. Creates the first key if there is none. */
  published(): Promise<string[]>;
  /** Creates a key that signs from KEY_RESTS_FOR seconds on, so that no session is interrupted. Resolves with its id. */
  rotate(): Promise<string>;
}

export function openTokenKeys(db: Database): TokenKeys {
  const { algorithm: alg, issuer, audience, type: typ, lives } = accessToken;
  const imported = new Map<string, Awaited<ReturnType<typeof importJWK>>>();
  const rows = () => db.read().find(TokenKey, {}, { orderBy: { signsFrom: 'asc', id: 'asc' } });

  async function make(signsFrom: number) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const id = typeidUnboxed('key');
    const named = async (key: CryptoKey) => JSON.stringify({ ...(await exportJWK(key)), kid: id, alg, use: 'sig' });
    const row = { id, secret: await named(privateKey), public: await named(publicKey), signsFrom };
    await db.write((em) => em.insert(TokenKey, row));
    return row;
  }

  const currentRow = async (now: Date) => signing(await rows(), now) ?? (await make(now.getTime()));

  async function current() {
    const now = await db.now();
    const row = await currentRow(now);
    const key = imported.get(row.id) ?? (await importJWK(JSON.parse(row.secret) as JWK, alg));
    imported.set(row.id, key);
    return { id: row.id, key, now };
  }

  return {
    async sign({ account, session }) {
      const { id, key, now } = await current();
      const iat = Math.floor(now.getTime() / 1000);
      const token = await new SignJWT({ sid: session })
        .setProtectedHeader({ alg, typ, kid: id })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(account)
        .setIssuedAt(iat)
        .setExpirationTime(iat + lives)
        .sign(key);
      return { token, expiresAt: new Date((iat + lives) * 1000) };
    },

    async published() {
      const now = await db.now();
      await currentRow(now); // creates the first key: a gateway that got an empty list would reject the first token
      return published(await rows(), now).map((row) => row.public);
    },

    async rotate() {
      const now = await db.now();
      const keep = published(await rows(), now).map(({ id }) => id);
      const { id } = await make(now.getTime() + (keep.length ? KEY_RESTS_FOR * 1000 : 0));
      await db.write((em) => em.nativeDelete(TokenKey, { id: { $nin: [...keep, id] } }));
      return id;
    },
  };
}
