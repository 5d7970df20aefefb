// The response cache and single flight for public queries: concurrent equal requests share one execution.
import { getArgumentValues, OperationTypeNode } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Clock } from '../../infra/process/clock.ts';
import { type Deadline, deadlineIn, limit, until } from '../../infra/http/deadline.ts';
import { coercedVariables } from '../errors/bad-values.ts';
import { hashOf } from '../documents/document-folder.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { fareGenerationKey } from '../../schema/terms/fare-generation.ts';
import { type GatewayContext, isNobody } from '../context.ts';
import { rootFields, rootNodes } from '../documents/operations.ts';
import { publicQueries } from '../documents/public-queries.ts';
import { mayHaveParts } from './parts/answer-parts.ts';
import { policyOf } from './cache-policy.ts';
import type { Execute, ExecutionRequest, ExecutionResult } from './executor.ts';

/** The response to a query. */
interface Answer {
  result: ExecutionResult;
  /** Seconds for which the subgraphs allow public caching; 0 if they do not. */
  maxAge: number;
  /** Time of the execution in ms, if the response is from the cache. */
  keptSince?: number;
}

/** The fare generations that a response depends on, in the order of their routes; null if a generation is unknown. */
type Generations = readonly (string | null)[];

/** A cached response: valid while the fare generations are unchanged. */
type Kept = Answer & { keptSince: number; generations: Generations };

/** The cache entry of a query. */
interface Found {
  answer: Answer | undefined;
  generations: Generations;
}

/** The cache keys of a response and of its fare generations. */
interface Keys {
  answer: string;
  generations: readonly string[];
}

/** Executes the shared query; the signal is aborted when no caller waits any more. */
type Ask = (abandoned: AbortSignal) => Promise<Answer>;

/** An execution in flight. It has a deadline of its own: a caller whose time is nearly over does not shorten it. */
interface Asking {
  answer: Promise<Answer>;
  /** Number of callers that still wait. */
  waiting: number;
  /** Aborted when no caller waits any more. */
  abandoned: AbortController;
}

interface Shelf {
  cache: Cache;
  now: Clock;
  log: Log;
  /** What differs between supergraphs: a response holds for one of them. */
  version: string;
  production: boolean;
  /** The usual time of a request, in ms: that of a shared execution. */
  requestTimeout: number;
}

/** The caller's own time is over; the shared execution continues for the other callers. */
class OutOfTime extends Error {}

const LARGEST = 200_000; // characters of JSON; a page of 20 offers has 50,000

/**
 * Shares public responses: with concurrent equal requests, including errors; and with later requests
 * for its max-age, only without errors and until a fare of its routes changes. Only public queries are shared, and only
 * among anonymous requests. A request with `cache-control: no-cache` is always executed.
 */
