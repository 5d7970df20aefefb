// The teams that publish: their subgraphs, their tokens, and the keys by which their subgraphs know the gateway.
import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { isRefused } from '../../../schema/errors.ts';
import { DAY } from '../../../schema/terms/durations.ts';
import type { SigningKeys } from '../../../schema/wire/signing-key.ts';
import type { Holder } from '../rules/holder.ts';
import { isSubgraphName } from '../rules/naming.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';
import { SubgraphRow } from './tables.ts';
import { hashOfToken, newToken, sameToken } from './tokens.ts';
import type { Urls } from './urls.ts';

/** What a team gets once: it is stored nowhere in readable form. */
export interface Credentials {
  name: string;
  /** For the registry. */
  token: string;
  tokenEndsAt: Date;
  /** In base64, by comma: the keys of the gateway's calls of this subgraph; while keys are rotated several. */
  identityKey: string;
}

/** A token's subgraph and how many days the token holds. */
export interface NewToken {
  name: string;
  days: number;
}

export interface Teams {
  create(request: NewToken & { url: string; by: string }): Promise<Credentials | RegistryRefusal>;
  /** Another token and the current keys; the token before ends. */
  renew(request: NewToken): Promise<Credentials | RegistryRefusal>;
  /** The holder of this token; null if it is unknown, or has ended. */
  holderOf(token: string): Promise<Holder | null>;
}

interface TeamsParts {
  db: Database;
  urls: Urls;
  /** The token of operators; undefined if there is none. */
  operatorToken: string | undefined;
  keysOf(subgraph: string, generation: number): SigningKeys;
}

const LONGEST = 3660; // days

export function openTeams({ db, urls, operatorToken, keysOf }: TeamsParts): Teams {
  const credentials = (name: string, generation: number, token: string, tokenEndsAt: Date): Credentials => ({
    ...{ name, token, tokenEndsAt },
    identityKey: keysOf(name, generation)
      .map(({ secret }) => secret.toString('base64'))
      .join(),
  });

  return {
    async create({ name, url, days, by }) {
      if (!isSubgraphName(name)) return refused('BAD_NAME');
      if (!isPeriod(days)) return refused('BAD_INPUT', NO_PERIOD);
      const allowed = await urls.allowed(url);
      if (isRefused(allowed)) return allowed;
      const token = newToken();
      return db
        .write(async (em, clock) => {
          const now = await clock();
          const tokenEndsAt = endOf(now, days);
          const row = {
            url: allowed.join(),
            tokenHash: hashOfToken(token),
            tokenEndsAt,
            createdAt: now,
            createdBy: by,
          };
          const before = await em.findOne(SubgraphRow, { name }, { lockMode: LockMode.PESSIMISTIC_WRITE });
          if (before && !before.deletedAt) return refused('SUBGRAPH_EXISTS');
          const generation = (before?.generation ?? 0) + 1; // the team before has the keys of its generation
          const made = { ...row, generation, deletedAt: null };
          if (before) await em.nativeUpdate(SubgraphRow, { name }, made);
          else await em.insert(SubgraphRow, { name, ...made });
          return credentials(name, generation, token, tokenEndsAt);
        })
        .catch((error: unknown) => {
          if (error instanceof UniqueConstraintViolationException) return refused('SUBGRAPH_EXISTS');
          throw error;
        });
    },

    async renew({ name, days }) {
      if (!isPeriod(days)) return refused('BAD_INPUT', NO_PERIOD);
      const token = newToken();
      return db.write(async (em, clock) => {
        const tokenEndsAt = endOf(await clock(), days);
        const isTeams = { name, deletedAt: null, url: { $ne: null } }; // our own subgraphs have no team with a token
        const row = await em.findOne(SubgraphRow, isTeams, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!row) return refused('UNKNOWN_SUBGRAPH');
        await em.nativeUpdate(SubgraphRow, { name }, { tokenHash: hashOfToken(token), tokenEndsAt });
        return credentials(name, row.generation, token, tokenEndsAt);
      });
    },

    async holderOf(token) {
      if (operatorToken !== undefined && sameToken(token, operatorToken)) return { kind: 'operator' };
      const row = await db.read().findOne(SubgraphRow, { tokenHash: hashOfToken(token), deletedAt: null });
      const isOver = !row?.tokenEndsAt || row.tokenEndsAt <= (await db.now());
      return isOver ? null : { kind: 'subgraph', name: row.name };
    },
  };
}

const NO_PERIOD = `Give a token 1 to ${LONGEST} days.`;
const isPeriod = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= LONGEST;
const endOf = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY);
