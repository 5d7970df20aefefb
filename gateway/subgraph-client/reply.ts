// Parses a subgraph's reply and checks that it is a valid GraphQL result.
import { type FieldDefinitionNode, Kind, parse } from 'graphql';
import type { SubgraphResponse } from '../../schema/wire/subgraph-call.ts';
import { operationIn } from '../limits/document.ts';
import type { Question, Result } from './ask.ts';

const JSON_TYPE = /^application\/(graphql-response\+)?json\b/;
const SERVER_FAULT = 500;

/**
 * The result in a reply. A refusal has status 400 and errors in the body: the errors count, not the status. Throws an
 * Error with the reason, for the log, if the reply is no result; `certain` are the fields that are never null without
 * an error.
 */
export function resultIn(
  { status, body, headers }: SubgraphResponse,
  question: Pick<Question, 'query' | 'variables'>,
  certain: ReadonlySet<string>,
): Result {
  if (status >= SERVER_FAULT) throw new Error(`status ${status}`);
  const type = headers['content-type'] ?? 'no content type';
  if (!JSON_TYPE.test(type)) throw new Error(`status ${status} with ${type}`);
  const result = Object(JSON.parse(String(body))) as Record<string, unknown> & Result;
  if (!isResult(result)) throw new Error(`status ${status}, not a GraphQL result`);
  if (!answers(result, question, certain)) throw new Error('requested data is missing without an error');
  return result;
}

/** A result needs data or errors: otherwise null would have no reason. */
function isResult({ data, errors }: Record<string, unknown>): boolean {
  return errors === undefined ? isObject(data) : areErrors(errors) && isObject(data ?? {});
}

const areErrors = (errors: unknown): boolean =>
  Array.isArray(errors) &&
  errors.length > 0 &&
  errors.every((error) => isObject(error) && isText(error['message'] ?? '') && isPath(error['path'] ?? []));

const isText = (value: unknown): boolean => typeof value === 'string';

const isPath = (value: unknown): boolean =>
  Array.isArray(value) && value.every((step) => isText(step) || Number.isInteger(step));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether each entity has an answer, and each shared field of the root has a value or an error. */
function answers(
  { data, errors }: Result,
  { query, variables }: Pick<Question, 'query' | 'variables'>,
  certain: ReadonlySet<string>,
): boolean {
  if (!data) return true;
  const root = rootOf(query);
  if (root[0]?.name === 'query._entities') {
    const entities = data['_entities'];
    const things = variables['representations'] as readonly unknown[];
    const fits = Array.isArray(entities) && entities.length === things.length;
    return fits;
  }
  return root.every(({ key, name, isConditional }) => {
    if (!certain.has(name) || isObject(data[key]) || errors !== undefined) return true;
    return isConditional && data[key] === undefined;
  });
}

/** A root field in a query. */
interface RootField {
  /** The response name. */
  key: string;
  /** As `query.shopping`. */
  name: string;
  isConditional: boolean;
}

const MOST_KNOWN = 500; // queries; the gateway sends the same ones repeatedly
const known = new Map<string, readonly RootField[]>();

function rootOf(query: string): readonly RootField[] {
  const before = known.get(query);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const { operation, selectionSet } = operationIn(parse(query));
  const fields = selectionSet.selections.flatMap((each) =>
    each.kind === Kind.FIELD
      ? {
          key: each.alias?.value ?? each.name.value,
          name: `${operation}.${each.name.value}`,
          isConditional: Boolean(each.directives?.length),
        }
      : [],
  );
  known.set(query, fields);
  return fields;
}

/**
 * The query fields that several subgraphs contribute to, as `query.shopping`. If one subgraph returns nothing for such
 * a field, its whole fetch counts as failed: an error at the field itself would also apply to the other subgraphs.
 */
export function certainFields(supergraphSdl: string): ReadonlySet<string> {
  const isShared = ({ directives }: FieldDefinitionNode): boolean =>
    directives?.filter(({ name }) => name.value === 'join__field').length !== 1;
  const fields = parse(supergraphSdl).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION && type.name.value === 'Query'
      ? (type.fields ?? []).filter(isShared).map(({ name }) => `${type.name.value.toLowerCase()}.${name.value}`)
      : [],
  );
  return new Set(fields);
}