export function shareAnswers(execute: Execute, shelf: Shelf): Execute {
  const { cache, now, log, version, production, requestTimeout } = shelf;
  const absent = openOutage(log, 'response cache available again');
  const asking = new Map<string, Asking>();

  const trying = <T>(use: () => Promise<T>): Promise<T | undefined> =>
    absent.trying('response cache unavailable; every query is executed', use);

  /** One round trip: the generations are read with the cached response, and before a new execution. */
  async function find({ answer, generations: keys }: Keys): Promise<Found> {
    const [text, ...found] = (await trying(() => cache.getMany([answer, ...keys]))) ?? [];
    const generations = keys.map((_, i) => found[i] ?? null);
    return { answer: typeof text === 'string' ? answerIn(text, generations) : undefined, generations };
  }

  async function keep({ answer: key }: Keys, { result, maxAge }: Answer, generations: Generations): Promise<void> {
    const keptSince = now().getTime();
    const kept: Kept = { result: { data: result.data ?? null }, maxAge, keptSince, generations };
    const value = JSON.stringify(kept);
    if (value.length > LARGEST) return;
    await trying(() => cache.putMany([{ key, revision: keptSince, value, ttl: maxAge * 1000 }]));
  }

  /**
   * Answers from the cache or by execution; concurrent equal requests share the result. Undefined once the caller's own
   * time is over.
   */
  async function answer(keys: Keys, { left, gone }: Deadline, ask: Ask): Promise<Answer | undefined> {
    const key = keys.answer;
    const one = asking.get(key) ?? begin(keys, ask);
    const own = new AbortController();
    one.waiting++;
    const leave = () => {
      own.abort();
      if (--one.waiting > 0) return;
      forget(key, one); // later callers start a new execution
      one.abandoned.abort();
    };
    if (gone?.aborted) leave();
    else gone?.addEventListener('abort', leave, { once: true, signal: own.signal });
    using limited = limit(left(), () => new OutOfTime());
    try {
      return await until(limited.signal, () => one.answer);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      if (!own.signal.aborted) leave();
      return undefined;
    }
  }

  function begin(keys: Keys, ask: Ask): Asking {
    const abandoned = new AbortController();
    const finding = find(keys);
    const found = finding.then((known) => known.answer ?? ask(abandoned.signal));
    const one = { answer: found, waiting: 0, abandoned };
    asking.set(keys.answer, one);
    void found
      // until the response is stored in the cache, later callers join here
      .then(async (given) => {
        if (given.maxAge > 0 && given.keptSince === undefined) await keep(keys, given, (await finding).generations);
      })
      .catch(() => undefined) // all callers receive the error
      .then(() => forget(keys.answer, one));
    return one;
  }

  function forget(key: string, one: Asking): void {
    if (asking.get(key) === one) asking.delete(key);
  }

  return async (request) => {
    if (!isShared(request) || mayHaveParts(request)) return execute(request);
    const mine = request.context as GatewayContext;
    const shared = await answer(
      { answer: keyOf(request, version), generations: generationKeys(request, production) },
      mine.deadline,
      async (gone) => {
        const context = { ...mine, deadline: deadlineIn(requestTimeout, gone) };
        const answered = await execute({ ...request, context });
        return { result: answered, maxAge: isWhole(answered) ? maxAgeOf(request) : 0 };
      },
    );
    if (!shared) return execute(request); // out of time: calls no subgraph, and each field has the error for that
    const { result, maxAge, keptSince } = shared;
    policyOf(request).restrict({ maxAge });
    if (keptSince !== undefined) mine.age = Math.max(0, Math.floor((now().getTime() - keptSince) / 1000));
    const { extensions } = result;
    return { ...result, ...(extensions && { extensions: { ...extensions } }) }; // a copy: later writes are not shared
  };
}

/** Parses a cache entry; undefined if it is invalid or its fares changed, so that the query is executed. */
function answerIn(text: string, current: Generations): Answer | undefined {
  try {
    const { result, maxAge, keptSince, generations } = Object(JSON.parse(text)) as Partial<Kept>;
    if (!result?.data || maxAge === undefined || keptSince === undefined) return undefined;
    if (JSON.stringify(generations) !== JSON.stringify(current)) return undefined;
    return { result, maxAge, keptSince };
  } catch {
    return undefined;
  }
}

/** Whether the response is complete. */
const isWhole = ({ errors, extensions }: ExecutionResult): boolean => !errors && !extensions;

function maxAgeOf(request: ExecutionRequest): number {
  const policy = policyOf(request).policyIfCacheable();
  return policy?.scope === 'PUBLIC' ? policy.maxAge : 0;
}

/** The key of a query: independent of the field order in variables, and different for each supergraph. */
function keyOf({ queryHash, request: { operationName, variables } }: ExecutionRequest, version: string): string {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return `answer:public:${hashOf(JSON.stringify([version, queryHash, operationName ?? null, variables ?? {}], sorted))}`;
}

/**
 * The generation keys of the routes in a query, without duplicates. None for an invalid input, whose response is an
 * error.
 */
function generationKeys(request: ExecutionRequest, hideSuggestions: boolean): string[] {
  const { schema, operation, document } = request;
  const shopping = schema.getQueryType()?.getFields()['shopping'];
  const { coerced } = coercedVariables(request, hideSuggestions);
  if (!shopping || !coerced) return [];
  const searches = rootNodes(operation, document).filter(({ name }) => name.value === shopping.name);
  try {
    const routes = searches.map((search) => (getArgumentValues(shopping, search, coerced) as { input: Route }).input);
    return [...new Set(routes.map(fareGenerationKey))];
  } catch {
    return []; // null for a non-null input
  }
}

type Route = Parameters<typeof fareGenerationKey>[0];

function isShared({ context, request, operation, document }: ExecutionRequest): boolean {
  const bypassesCache = /\bno-(cache|store)\b/.test(request.http?.headers.get('cache-control') ?? '');
  const asked = context as GatewayContext;
  if (bypassesCache || asked.explain || !isNobody(asked) || operation.operation !== OperationTypeNode.QUERY)
    return false;
  return rootFields(operation, document).every((field) => publicQueries.has(field));
}
