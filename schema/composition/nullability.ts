// Lists fields that must be nullable, so that one failed subgraph does not make other subgraphs' answers null.
import {
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

/** A subgraph's name and SDL. */
export interface SubgraphSdl {
  name: string;
  sdl: string;
}

/** A type as one subgraph defines it. */
interface Definition {
  subgraph: string;
  type: string;
  /** Whether it has a key, by which the gateway joins the answers of several subgraphs. */
  isEntity: boolean;
  /** Whether this subgraph owns the entity: neither `extend type` nor a stub with `resolvable: false`. */
  isOwn: boolean;
  /** The fields that this subgraph resolves, without external fields. */
  fields: ReadonlyMap<string, FieldDefinitionNode>;
}

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** A field that must be nullable, or a type without exactly one owner. */
export interface NullabilityFault {
  /** The subgraph of the field; of a type each of its owners, or all of its subgraphs if it has none. */
  subgraph: string;
  type: string;
  /** Null for a fault of the whole type. */
  field: string | null;
  /** What to do, and why. */
  message: string;
  /** Whether a failure of this subgraph makes data of other subgraphs null, rather than its own when another fails. */
  endangersOthers: boolean;
}

/** The faults of nullabilityOf, a sentence each: type.field (subgraph), what to do, and why. */
export const nullabilityFaults = (parts: readonly SubgraphSdl[]): string[] => {
  const sentences = nullabilityOf(parts).map(({ type, field, subgraph, message }) =>
    field === null ? `${type}: ${message}` : `${type}.${field} (${subgraph}): ${message}`,
  );
  return [...new Set(sentences)]; // several owners have the same fault
};

/**
 * The fields that must not be non-null. If a non-null field fails, GraphQL makes its parent null. So these must be
 * nullable: root fields, fields that a subgraph adds to another subgraph's entity, fields that only some of the type's
 * subgraphs resolve, fields that need another subgraph (`@requires`), and references to an entity with non-null fields in
 * another subgraph.
 */
export function nullabilityOf(parts: readonly SubgraphSdl[]): NullabilityFault[] {
  const definitions = parts.flatMap(definitionsIn);
  const byType = Map.groupBy(definitions, ({ type }) => type);
  return [
    ...[...byType.values()].flatMap(ownershipFaults),
    ...definitions.flatMap((definition) =>
      [...definition.fields.values()].flatMap((field) => {
        const why = reason(definition, field, byType);
        const { subgraph, type } = definition;
        return why ? [{ subgraph, type, field: field.name.value, ...why }] : [];
      }),
    ),
  ];
}

function definitionsIn({ name: subgraph, sdl }: SubgraphSdl): Definition[] {
  return parse(sdl).definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const answered = (node.fields ?? []).filter((field) => !has(field, 'external'));
    return {
      subgraph,
      type: node.name.value,
      isEntity: has(node, 'key'),
      isOwn: node.kind === Kind.OBJECT_TYPE_DEFINITION && hasResolvableKey(node),
      fields: new Map(answered.map((field) => [field.name.value, field])),
    };
  });
}

type Directed = Pick<FieldDefinitionNode, 'directives'>;

const has = ({ directives }: Directed, directive: string): boolean =>
  directives?.some(({ name }) => name.value === directive) ?? false;

/** Whether a subgraph resolves references to the type, by these `fields` or, by default, by any. */
export const hasResolvableKey = (
  { directives }: ObjectTypeDefinitionNode | ObjectTypeExtensionNode,
  fields?: string,
): boolean =>
  directives?.some(({ name, arguments: given = [] }) => {
    if (name.value !== 'key') return false;
    const values = Object.fromEntries(given.map((each) => [each.name.value, valueFromASTUntyped(each.value)]));
    return values['resolvable'] !== false && (fields === undefined || values['fields'] === fields);
  }) ?? false;

