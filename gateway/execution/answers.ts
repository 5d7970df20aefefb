// Public answers: asked for once by all who want one at the same time, and kept for as long as the subgraphs allow.
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLRequestContext } from '@apollo/server';
import { getArgumentValues, getVariableValues, OperationTypeNode } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Clock } from '../../infra/process/clock.ts';
import { hashOf } from '../documents/document-folder.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { fareGenerationKey } from '../../schema/terms/fare-generation.ts';
import { publicQueries } from '../../schema/composition/permissions.ts';
import { type GatewayContext, isNobody } from '../context.ts';
import type { LostFetch } from '../errors/lost-fields.ts';
import { rootFields, rootNodes } from '../documents/operations.ts';

type Request = Parameters<ApolloGateway['executor']>[0];
type Result = Awaited<ReturnType<ApolloGateway['executor']>>;

/** What a question was answered. */
interface Answer {
  result: Result;
  /** For how many seconds the subgraphs let it be kept, by anybody; 0 where they do not. */
  maxAge: number;
  /** What the subgraphs were asked in vain for it; nothing where it was kept. */
  lost?: readonly LostFetch[];
  /** When it was given, in ms, where it was kept since. */
  keptSince?: number;
}

/** The generations of the fares that an answer is made of, in the order of their routes; null for one that is unknown. */
type Generations = readonly (string | null)[];

/** An answer as the cache has it: good while the generations are still these. */
type Kept = Answer & { keptSince: number; generations: Generations };

/** What the cache has for a question. */
interface Found {
  answer: Answer | undefined;
  generations: Generations;
}

/** Where the cache has the answer to a question, and the generations of the fares in it. */
interface Keys {
  answer: string;
  generations: readonly string[];
}

/** Asks what everybody waits for; the signal is aborted when nobody does any more. */
type Ask = (nobody: AbortSignal) => Promise<Answer>;

/** A question that is being asked. */
interface Asking {
  answer: Promise<Answer>;
  /** How many have not gone. */
  waiting: number;
  nobody: AbortController;
}

interface Shelf {
  cache: Cache;
  now: Clock;
  log: Log;
}

const LARGEST = 200_000; // characters of JSON; a page of 20 offers has 50,000

/**
 * Has the gateway share public answers: among those who ask the same question at the same time, with its errors, and
 * for its max-age with those who ask later, without, unless a fare of its routes changes before that. Shared is only what everybody is answered alike, and only among who
 * is not signed in. Who sends `cache-control: no-cache` is answered anew.
 */
export function shareAnswers(gateway: ApolloGateway, { cache, now, log }: Shelf): void {
  const absent = openOutage(log, 'the cache keeps answers again');
  const asking = new Map<string, Asking>();
  let version = '';
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => void (version = hashOf(coreSupergraphSdl)));

  const trying = <T>(use: () => Promise<T>): Promise<T | undefined> =>
    absent.trying('the cache keeps no answers; every question is asked', use);

  /** One round trip: the generations are read with the answer, and before a new one is made. */
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

  /** Answers from what is kept, else by asking; whoever wants the same meanwhile gets the same. */
  function answer(keys: Keys, gone: AbortSignal | undefined, ask: Ask): Promise<Answer> {
    const key = keys.answer;
    const one = asking.get(key) ?? begin(keys, ask);
    one.waiting++;
    const leave = () => {
      if (--one.waiting > 0) return;
      forget(key, one); // who comes now asks anew
      one.nobody.abort();
    };
    if (gone?.aborted) leave();
    else gone?.addEventListener('abort', leave, { once: true });
    return one.answer;
  }

  function begin(keys: Keys, ask: Ask): Asking {
    const nobody = new AbortController();
    const finding = find(keys);
    const found = finding.then((known) => known.answer ?? ask(nobody.signal));
    const one = { answer: found, waiting: 0, nobody };
    asking.set(keys.answer, one);
    void found
      // until it can be found in the cache, those who come get it here
      .then(async (given) => {
        if (given.maxAge > 0 && given.keptSince === undefined) await keep(keys, given, (await finding).generations);
      })
      .catch(() => undefined) // all who asked are told
      .then(() => forget(keys.answer, one));
    return one;
  }

  function forget(key: string, one: Asking): void {
    if (asking.get(key) === one) asking.delete(key);
  }

  const execute = gateway.executor;
  gateway.executor = async (request) => {
    if (!isShared(request)) return execute(request);
    const mine = request.context as GatewayContext;
    const { result, maxAge, keptSince, lost } = await answer(
      { answer: keyOf(request, version), generations: generationKeys(request) },
      mine.deadline.gone,
      async (gone) => {
        const context = ofAll(mine, gone);
        const answered = await execute({ ...request, context });
        return { result: answered, maxAge: isWhole(answered) ? maxAgeOf(request) : 0, lost: context.lost };
      },
    );
    policyOf(request).restrict({ maxAge });
    mine.lost.push(...(lost ?? []));
    if (keptSince !== undefined) mine.age = Math.max(0, Math.floor((now().getTime() - keptSince) / 1000));
    const { extensions } = result;
    return { ...result, ...(extensions && { extensions: { ...extensions } }) }; // what one writes there is not for others
  };
}

/** The answer in what the cache had; undefined where that is none of ours, or fares in it changed: the question is asked. */
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

/** The context of a question that many wait for: it is in time as long as the first one's is, and ends when all have gone. */
const ofAll = ({ deadline: { left }, ...context }: GatewayContext, gone: AbortSignal): GatewayContext => ({
  ...context,
  deadline: { left, gone },
  lost: [],
  absent: [],
});

/** Whether nothing is missing: the gateway tells of nulls that the schema does not allow in its extensions. */
const isWhole = ({ errors, extensions }: Result): boolean => !errors && !extensions;

/** What the subgraphs' answers have left of how long it may be kept. The gateway's types do not say that it is Apollo Server's. */
const policyOf = ({ overallCachePolicy }: Request) =>
  overallCachePolicy as GraphQLRequestContext<GatewayContext>['overallCachePolicy'];

function maxAgeOf(request: Request): number {
  const policy = policyOf(request).policyIfCacheable();
  return policy?.scope === 'PUBLIC' ? policy.maxAge : 0;
}

/** One key for one question, whatever the order of its variables' fields, for as long as the supergraph is the same. */
function keyOf({ queryHash, request: { operationName, variables } }: Request, version: string): string {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return `answer:public:${hashOf(JSON.stringify([version, queryHash, operationName ?? null, variables ?? {}], sorted))}`;
}

/** Of the routes whose fares a question asks for, each once. An input that is wrong asks for none: its answer is an error. */
function generationKeys({ schema, operation, document, request: { variables = {} } }: Request): string[] {
  const shopping = schema.getQueryType()?.getFields()['shopping'];
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!shopping || !coerced) return [];
  const searches = rootNodes(operation, document).filter(({ name }) => name.value === shopping.name);
  try {
    const routes = searches.map((search) => (getArgumentValues(shopping, search, coerced) as { input: Route }).input);
    return [...new Set(routes.map(fareGenerationKey))];
  } catch {
    return []; // null for an input that must not be
  }
}

type Route = Parameters<typeof fareGenerationKey>[0];

function isShared({ context, request, operation, document }: Request): boolean {
  const wantsAnew = /\bno-(cache|store)\b/.test(request.http?.headers.get('cache-control') ?? '');
  const asked = context as GatewayContext;
  if (wantsAnew || asked.explain || !isNobody(asked) || operation.operation !== OperationTypeNode.QUERY) return false;
  return rootFields(operation, document).every((field) => publicQueries.has(field));
}
