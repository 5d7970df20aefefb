// One fetch of a plan: what it sends, and what it does with the reply.
import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { Ask, Question, Reply } from '../../subgraph-client/ask.ts';
import { MOST_PATHS } from '../../limits/limits.ts';
import { restrict } from '../cache-policy.ts';
import { merge } from './merge.ts';
import type { Path } from '../paths.ts';
import { isObject, pathsOf, type PlanPath, reach } from './reach.ts';
import { compileRepresentation, type Represent } from './representations.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import { type Data, noteGap, type RunState } from './run-state.ts';
import type { Types } from './possible-types.ts';

/** A part of a plan. Never rejects: a fetch that fails is recorded in the run. */
export type Step = (run: RunState) => Promise<void>;

export interface FetchOptions {
  /** The number of the fetch in its plan. */
  fetch: number;
  path: PlanPath;
  ask: Ask;
  types: Types;
  clientOf: (name: string) => string;
}

interface Fetch extends FetchOptions {
  node: FetchNode;
  /** The body before the values of the variables. */
  head: string;
  rewriteReply: Rewrite | undefined;
}

export function compileFetch(node: FetchNode, options: FetchOptions): Step {
  const { types } = options;
  const name = node.operationName === undefined ? '' : `"operationName":${JSON.stringify(node.operationName)},`;
  const fetch: Fetch = {
    ...options,
    node,
    head: `{"query":${JSON.stringify(node.operation)},${name}"variables":{`,
    rewriteReply: compileRewrites(node.outputRewrites, types),
  };
  const step = node.requires ? fetchEntities(fetch, compileRepresentation(node.requires, types)) : fetchFields(fetch);
  return async (run) => {
    try {
      await step(run);
    } catch (error) {
      run.failed[options.fetch] = error as Error; // also what a malformed reply brings about
    }
    run.ended?.(options.fetch);
  };
}

/** Fields of the root, or of a field that returns it. */
function fetchFields(fetch: Fetch): Step {
  return async (run) => {
    const objects = reach(run.data, fetch.path);
    if (!objects.length) return;
    const { data } = await send(fetch, run, variablesOf(fetch, run), () => pathsOf(run.data, fetch.path));
    if (!data) return;
    fetch.rewriteReply?.(data);
    objects.forEach((object, i) => merge(object, i ? copyOf(data) : data));
  };
}

/** Fields of entities. Objects with equal representations share one of them. */
function fetchEntities(fetch: Fetch, represent: Represent): Step {
  const rewriteInput = compileRewrites(fetch.node.inputRewrites, fetch.types);
  return async (run) => {
    const owners = new Map<string, { representation: Data; objects: Data[] }>();
    for (const object of reach(run.data, fetch.path)) {
      const representation = represent(object, run);
      if (representation === 'missing') noteGap(run, object, fetch.fetch, 'skipped');
      if (typeof representation === 'string') continue;
      rewriteInput?.(representation);
      const key = JSON.stringify(representation);
      const same = owners.get(key);
      if (same) same.objects.push(object);
      else owners.set(key, { representation, objects: [object] });
    }
    if (!owners.size) return;
    const entities = [...owners.values()];
    const { variables, json } = variablesOf(fetch, run);
    const asked = {
      variables: { ...variables, representations: entities.map(({ representation }) => representation) },
      json: [...json, `"representations":[${[...owners.keys()].join()}]`],
    };
    const { data, errors } = await send(fetch, run, asked, (i) =>
      i === undefined ? [] : pathsTo(entities[i]?.objects, run, fetch),
    );
    if (!data) return;
    const received = data['_entities'] as unknown[]; // resultIn checks its length
    const hasFailed = failedEntities(errors);
    entities.forEach(({ representation, objects }, i) => {
      const entity = received[i];
      for (const [at, object] of objects.entries()) {
        // null with an error says nothing about whether the entity exists
        if (entity === null) noteGap(run, object, fetch.fetch, hasFailed(i) ? 'skipped' : 'absent');
        else takeEntity(fetch, object, representation, at ? copyOf(entity) : entity);
      }
    });
  };
}

/** Whether there is an error of the i-th entity, or one that may be of any. */
function failedEntities(errors: readonly SubgraphError[]): (i: number) => boolean {
  const failed = new Set(errors.map(({ path }) => path?.[1]));
  return (i) => failed.has(undefined) || failed.has(i);
}

