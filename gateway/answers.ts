// Public answers: asked for once by all who want one at the same time, and kept for as long as the subgraphs allow.
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLRequestContext } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Cache } from '../infra/cache.ts';
import type { Clock } from '../infra/clock.ts';
import { hashOf } from '../infra/document-folder.ts';
import type { Log } from '../infra/log.ts';
import { openOutage } from '../infra/outage.ts';
import { publicQueries } from '../schema/permissions.ts';
import { type GatewayContext, isNobody } from './context.ts';
import type { LostFetch } from './errors/lost-fields.ts';
import { rootFields } from './operations.ts';

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
 * for its max-age with those who ask later, without. Shared is only what everybody is answered alike, and only among who
 * is not signed in. Who sends `cache-control: no-cache` is answered anew.
 */
export function shareAnswers(gateway: ApolloGateway, { cache, now, log }: Shelf): void {
  const absent = openOutage(log, 'the cache keeps answers again');
  const asking = new Map<string, Asking>();
  let version = '';
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => void (version = hashOf(coreSupergraphSdl)));

  const trying = <T>(use: () => Promise<T>): Promise<T | undefined> =>
    absent.trying('the cache keeps no answers; every question is asked', use);

  async function kept(key: string): Promise<Answer | undefined> {
    const [text] = (await trying(() => cache.getMany([key]))) ?? [];
    return typeof text === 'string' ? answerIn(text) : undefined;
  }

  async function keep(key: string, { result, maxAge }: Answer): Promise<void> {
    const keptSince = now().getTime();
    const value = JSON.stringify({ result: { data: result.data ?? null }, maxAge, keptSince } satisfies Answer);
    if (value.length > LARGEST) return;
    await trying(() => cache.putMany([{ key, revision: keptSince, value, ttl: maxAge * 1000 }]));
  }

  /** Answers from what is kept, else by asking; whoever wants the same meanwhile gets the same. */
  function answer(key: string, gone: AbortSignal | undefined, ask: Ask): Promise<Answer> {
    const one = asking.get(key) ?? begin(key, ask);
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

  function begin(key: string, ask: Ask): Asking {
    const nobody = new AbortController();
    const found = kept(key).then((known) => known ?? ask(nobody.signal));
    const one = { answer: found, waiting: 0, nobody };
    asking.set(key, one);
    void found
      // until it can be found in the cache, those who come get it here
      .then((given) => (given.maxAge > 0 && given.keptSince === undefined ? keep(key, given) : undefined))
      .catch(() => undefined) // all who asked are told
      .then(() => forget(key, one));
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
      keyOf(request, version),
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

/** The answer in what the cache had; undefined where that is none of ours: the question is asked. */
function answerIn(text: string): Answer | undefined {
  try {
    const { result, maxAge, keptSince } = Object(JSON.parse(text)) as Partial<Answer>;
    if (!result?.data || maxAge === undefined || keptSince === undefined) return undefined;
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

function isShared({ context, request, operation, document }: Request): boolean {
  const wantsAnew = /\bno-(cache|store)\b/.test(request.http?.headers.get('cache-control') ?? '');
  const asked = context as GatewayContext;
  if (wantsAnew || asked.explain || !isNobody(asked) || operation.operation !== OperationTypeNode.QUERY) return false;
  return rootFields(operation, document).every((field) => publicQueries.has(field));
}
