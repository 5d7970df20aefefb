// Runs many cases, supergraph by supergraph.
import { type Case, drawCase, openSupergraph } from './cases.ts';
import { countCase, type Counts, countSupergraph } from './features.ts';
import { type Executor, judge } from './judge.ts';

/** The number of cases of one supergraph: composing it takes as long as ten of them. */
const CASES_EACH = 20;

export interface Survey {
  right: number;
  /** Wrong answers by the known difference that they show. */
  known: Record<string, number>;
  /** Cases that are wrong in an unknown way. */
  unknown: Case[];
  /** How many supergraphs and cases have a feature. */
  features: Counts;
  supergraphs: number;
  /** Candidates that did not compose. */
  refused: number;
}

/** Judges the cases of a seed; the same seed gives the same cases in the same order. */
export async function survey(executor: Executor, seed: string, cases: number): Promise<Survey> {
  const found: Survey = { right: 0, known: {}, unknown: [], features: {}, supergraphs: 0, refused: 0 };
  for (let i = 0; i * CASES_EACH < cases; i++) {
    const opened = openSupergraph(`${seed}.${i}`);
    found.supergraphs++;
    found.refused += opened.composed.refused.length;
    countSupergraph(opened.composed, found.features);
    for (let j = 0; j < Math.min(CASES_EACH, cases - i * CASES_EACH); j++) {
      const asked = await drawCase(opened, j);
      countCase(asked, found.features);
      const { differences, sentence } = await judge(executor, asked);
      if (!differences.length) found.right++;
      else if (sentence === undefined) found.unknown.push(asked);
      else found.known[sentence] = (found.known[sentence] ?? 0) + 1;
    }
  }
  return found;
}
