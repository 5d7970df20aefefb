// What a subgraph answered: read once, and whether it is an answer at all.
import { type FieldDefinitionNode, Kind, parse } from 'graphql';

/** A GraphQL result as a subgraph gives it: data, or errors that say why there is none, or some of both. */
export interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly { message?: string; path?: readonly (string | number)[] }[];
}

/** What was asked, as far as an answer must fit to it. */
export interface Question {
  query: string;
  variables?: Readonly<Record<string, unknown>>;
}

/** What came back, of whatever kind. */
export interface Reply {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
}

const JSON_TYPE = /^application\/(graphql-response\+)?json\b/;
const SERVER_FAULT = 500;

/**
 * The result in a reply. A refusal comes as 400 with errors inside: they are the answer, not the status. Throws an
 * Error that says why it is none, for the log; `certain` are the fields that are never null without an error.
 */
export function resultIn({ status, body, headers }: Reply, question: Question, certain: ReadonlySet<string>): Result {
  if (status >= SERVER_FAULT) throw new Error(`status ${status}`);
  const type = headers['content-type'] ?? 'no content type';
  if (!JSON_TYPE.test(type)) throw new Error(`status ${status} with ${type}`);
  const result = Object(JSON.parse(body)) as Record<string, unknown> & Result;
  if (!isResult(result)) throw new Error(`status ${status}, not a GraphQL result`);
  if (!answers(result, question, certain)) throw new Error('what was asked for is not there and not why');
  return result;
}

/** Neither data nor errors would be null without a reason. */
function isResult({ data, errors }: Record<string, unknown>): boolean {
  return errors === undefined ? isObject(data) : areErrors(errors) && isObject(data ?? {});
}

const areErrors = (errors: unknown): boolean =>
  Array.isArray(errors) &&
  errors.length > 0 &&
  errors.every((error) => isObject(error) && (error['path'] === undefined || Array.isArray(error['path'])));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the entities have an answer each, and what several subgraphs answer a part of is there, or a reason. */
function answers({ data, errors }: Result, { query, variables }: Question, certain: ReadonlySet<string>): boolean {
  if (!data) return true;
  const root = rootOf(query);
  if (root[0]?.name === 'query._entities') {
    const entities = data['_entities'];
    const things = variables?.['representations'] as readonly unknown[];
    const fits = Array.isArray(entities) && entities.length === things.length;
    return fits;
  }
  return root.every(({ key, name, isConditional }) => {
    if (!certain.has(name) || isObject(data[key]) || errors !== undefined) return true;
    return isConditional && data[key] === undefined;
  });
}

/** A field of the root as a question asks for it. */
interface RootField {
  /** Its name in the answer. */
  key: string;
  /** As `query.shopping`. */
  name: string;
  isConditional: boolean;
}

const MOST_KNOWN = 500; // questions; the gateway asks the same ones over and over
const known = new Map<string, readonly RootField[]>();

function rootOf(query: string): readonly RootField[] {
  const before = known.get(query);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const { operation, selectionSet } = parse(query).definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)!;
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
 * The queries that several subgraphs answer a part of, as `query.shopping`. Where one of them has none of it, its whole
 * fetch has failed: an error at the field itself would speak for the others too.
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
