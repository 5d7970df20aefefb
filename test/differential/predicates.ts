// What a case has that a known fault needs.
import {
  type DocumentNode,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Case } from './cases.ts';
import { setOf } from './field-sets.ts';
import { fieldOf, type Model, nameIn } from './model.ts';
import { fetchesOf } from './plan.ts';

/** Whether the numbers of two mutations differ only by how many were before. */
export const areMutations = (one: unknown, other: unknown): boolean =>
  typeof one === 'number' && typeof other === 'number' && (one - other) % 10_000 === 0;

/** Whether a null fails at a selected field whose type an interface declares nullable, and a member never null. */
export function hasStricterMember({ opened, document, world }: Case): boolean {
  const { interfaces, objects } = opened.composed.model;
  const names = new Set([
    ...world.faults.map(({ field }) => field),
    ...selected(opened.oracle.schema, parse(document)).map(([, name]) => name),
  ]);
  return (
    world.faults.length + world.away.length + world.missing.length > 0 &&
    [...interfaces.values()].some(({ fields, members }) =>
      [...fields.values()].some(
        ({ name, type }) =>
          names.has(name) &&
          !type.endsWith('!') &&
          members.some((member) => objects.get(member)?.fields.get(name)?.type.endsWith('!')),
      ),
    )
  );
}

/** Whether several subgraphs resolve a selected list in a list of objects. */
export function hasSharedNestedList({ opened, document }: Case): boolean {
  const { schema } = opened.oracle;
  return selected(schema, parse(document)).some(([type, name]) => {
    const field = fieldOf(opened.composed.model, type, name);
    if (!field?.type.startsWith('[[') || !isCompositeType(schema.getType(nameIn(field.type)))) return false;
    return Object.values(field.served).filter(({ as }) => as === 'resolved').length > 1;
  });
}

/** Whether a selected field is in no fetch of the plan. */
export function isNotFetched(asked: Case): boolean {
  const texts = fetchesOf(asked.opened.composed.supergraphSdl, asked.document).join(' ');
  const names = selected(asked.opened.oracle.schema, parse(asked.document)).map(([, name]) => name);
  return names.some((name) => name !== '__typename' && !new RegExp(String.raw`\b${name}\b`).test(texts));
}

/** Whether a selected field requires fields below a list in a list. */
export function requiresBelowNestedLists({ opened, document }: Case): boolean {
  const { model } = opened.composed;
  return requiredBy(model, selected(opened.oracle.schema, parse(document))).some(([type, requires]) =>
    setOf(requires).selections.some(
      (part) =>
        part.kind === Kind.FIELD && part.selectionSet && fieldOf(model, type, part.name.value)?.type.startsWith('[['),
    ),
  );
}

/** Whether fields of the document require the same field of one type with other arguments. */
export function requiresOneFieldTwice({ opened, document }: Case): boolean {
  const { model } = opened.composed;
  const calls = new Map<string, Set<string>>();
  for (const [type, requires] of requiredBy(model, selected(opened.oracle.schema, parse(document)))) {
    for (const part of setOf(requires).selections) {
      if (part.kind !== Kind.FIELD) continue;
      const at = `${type}.${part.name.value}`;
      calls.set(at, (calls.get(at) ?? new Set()).add((part.arguments ?? []).map(print).join()));
    }
  }
  return [...calls.values()].some(({ size }) => size > 1);
}

/** `[Type, field set]` of all that the fields require, also of what these require. */
function requiredBy(model: Model, coordinates: readonly (readonly [string, string])[]): [string, string][] {
  const found = new Map<string, [string, string]>();
  const add = (type: string, name: string): void => {
    const served = Object.values(fieldOf(model, type, name)?.served ?? {});
    for (const each of served) {
      if (each.as !== 'required' || found.has(`${type} ${each.requires}`)) continue;
      found.set(`${type} ${each.requires}`, [type, each.requires]);
      for (const part of setOf(each.requires).selections) if (part.kind === Kind.FIELD) add(type, part.name.value);
    }
  };
  for (const [type, name] of coordinates) add(type, name);
  return [...found.values()];
}

/** The object types and fields that a document selects. */
function selected(schema: Case['opened']['oracle']['schema'], document: DocumentNode): [string, string][] {
  const info = new TypeInfo(schema);
  const found: [string, string][] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const parent = info.getParentType();
        if (!parent) return;
        const types = isObjectType(parent) ? [parent] : schema.getPossibleTypes(parent);
        for (const each of types) found.push([getNamedType(each).name, name.value]);
      },
    }),
  );
  return found;
}
