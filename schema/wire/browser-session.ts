// Sessions in browser cookies: the headers between the gateway, which has the cookies, and the account subgraph.
import { z } from 'zod';

/** The only subgraph that receives and sends these headers. */
export const ACCOUNT = 'account';

/** From the gateway: the refresh token of the browser's cookie, signed together with the caller's identity. */
export const REFRESH_HEADER = 'x-fareloom-refresh';

/** To the gateway: the cookies that the browser shall store. */
export const KEEP_HEADER = 'x-fareloom-keep';

const kept = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Lifetime of each token in seconds. */
  accessFor: z.number().int().positive(),
  refreshFor: z.number().int().positive(),
});

/** The tokens that a browser stores; null to clear them. */
export type Kept = z.infer<typeof kept> | null;

export const keepText = (value: Kept): string => JSON.stringify(value);

/** Parses the header; undefined without it. */
export const parseKeep = (text: string | undefined): Kept | undefined =>
  text === undefined ? undefined : kept.nullable().parse(JSON.parse(text));
