// The demo's travel guides, generated from demo-places and demo-reviews. The same `now` gives the same guides.
import { knownAirport } from '../../../schema/terms/airports.ts';
import { minorUnits } from '../../../schema/terms/money.ts';
import { addDays } from '../../../schema/values/days.ts';
import { abroad } from './demo-places-abroad.ts';
import { india } from './demo-places-india.ts';
import { openings, remarks } from './demo-reviews.ts';
import type { FiledGuide, FiledStay } from '../store/store.ts';
import type { DemoPlace } from './demo-place.ts';

type Review = FiledStay['reviews'][number];

/** Returns the next random number, from 0 up to but not including 1. */
type Random = () => number;

const REVIEWS = { fewest: 3, most: 12 };
const OLDEST = 720; // days: two years of reviews
const NEWEST = 3; // days: guests write their review after the journey home

/** A guide for each of the demo's destinations, with reviews from the two years before `now`. */
export const demoGuides = (now: Date): FiledGuide[] =>
  Object.entries({ ...india, ...abroad }).map(([code, place]) => guideOf(code, place, now.toISOString().slice(0, 10)));

function guideOf(code: string, { summary, sights, stays }: DemoPlace, today: string): FiledGuide {
  const { currency } = knownAirport(code);
  const key = (at: number): string => `${code.toLowerCase()}${numbered(at)}`;
  return {
    airport: code,
    summary,
    sights: sights.map(([name, kind, rating], at) => ({ id: `sgt_${key(at)}`, name, kind, rating })),
    stays: stays.map(([name, price], at) => ({
      id: `sty_${key(at)}`,
      name,
      nightlyPrice: minorUnits(price, currency)!,
      currency,
      reviews: reviewsOf(key(at), today),
    })),
  };
}

/** The reviews of a stay, spread around a quality of its own. */
function reviewsOf(stay: string, today: string): Review[] {
  const random = seeded(stay);
  const count = REVIEWS.fewest + Math.floor(random() * (REVIEWS.most - REVIEWS.fewest + 1));
  const quality = 3.6 + random() * 1.4;
  const opening = {
    glad: deck(openings.glad, random),
    mixed: deck(openings.mixed, random),
    sorry: deck(openings.sorry, random),
  };
  const remark = deck(remarks, random);
  return Array.from({ length: count }, (_, at) => {
    const rating = Math.min(5, Math.max(1, Math.round(quality + (random() - 0.6) * 2.4)));
    const mood = rating > 3 ? 'glad' : rating === 3 ? 'mixed' : 'sorry';
    return {
      id: `rev_${stay}${numbered(at)}`,
      rating,
      text: `${opening[mood]()} ${remark()}`,
      stayedOn: addDays(today, -NEWEST - Math.floor(random() * (OLDEST - NEWEST))),
    };
  });
}

const numbered = (at: number): string => String(at + 1).padStart(2, '0');

/** Draws the cards in random order without repetition, and starts over once all are drawn. */
function deck(cards: readonly string[], random: Random): () => string {
  let left: string[] = [];
  return () => {
    if (!left.length) left = [...cards];
    return left.splice(Math.floor(random() * left.length), 1)[0]!;
  };
}

/** A deterministic random generator: mulberry32, seeded with the FNV-1a hash of the text. */
function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
