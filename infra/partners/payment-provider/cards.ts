// The demo provider's cards: the number chooses the outcome. infra/README.md and the payment page show the same table.

import type { NonEmpty } from '../../../schema/values/non-empty.ts';

/** The effect of a card. */
export type Behaviour =
  'SUCCESS' | 'DECLINE' | 'CHALLENGE' | 'CUT' | 'LATE' | 'TWICE' | 'EARLY' | 'WRONG_AMOUNT' | 'SILENT';

export interface Card {
  number: string;
  behaviour: Behaviour;
  what: string;
}

/** In display order; the first one simply pays. */
export const cards: NonEmpty<Card> = [
  { number: '4242 4242 4242 4242', behaviour: 'SUCCESS', what: 'is charged at once' },
  { number: '4000 0000 0000 0002', behaviour: 'DECLINE', what: 'is declined' },
  { number: '4000 0000 0000 3220', behaviour: 'CHALLENGE', what: 'asks for one more step, then is charged' },
  {
    number: '4000 0000 0000 0119',
    behaviour: 'CUT',
    what: 'is charged, and the answer is cut off; so is the first answer to a refund of it',
  },
  {
    number: '4000 0000 0000 2001',
    behaviour: 'LATE',
    what: 'is charged 20 minutes later, whatever was cancelled since',
  },
  { number: '4000 0000 0000 2002', behaviour: 'TWICE', what: 'is charged, and the webhook comes twice' },
  { number: '4000 0000 0000 2003', behaviour: 'EARLY', what: 'is charged, and the webhook comes before the answer' },
  { number: '4000 0000 0000 2004', behaviour: 'WRONG_AMOUNT', what: 'is charged one unit of the currency too little' },
  { number: '4000 0000 0000 2005', behaviour: 'SILENT', what: 'is charged, and no webhook ever comes' },
];

/** The behaviour of the card with this number, spaces or not; undefined for any other number. */
export const behaviourOf = (number: string): Behaviour | undefined =>
  cards.find((card) => card.number.replaceAll(' ', '') === number.replaceAll(/[\s-]/g, ''))?.behaviour;
