// Field sets, as `@key` and `@requires` have them.
import { Kind, parse, type SelectionSetNode } from 'graphql';

const sets = new Map<string, SelectionSetNode>();

/** A field set, parsed. */
export function setOf(fields: string): SelectionSetNode {
  const before = sets.get(fields);
  if (before) return before;
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${fields} is no field set`);
  sets.set(fields, operation.selectionSet);
  return operation.selectionSet;
}

/** The fields at the top of a set. */
export const partsOf = ({ selections }: SelectionSetNode) =>
  selections.flatMap((each) => (each.kind === Kind.FIELD ? [{ name: each.name.value, below: each.selectionSet }] : []));

/** Only these fields of a value. */
export function picked(value: unknown, set: SelectionSetNode | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => picked(each, set));
  if (!set || typeof value !== 'object' || value === null) return value;
  const from = value as Record<string, unknown>;
  return Object.fromEntries(partsOf(set).map(({ name, below }) => [name, picked(from[name], below)]));
}

/** Whether a value has all these fields. */
export function isWhole(value: unknown, set: SelectionSetNode | undefined): boolean {
  if (Array.isArray(value)) return value.every((each) => isWhole(each, set));
  if (!set || value === null) return value !== undefined;
  if (typeof value !== 'object') return false;
  const from = value as Record<string, unknown>;
  return partsOf(set).every(({ name, below }) => from[name] !== undefined && isWhole(from[name], below));
}