/** Every entity needs exactly one owner; otherwise it is undefined which fields other subgraphs added. */
function ownershipFaults(definitions: readonly Definition[]): NullabilityFault[] {
  const [{ type }] = definitions as [Definition];
  if (!definitions.some(({ isEntity }) => isEntity)) return [];
  const owners = definitions.filter(({ isOwn }) => isOwn);
  if (owners.length === 1) return [];
  const names = owners.map(({ subgraph }) => subgraph).join(' and ');
  const whose = owners.length ? `${names} define it` : 'no subgraph defines it with a resolvable key';
  const message = `one subgraph owns an entity, and ${whose}. All but its owner say "extend type ${type}".`;
  return (owners.length ? owners : definitions).map(({ subgraph }) => ({
    ...{ subgraph, type, field: null, message, endangersOthers: false },
  }));
}

/** The owner of the entity. Of several the one with the most fields: the others most probably extend it. */
const ownerOf = (definitions: readonly Definition[]): Definition | undefined =>
  definitions.filter(({ isOwn }) => isOwn).toSorted((a, b) => b.fields.size - a.fields.size)[0];

type Reason = Pick<NullabilityFault, 'message' | 'endangersOthers'>;

/** Why the field must be nullable, and what to do; undefined if it may stay as it is. */
function reason(
  { subgraph, type, isEntity }: Definition,
  field: FieldDefinitionNode,
  byType: ReadonlyMap<string, readonly Definition[]>,
): Reason | undefined {
  const name = field.name.value;
  const isNonNull = field.type.kind === Kind.NON_NULL_TYPE;
  const nullable = (why: string, endangersOthers = true) => ({ message: `make it nullable. ${why}`, endangersOthers });
  if (ROOTS.has(type)) {
    return isNonNull ? nullable('A root field that fails would take all other root fields along.') : undefined;
  }
  const definitions = byType.get(type) ?? [];
  const owner = isEntity ? ownerOf(definitions) : undefined;
  const isForeign = owner !== undefined && !owner.fields.has(name);
  if (isNonNull && has(field, 'requires')) {
    return nullable('It cannot be answered while the subgraph of what it requires is away.', isForeign);
  }
  if (isForeign && isNonNull) {
    return nullable(`${owner.subgraph} owns ${type}, and a failure of ${subgraph} would take its fields along.`);
  }
  if (!isEntity && isNonNull && !definitions.every(({ fields }) => fields.has(name))) {
    return nullable(`Others answer ${type} as well, and a failure of ${subgraph} would take their fields along.`);
  }
  const message =
    isNonNull || field.type.kind === Kind.LIST_TYPE ? referenceReason(subgraph, field.type, byType) : undefined;
  return message === undefined ? undefined : { message, endangersOthers: false };
}

function referenceReason(
  subgraph: string,
  fieldType: TypeNode,
  byType: ReadonlyMap<string, readonly Definition[]>,
): string | undefined {
  const { type, isNonNull } = itemOf(fieldType);
  const definitions = byType.get(type) ?? [];
  const owner = ownerOf(definitions);
  if (!isNonNull || !owner || owner.subgraph === subgraph) return undefined;
  const here = definitions.find((each) => each.subgraph === subgraph)?.fields;
  const missing = [...owner.fields.values()].filter(
    (field) => field.type.kind === Kind.NON_NULL_TYPE && !has(field, 'inaccessible') && !here?.has(field.name.value),
  );
  if (!missing.length) return undefined;
  const names = missing.map(({ name }) => `${type}.${name.value}`).join(', ');
  return `make ${type} nullable here, or answer ${names} in ${subgraph} too (@shareable). A failure of ${owner.subgraph} would take it along.`;
}

/** The type in the innermost list, and whether a null item makes the list or the field null. */
function itemOf(type: TypeNode, isNonNull = false): { type: string; isNonNull: boolean } {
  if (type.kind === Kind.NON_NULL_TYPE) return itemOf(type.type, true);
  return type.kind === Kind.LIST_TYPE ? itemOf(type.type) : { type: type.name.value, isNonNull };
}
