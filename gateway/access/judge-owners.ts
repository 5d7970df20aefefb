// Keeps other accounts from a subgraph that adds fields for their owner to Account: the gateway knows who owns an account,
// as its id is the caller's. Objects of other types are judged by their subgraphs alone.
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { paired } from '../../schema/values/paired.ts';
import type { Permissions } from '../../schema/wire/need.ts';
import type { GatewayContext } from '../context.ts';
import { fragmentOf, type Fragments, fragmentsOf, operationIn } from '../limits/document.ts';
import type { Ask, Question, Reply, Result } from '../subgraph-client/ask.ts';

const TYPE = 'Account';
const KEY = 'id';

interface Representation {
  __typename?: unknown;
  [KEY]?: unknown;
}

const MOST_KNOWN = 500; // fetches of plans

/**
 * The same source of a subgraph other than account. A fetch with a field for the owner of an account is not sent for the
 * accounts of others: those are null, with FORBIDDEN, or UNAUTHENTICATED for an anonymous caller.
 */
export function judgeOwners(permissions: Permissions, ask: Ask): Ask {
  const known = new LRUCache<string, readonly string[]>({ max: MOST_KNOWN });
  const ownFieldsIn = (query: string): readonly string[] => {
    const found = known.get(query) ?? ownFields(query, permissions);
    known.set(query, found);
    return found;
  };

  return async (question, context) => {
    const { representations } = question.variables as { representations?: readonly Representation[] };
    const { account } = context.identity;
    const isForeign = ({ __typename, [KEY]: id }: Representation): boolean => __typename === TYPE && id !== account;
    if (!representations?.some(isForeign)) return ask(question, context);
    const fields = ownFieldsIn(question.query);
    if (!fields.length) return ask(question, context);
    const kept = representations.filter((each) => !isForeign(each));
    const reply = kept.length ? await ask(withOnly(question, kept), context) : NOTHING;
    return withNulls(reply, representations.map(isForeign), refusalOf(fields, context));
  };
}

const NOTHING: Reply = { result: { data: { _entities: [] } }, cacheControl: undefined };

function withOnly(question: Question, representations: readonly Representation[]): Question {
  const variables = { ...question.variables, representations };
  const body = JSON.parse(question.body) as object;
  return { ...question, variables, body: JSON.stringify({ ...body, variables }) };
}

type Refusal = Pick<ResultError, 'message' | 'extensions'>;
type ResultError = NonNullable<Result['errors']>[number] & { extensions?: { code: string } };

const refusalOf = (fields: readonly string[], { identity }: GatewayContext): Refusal =>
  identity.account === null
    ? { message: `${fields.join(', ')}: sign in first.`, extensions: { code: 'UNAUTHENTICATED' } }
    : { message: `${fields.join(', ')}: this belongs to another account.`, extensions: { code: 'FORBIDDEN' } };

/** The reply with a null and an error in place of each object that was left out. */
function withNulls({ result, cacheControl }: Reply, isLeftOut: readonly boolean[], refusal: Refusal): Reply {
  const places = isLeftOut.flatMap((is, i) => (is ? [] : [i]));
  const entities = isLeftOut.map((): unknown => null);
  const given = result.data?.['_entities'] as readonly unknown[] | undefined;
  if (given) for (const [place, entity] of paired(places, given)) entities[place] = entity;
  const moved = (result.errors ?? []).map((error) => {
    const [root, i, ...below] = error.path ?? [];
    return typeof i === 'number' && root !== undefined ? { ...error, path: [root, places[i] ?? i, ...below] } : error;
  });
  const refused = isLeftOut.flatMap((is, i): ResultError[] => (is ? [{ ...refusal, path: ['_entities', i] }] : []));
  return { result: { data: { ...result.data, _entities: entities }, errors: [...moved, ...refused] }, cacheControl };
}

/** The fields for an account's owner in a fetch of entities. */
function ownFields(query: string, permissions: Permissions): string[] {
  const document = parse(query, { noLocation: true });
  const { selections } = operationIn(document).selectionSet;
  return [
    ...new Set(
      selections.flatMap((each) =>
        each.kind === Kind.FIELD && each.selectionSet
          ? fieldsOfAccount(each.selectionSet, false, fragmentsOf(document))
          : [],
      ),
    ),
  ].filter((name) => name !== KEY && permissions[`${TYPE}.${name}`] === 'owner');
}

/** The names of the fields that are selected on an account; `isOn`: whether the set is one of an account. */
const fieldsOfAccount = (set: SelectionSetNode, isOn: boolean, fragments: Fragments): string[] =>
  set.selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return isOn ? [each.name.value] : [];
    const { typeCondition, selectionSet } = fragmentOf(each, fragments);
    return fieldsOfAccount(selectionSet, typeCondition ? typeCondition.name.value === TYPE : isOn, fragments);
  });
