// The settings of the fare subgraph.
import { z } from 'zod';
import { pairs, whole } from '../../infra/config/values.ts';

/**
 * AI=67:10,BA=80:10: the percentage of the adult's fare that a carrier's child and infant pay; for other carriers 75
 * and 10.
 */
function shares(text: string, context: z.RefinementCtx) {
  const result: Record<string, { CHILD: number; INFANT: number }> = {};
  for (const [carrier, value] of pairs(text.split(','), context)) {
    const [, child, infant] = /^(\d{1,3}):(\d{1,3})$/.exec(value) ?? [];
    if (/^[A-Z0-9]{2}$/.test(carrier) && child && infant)
      result[carrier] = { CHILD: Number(child), INFANT: Number(infant) };
    else context.addIssue(`${carrier}=${value}: give CARRIER=CHILD:INFANT in per cent by comma, as AI=67:10`);
  }
  return result;
}

export const fareSettings = {
  DEMO_SEED: {
    schema: whole(-(2 ** 31), 2 ** 31 - 1).default(1),
    unset: '`1`',
    does: 'another number makes other demo fares',
  },
  TRAVELLER_SHARES: {
    schema: z.string().transform(shares).default({}),
    unset: '75 and 10 for all',
    does: "a carrier's child and infant fares in per cent of the adult's, for example `AI=67:10`",
  },
} as const;
