// What a fetch of entities sends for each object: its type, its key, and the fields that the subgraph requires.
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { isObject, own } from './reach.ts';
import { type Data, isAbsent, type RunState } from './run-state.ts';
import type { Types } from './possible-types.ts';

/** Copies the selected fields of `from` into `to`; false if one of them is missing. */
type Copy = (from: Data, to: Data, run: RunState) => boolean;

/** The representation of an object; 'other' if the fetch is for other types, 'missing' if a needed field is missing. */
export type Represent = (object: Data, run: RunState) => Data | 'other' | 'missing';

export function compileRepresentation(selections: readonly QueryPlanSelectionNode[], types: Types): Represent {
  const copy = compileCopy(selections, types);
  return (object, run) => {
    const representation: Data = {};
    if (!copy(object, representation, run)) return 'missing';
    return representation['__typename'] === undefined ? 'other' : representation;
  };
}

function compileCopy(selections: readonly QueryPlanSelectionNode[], types: Types): Copy {
  const copies = selections.map((selection): Copy => {
    if (selection.kind === 'Field') return compileField(selection.alias ?? selection.name, selection.selections, types);
    const below = compileCopy(selection.selections, types);
    if (selection.typeCondition === undefined) return below;
    const possible = types.possible(selection.typeCondition);
    return (from, to, run) => !possible.has(String(from['__typename'])) || below(from, to, run);
  });
  return (from, to, run) => copies.every((copy) => copy(from, to, run));
}

function compileField(name: string, selections: readonly QueryPlanSelectionNode[] | undefined, types: Types): Copy {
  if (!selections) {
    return (from, to) => {
      const value = own(from, name);
      if (value === undefined) return false;
      to[name] = value;
      return true;
    };
  }
  const below = compileCopy(selections, types);
  /** Undefined if a field below is missing; null if that is because its entity does not exist. */
  const copied = (value: unknown, known: unknown, run: RunState): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((each, i) => copied(each, Array.isArray(known) ? known[i] : undefined, run));
      return items.includes(undefined) ? undefined : items;
    }
    if (!isObject(value)) return value === undefined ? undefined : null;
    const to = isObject(known) ? known : {};
    if (below(value, to, run)) return to;
    return isAbsent(run, value) ? null : undefined;
  };
  return (from, to, run) => {
    const value = copied(own(from, name), to[name], run);
    if (value === undefined) return false;
    to[name] = value;
    return true;
  };
}
