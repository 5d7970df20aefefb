// Sessions that a browser keeps in cookies: what the gateway, which has the cookies, and the account room tell each other.
import { z } from 'zod';

/** The subgraph that these headers go to and are taken from, and no other. */
export const ACCOUNT_ROOM = 'account';

/** From the gateway: the refresh token of the browser's cookie, signed with who asks. */
export const REFRESH_HEADER = 'x-fareloom-refresh';

/** To the gateway: what the browser shall keep from now on. */
export const KEEP_HEADER = 'x-fareloom-keep';

const kept = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds that each is good for. */
  accessFor: z.number().int().positive(),
  refreshFor: z.number().int().positive(),
});

/** What a browser keeps of its session; null where it shall forget it. */
export type Kept = z.infer<typeof kept> | null;

export const keepText = (value: Kept): string => JSON.stringify(value);

/** What the header says; undefined without it. */
export const parseKeep = (text: string | undefined): Kept | undefined =>
  text === undefined ? undefined : kept.nullable().parse(JSON.parse(text));
