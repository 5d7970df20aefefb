// Checks that a subgraph's reply matches the query: values that do not match become null, with an error at their path.
import {
  buildASTSchema,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { NonEmpty } from '../../../schema/values/non-empty.ts';
import { fragmentOf, type Fragments, fragmentsOf, operationIn, rootTypeOf } from '../../limits/document.ts';
import { MOST_PATHS } from '../../limits/limits.ts';
import type { Question, Result } from '../../subgraph-client/ask.ts';
import { fits } from '../leaf-values.ts';
import { onOneLine, type Path } from '../paths.ts';

/** Checks a reply in place and returns it, with an error for each value that became null. */
export type ReplyCheck = (result: Result, question: Pick<Question, 'query' | 'variables'>) => Result;

/** A selection set of an object. `isConditional`: the object may be there without what this set selects. */
interface Part {
  set: SelectionSetNode;
  isConditional: boolean;
}

type Report = (path: Path) => void;
/** Returns the value itself, or null after reporting an error. */
type Check = (value: unknown, path: Path, report: Report) => unknown;

interface Compiled {
  root: Check;
  isOfEntities: boolean;
}

const MOST_KNOWN = 500; // operations; the gateway sends the same ones repeatedly

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Creates the check for all subgraphs' replies. Each operation is compiled once, and its document is not visited again.
 */
export function openReplyCheck(supergraphSdl: string): ReplyCheck {
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
  const known = new Map<string, Compiled>();

  function compiled(query: string): Compiled {
    const before = known.get(query);
    if (before) return before;
    if (known.size >= MOST_KNOWN) known.clear();
    const made = compile(query, schema);
    known.set(query, made);
    return made;
  }

  return (result, { query, variables }) => {
    if (!isObject(result.data)) return result;
    const { root, isOfEntities } = compiled(query);
    const told = result.errors ?? [];
    const paths: Path[] = [];
    const report: Report = (path) => {
      if (paths.length < MOST_PATHS && !told.some((error) => error.path && onOneLine(error.path, path)))
        paths.push(path);
    };
    const things = (variables['representations'] ?? []) as readonly { __typename?: unknown }[];
    if (isOfEntities) nameEntities(result.data['_entities'], things);
    root(result.data, [], report);
    return paths.length ? { ...result, errors: [...told, ...paths.map(errorAt)] } : result;
  };
}

const errorAt = (path: Path) => ({
  message: 'The service did not give a valid value; the field is null.',
  path,
  extensions: { code: 'DOWNSTREAM_ERROR' },
});

/** Sets each entity's type to the requested one; an entity that states another type cannot be used. */
function nameEntities(entities: unknown, things: readonly { __typename?: unknown }[]): void {
  if (!Array.isArray(entities)) return;
  entities.forEach((entity, i) => {
    if (!isObject(entity)) return;
    entity['__typename'] ??= things[i]?.__typename;
    if (entity['__typename'] !== things[i]?.__typename) entities[i] = undefined;
  });
}

function compile(query: string, schema: GraphQLSchema): Compiled {
  const document = parse(query);
  const fragments = fragmentsOf(document);
  const { operation, selectionSet } = operationIn(document);
  const [first] = selectionSet.selections;
  if (first?.kind === Kind.FIELD && first.name.value === '_entities' && first.selectionSet) {
    const entity = objectCheck(undefined, [certainly(first.selectionSet)], schema, fragments);
    const root: Check = (data, path, report) => {
      const fields = data as Record<string, unknown>;
      fields['_entities'] = listCheck(nullable(entity))(fields['_entities'], [...path, '_entities'], report);
      return fields;
    };
    return { root, isOfEntities: true };
  }
  const root = rootTypeOf(schema, operation);
  return {
    root: objectCheck(
      root.name,
      [certainly(selectionSet)],
      schema,
      fragments,
      operation === OperationTypeNode.MUTATION,
    ),
    isOfEntities: false,
  };
}

const certainly = (set: SelectionSetNode): Part => ({ set, isConditional: false });

const nullable =
  (check: Check): Check =>
  (value, path, report) =>
    value === null ? null : check(value, path, report);

const listCheck =
  (item: Check): Check =>
  (value, path, report) => {
    if (!Array.isArray(value)) return refuse(path, report);
    return value.map((each: unknown, i) => item(each, [...path, i], report));
  };

function refuse(path: Path, report: Report): null {
  report(path);
  return null;
}

function checkOf(type: GraphQLOutputType, parts: readonly Part[], schema: GraphQLSchema, fragments: Fragments): Check {
  if (isNonNullType(type)) return unlessNull(checkOf(type.ofType, parts, schema, fragments));
  if (isListType(type)) return nullable(listCheck(checkOf(type.ofType, parts, schema, fragments)));
  if (isCompositeType(type)) return nullable(objectCheck(type.name, parts, schema, fragments));
  const isFit = fits(type);
  return nullable((value, path, report) => (isFit(value) ? value : refuse(path, report)));
}

const unlessNull =
  (check: Check): Check =>
  (value, path, report) =>
    value === null ? refuse(path, report) : check(value, path, report);

interface Field {
  key: string;
  check: Check;
  /** Whether `@skip` or `@include` may leave the field out. */
  isConditional: boolean;
}

/** Checks an object of a given type, or of the type that it states if none is given. */
function objectCheck(
  declared: string | undefined,
  parts: readonly Part[],
  schema: GraphQLSchema,
  fragments: Fragments,
  isCertain = false,
): Check {
  const byType = new Map<string, readonly Field[] | null>();
  const fieldsOf = (typeName: string): readonly Field[] | null => {
    const before = byType.get(typeName);
    if (before !== undefined) return before;
    const fits = isPossible(typeName, declared, schema);
    if (!fits) return null; // type names that a subgraph invents are not cached
    const fields = fieldsFor(typeName, parts, schema, fragments, isCertain);
    byType.set(typeName, fields);
    return fields;
  };
  const isAlways = declared !== undefined && isObjectType(schema.getType(declared));
  return (value, path, report) => {
    if (!isObject(value)) return refuse(path, report);
    const said = value['__typename'];
    const typeName = said === undefined && isAlways ? declared : said;
    const fields = typeof typeName === 'string' ? fieldsOf(typeName) : null;
    if (!fields) return refuse(path, report);
    for (const { key, check, isConditional } of fields) {
      // a client may use the alias `constructor`, which every object inherits
      if (Object.hasOwn(value, key)) value[key] = check(value[key], [...path, key], report);
      else if (!isConditional) value[key] = refuse([...path, key], report);
    }
    return value;
  };
}

function isPossible(typeName: string, declared: string | undefined, schema: GraphQLSchema): boolean {
  const type = schema.getType(typeName);
  if (!isObjectType(type) || declared === undefined || typeName === declared) return isObjectType(type);
  const abstract = schema.getType(declared);
  return abstract !== undefined && 'name' in abstract && isCompositeType(abstract) && !isObjectType(abstract)
    ? schema.isSubType(abstract, type)
    : false;
}

/** The occurrences of each field, by response name. */
type Selected = Map<string, NonEmpty<{ field: FieldNode; isConditional: boolean }>>;

/** The fields that an object of this type must have. */
function fieldsFor(
  typeName: string,
  parts: readonly Part[],
  schema: GraphQLSchema,
  fragments: Fragments,
  isCertain: boolean,
): Field[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return [];
  const nodes: Selected = new Map();
  for (const { set, isConditional } of parts) collect(set, typeName, schema, fragments, isConditional, nodes);
  return [...nodes].flatMap(([key, all]) => {
    const [{ field }] = all;
    const isConditional = all.every((each) => each.isConditional);
    const definition = type.getFields()[field.name.value];
    if (!definition) return []; // __typename, which is already checked
    // if the field occurs several times, another occurrence may have selected the object
    const inside = all.flatMap(({ field: { selectionSet: set }, isConditional: isUnsure }) =>
      set ? [{ set, isConditional: isUnsure && all.length > 1 }] : [],
    );
    const check = checkOf(definition.type, inside, schema, fragments);
    return [{ key, check: isCertain ? unlessNull(check) : check, isConditional }];
  });
}

function collect(
  { selections }: SelectionSetNode,
  typeName: string,
  schema: GraphQLSchema,
  fragments: Fragments,
  isLeftOut: boolean,
  nodes: Selected,
): void {
  for (const each of selections) {
    const isConditional = isLeftOut || Boolean(each.directives?.length);
    if (each.kind === Kind.FIELD) {
      const key = each.alias?.value ?? each.name.value;
      const before = nodes.get(key);
      const one = { field: each, isConditional };
      nodes.set(key, before ? [...before, one] : [one]);
      continue;
    }
    const fragment = fragmentOf(each, fragments);
    const on = fragment.typeCondition?.name.value;
    if (on === undefined || isPossible(typeName, on, schema)) {
      collect(fragment.selectionSet, typeName, schema, fragments, isConditional, nodes);
    }
  }
}
