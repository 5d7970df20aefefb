// Merges the answers of several subgraphs into one object.
import { isObject, own } from './reach.ts';
import type { Data } from './run-state.ts';

/**
 * Merges `source` into `target`: objects field by field, lists of one length item by item, other values by replacement.
 * A null does not replace an object that another subgraph gave.
 */
export function merge(target: Data, source: Data): void {
  for (const name in source) {
    if (name === '__proto__') continue; // no plan selects it; assigning it would change the prototype
    const given = source[name];
    const known = own(target, name);
    if (known === undefined || known === null) target[name] = given;
    else if (given !== null) target[name] = merged(known, given);
  }
}

function merged(known: unknown, given: unknown): unknown {
  if (isObject(known) && isObject(given)) merge(known, given);
  else if (Array.isArray(known) && Array.isArray(given) && known.length === given.length) {
    const items: unknown[] = known;
    given.forEach((item: unknown, i) => {
      if (items[i] == null) items[i] = item;
      else if (item != null) items[i] = merged(items[i], item);
    });
  } else return given;
  return known;
}