function takeEntity(fetch: Fetch, object: Data, { __typename: asked }: Data, entity: unknown): void {
  if (!isObject(entity)) return;
  const { types } = fetch;
  const stated = entity['__typename'];
  const isConcrete = typeof stated === 'string' && types.isObjectType(stated);
  // an entity of another type than the one asked for cannot be used
  if (isConcrete && stated !== asked && types.isObjectType(String(asked))) return;
  // a subgraph with @interfaceObject knows only the interface; an unknown type makes the entity unusable
  if (typeof stated === 'string' && !isConcrete && !types.possible(stated).has(String(asked))) return;
  if (!isConcrete) entity['__typename'] = object['__typename'];
  fetch.rewriteReply?.(entity);
  merge(object, entity);
}

interface Asked {
  variables: Data;
  /** The same as JSON: its members. */
  json: readonly string[];
}

function variablesOf({ node }: Fetch, run: RunState): Asked {
  const variables: Data = {};
  const json: string[] = [];
  for (const name of node.variableUsages ?? []) {
    const value = Object.hasOwn(run.variables, name) ? run.variables[name] : undefined;
    if (value === undefined) continue;
    variables[name] = value;
    json.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  return { variables, json };
}

/** The paths of the objects that the i-th representation stands for, in the plan's names; of all if `i` is undefined. */
type PathsTo = (i: number | undefined) => readonly Path[];

/** The data of the reply; its errors are noted in the run. */
async function send(
  fetch: Fetch,
  run: RunState,
  { variables, json }: Asked,
  pathsTo: PathsTo,
): Promise<{ data: Data | null; errors: readonly SubgraphError[] }> {
  const question: Question = { query: fetch.node.operation, variables, body: `${fetch.head}${json.join()}}}` };
  const reply = await fetch.ask(question, run.request.context as Parameters<Ask>[1]);
  restrict(run.request, reply.cacheControl);
  const { data = null, errors = [] } = reply.result;
  for (const error of errors.slice(0, MOST_PATHS)) noteError(fetch, run, error, data, pathsTo);
  return { data, errors };
}

type SubgraphError = NonNullable<Reply['result']['errors']>[number];

/** Notes the error at the path of each object that it concerns. */
function noteError(fetch: Fetch, run: RunState, error: SubgraphError, data: unknown, pathsTo: PathsTo): void {
  const note = (path?: Path, nulled?: Path): void => {
    run.replyErrors.push({ error: subgraphError(error, path, fetch), nulled, fetch: fetch.fetch });
  };
  if (!error.path) {
    note();
    return;
  }
  const [, index] = error.path;
  const isOfEntity = fetch.node.requires !== undefined && typeof index === 'number';
  const begin = isOfEntity ? 2 : 0;
  const below = error.path.slice(begin);
  const depth = Math.max(0, depthOfNull(data, error.path) - begin);
  const starts = pathsTo(isOfEntity ? index : undefined);
  for (const start of starts.length ? starts.slice(0, MOST_PATHS) : [[]]) {
    const path = [...start, ...below].map((step) => (typeof step === 'string' ? fetch.clientOf(step) : step));
    note(path, path.slice(0, start.length + depth));
  }
}

/** The number of steps of the path to the first null in the data: a null of a non-null field is at a parent of it. */
function depthOfNull(data: unknown, path: Path): number {
  let value = data;
  for (const [i, step] of path.entries()) {
    if (typeof value !== 'object' || value === null) return i;
    value = (value as Record<string | number, unknown>)[step];
  }
  return path.length;
}

function subgraphError(error: SubgraphError, path: Path | undefined, { node }: Fetch): GraphQLError {
  const { message, extensions } = error as { message?: string; extensions?: Record<string, unknown> };
  const { http: _, ...own } = extensions ?? {}; // it would set the status and headers of the whole response
  return new GraphQLError(message || `Error while fetching subquery from service "${node.serviceName}"`, {
    originalError: error as Error,
    ...(path && { path }),
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...own, serviceName: node.serviceName },
  });
}

function pathsTo(objects: readonly Data[] | undefined, { data }: RunState, { path }: Fetch): Path[] {
  const paths = pathsOf(data, path);
  const all = reach(data, path);
  return paths.filter((_, i) => objects?.includes(all[i] as Data));
}

/** A copy of JSON data: two objects of the answer share nothing that later fetches could merge into. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyOf(each)])) as T;
}
