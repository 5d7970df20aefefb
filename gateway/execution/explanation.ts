// Records what an explained request does: its plan and its subgraph calls.
import { parseWork, type Work, WORK_HEADER } from '../../schema/wire/explaining.ts';

/** One call of a subgraph. Times are in ms; startedAt is relative to the start of the request. */
interface Fetch {
  service: string;
  startedAt: number;
  took: number;
  /** Size of the answer; null if there was none. */
  bytes: number | null;
  cache?: Work;
}

/** The parts of a subgraph's answer that are recorded. */
interface Told {
  headers: Readonly<Record<string, string>>;
  bytes: number;
}

/** The record of one request. */
export interface Explanation {
  plan: string | null;
  deprecated: string[];
  fetches: Fetch[];
  /** Calls a subgraph and records the call. */
  watch<A extends Told>(service: string, ask: () => Promise<A>): Promise<A>;
  /** Time since the start of the request, in ms. */
  age(): number;
}

export function openExplanation(): Explanation {
  const begun = performance.now();
  const age = (): number => Math.round((performance.now() - begun) * 100) / 100;
  const fetches: Fetch[] = [];
  return {
    plan: null,
    deprecated: [],
    fetches,
    age,
    async watch(service, ask) {
      const fetch: Fetch = { service, startedAt: age(), took: 0, bytes: null };
      fetches.push(fetch);
      try {
        const answer = await ask();
        fetch.bytes = answer.bytes;
        const work = parseWork(answer.headers[WORK_HEADER]);
        if (work) fetch.cache = work;
        return answer;
      } finally {
        fetch.took = Math.round((age() - fetch.startedAt) * 100) / 100;
      }
    },
  };
}
