// The model of a generated supergraph: what every type has, and which subgraph serves which part of it.

/** How a subgraph serves a field. */
export type Served =
  | {
      as: 'resolved';
      isShareable?: boolean;
      /** Fields below that this subgraph resolves here only. */
      provides?: string;
      /** The subgraph whose field this one replaces. */
      overrides?: string;
    }
  /** Computed from fields of other subgraphs. */
  | { as: 'required'; requires: string }
  /** Declared, and resolved by others. */
  | { as: 'external' }
  /** Replaced by another subgraph's; asking for it is a fault. */
  | { as: 'overridden' };

export interface Argument {
  name: string;
  type: string;
  default?: string;
  isHidden?: boolean;
}

/** What all subgraphs declare alike of a field. */
export interface Signature {
  name: string;
  type: string;
  args: readonly Argument[];
}

export interface Field extends Signature {
  /** By subgraph. */
  served: Record<string, Served>;
  /** Not in the API schema (`@inaccessible`). */
  isHidden: boolean;
}

export interface Key {
  fields: string;
  isResolvable: boolean;
}

/** An entity, a value type, or a root type. */
export interface ObjectModel {
  kind: 'entity' | 'value' | 'root';
  name: string;
  subgraphs: Set<string>;
  /** By subgraph; a value or root type has none. */
  keys: Record<string, Key[]>;
  fields: Map<string, Field>;
}

export interface InterfaceModel {
  name: string;
  members: readonly string[];
  fields: Map<string, Signature>;
  /** Where it is an interface, with the members and fields that this subgraph knows. */
  declared: Record<string, { members: readonly string[]; fields: readonly string[] }>;
  /** Its key, if it is an entity; it is then declared in one subgraph. */
  key?: string;
  /** The subgraphs where it is one object (`@interfaceObject`). */
  objects: Set<string>;
  /** The fields that those add to all members, and the external ones that these require. */
  added: Map<string, Field>;
}

export interface UnionModel {
  name: string;
  /** The members in each subgraph. */
  declared: Record<string, readonly string[]>;
}

export interface EnumModel {
  name: string;
  values: readonly string[];
  hidden: readonly string[];
}

export interface InputModel {
  name: string;
  fields: readonly Argument[];
}

export interface Model {
  subgraphs: readonly string[];
  objects: Map<string, ObjectModel>;
  interfaces: Map<string, InterfaceModel>;
  unions: Map<string, UnionModel>;
  enums: Map<string, EnumModel>;
  inputs: Map<string, InputModel>;
}

/** The name in a type such as `[[Name!]!]`. */
export const nameIn = (type: string): string => type.replace(/[[\]!]/g, '');

/** The field of an object type, which may come from an interface that is one object in some subgraph. */
export function fieldOf(model: Model, type: string, name: string): Field | undefined {
  const own = model.objects.get(type)?.fields.get(name) ?? model.interfaces.get(type)?.added.get(name);
  if (own) return own;
  for (const { members, added } of model.interfaces.values()) {
    const field = members.includes(type) ? added.get(name) : undefined;
    if (field && !isOnlyExternal(field)) return field;
  }
  return undefined;
}

const isOnlyExternal = ({ served }: Field): boolean => Object.values(served).every(({ as }) => as === 'external');

/** All fields that an object of a type has in the joined world. */
export function fieldsOf(model: Model, type: string): Field[] {
  const own = [...(model.objects.get(type)?.fields.values() ?? [])];
  const added = [...model.interfaces.values()]
    .filter(({ members }) => members.includes(type))
    .flatMap((each) => [...each.added.values()].filter((field) => !isOnlyExternal(field)));
  return [...own, ...added];
}

/** The object types that a field of this type may return from a subgraph. */
export function possibleIn(model: Model, type: string, subgraph: string): readonly string[] {
  const name = nameIn(type);
  const found = model.interfaces.get(name);
  if (found) return found.objects.has(subgraph) ? found.members : (found.declared[subgraph]?.members ?? []);
  const union = model.unions.get(name);
  return union ? (union.declared[subgraph] ?? []) : [name];
}

/** The names at the top of a field set. */
export const topLevelOf = (fields: string): string[] => fields.replace(/\{[^}]*\}|\([^)]*\)/g, '').match(/\w+/g) ?? [];
