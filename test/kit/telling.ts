// A world whose travel subgraph names in its answers the caller and the number of the request.
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { IDENTITY_HEADER } from '../../schema/wire/internal-identity.ts';
import { asking, type Reply } from './asking.ts';
import { openWorld, type WorldOptions } from './world.ts';

export const SUMMARY = 'query Guide($code: AirportCode!) { airport(code: $code) { guide { summary } } }';
export const DELHI = { query: SUMMARY, variables: { code: 'DEL' } };
export const KEPT_FOR = 300; // seconds; the travel subgraph's lifetime of guides
export const SECOND = 1000; // ms

/**
 * A world with a response cache. In every summary its travel subgraph names the caller and the number of the request,
 * as if a public field differed for each caller.
 */
export async function openTelling(options: WorldOptions = {}) {
  let asked = 0;
  let inTheWay: (call: Call) => Call = (call) => call;
  const telling =
    (call: Call): Call =>
    async (request) => {
      const n = ++asked;
      const answer = await inTheWay(call)(request);
      const [, said = ''] = request.headers[IDENTITY_HEADER]!.split('.');
      const { who } = JSON.parse(Buffer.from(said, 'base64url').toString()) as { who: { account: string | null } };
      const told = JSON.stringify(`${who.account ?? 'visitor'} ${n}`);
      return { ...answer, body: String(answer.body).replaceAll('"summary":null', `"summary":${told}`) };
    };
  const world = await openWorld({
    ...options,
    env: { ANSWER_CACHE: 'on', ...options.env },
    between: (name, call) => (name === 'travel' ? telling(call) : call),
  });
  return {
    ...asking(world),
    world,
    asked: () => asked,
    /** All further requests to the travel subgraph pass through this function. */
    through: (fault: typeof inTheWay) => void (inTheWay = fault),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
export type Telling = Awaited<ReturnType<typeof openTelling>>;

/** The travel subgraph's text, in the airport's guide. */
export const summaryIn = ({ data }: Reply): string | undefined =>
  (data as { airport?: { guide?: { summary?: string } } } | null)?.airport?.guide?.summary;

/** Blocks callers until it is opened. */
export function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  const through =
    (call: Call): Call =>
    async (request) => {
      held++;
      await promise;
      return call(request);
    };
  return { through, open: resolve, held: () => held };
}
