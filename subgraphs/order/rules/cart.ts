// How an offer in a cart has changed since it was added.
import { badInput, type BadArgument } from '../../../schema/errors.ts';
import type { Money } from '../../../schema/terms/money.ts';
import { minorUnits } from '../../../schema/terms/money.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import { type WantedTraveller, travellerFaults } from './travellers.ts';

export type CartItemChange = 'SAME' | 'DEARER' | 'CHEAPER' | 'GONE';

/** How the current price compares with the promised one; GONE if the offer is no longer on sale. */
export function changeOf({ total, currency }: PromisedOffer, now: Money | null): CartItemChange {
  const today = now && now.currency === currency ? minorUnits(now.amount, currency) : undefined;
  if (today === undefined) return 'GONE';
  if (today === total) return 'SAME';
  return today > total ? 'DEARER' : 'CHEAPER';
}

/**
 * The offer to put into a cart, checked against its travellers if they are known. Throws BAD_USER_INPUT if the offer is
 * not ours, or if the travellers do not fit it.
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
    faults.push({ argument: 'token', message: 'this is not one of our offers; send an offerToken back unchanged.' });
  }
  throw badInput(faults);
}
