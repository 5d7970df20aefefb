// What became of an offer in a cart since it was put there.
import { badInput, type BadArgument } from '../../../schema/errors.ts';
import type { Money } from '../../../schema/terms/money.ts';
import { minorUnits } from '../../../schema/terms/money.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import { type WantedTraveller, travellerFaults } from './travellers.ts';

export type CartItemChange = 'SAME' | 'DEARER' | 'CHEAPER' | 'GONE';

/** How the price of now stands to the one that was promised; GONE where nothing is on offer any more. */
export function changeOf({ total, currency }: PromisedOffer, now: Money | null): CartItemChange {
  const today = now && now.currency === currency ? minorUnits(now.amount, currency) : undefined;
  if (today === undefined) return 'GONE';
  if (today === total) return 'SAME';
  return today > total ? 'DEARER' : 'CHEAPER';
}

/**
 * The offer that may be put in, with who travels where that is known already. Throws BAD_USER_INPUT where it is no offer
 * of ours, or those do not fit it who are to travel.
 */
export function fitting(
  offer: PromisedOffer | 'INVALID',
  travellers: readonly WantedTraveller[] | null,
  now: Date,
): PromisedOffer {
  const faults: BadArgument[] = [];
  if (typeof offer !== 'string') {
    if (travellers) faults.push(...travellerFaults(offer, travellers, 'travellers', now));
    if (!faults.length) return offer;
  } else {
    faults.push({ argument: 'token', message: 'this is no offer of ours; hand an offerToken back as it is.' });
  }
  throw badInput(faults);
}
