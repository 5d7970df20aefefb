// Maps the response names of a plan back to the client's: in data and in the paths of errors.
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { fragmentOf, fragmentsOf, operationIn } from '../limits/document.ts';

/**
 * The renamed fields of one selection set, by their name in the plan. An absent name is unchanged, with everything
 * below it.
 */
export type Names = ReadonlyMap<string, Renaming>;

interface Renaming {
  client: string;
  /** The renamed fields below. */
  below: Names;
}

/** The names in a document's only operation, with fragments expanded; `clientOf` returns the client's name for each. */
export function namesOf(document: DocumentNode, clientOf: (name: string) => string): Names {
  const fragments = fragmentsOf(document);
  const known = new Map<SelectionSetNode, Names>();

  function namesIn(set: SelectionSetNode): Names {
    const found = known.get(set) ?? read(set);
    known.set(set, found);
    return found;
  }

  function read({ selections }: SelectionSetNode): Names {
    let names: Names = none;
    for (const each of selections) {
      if (each.kind === Kind.FIELD) {
        const name = (each.alias ?? each.name).value;
        const below = each.selectionSet ? namesIn(each.selectionSet) : none;
        const client = clientOf(name);
        if (client !== name || below.size) names = merged(names, new Map([[name, { client, below }]]));
      } else {
        names = merged(names, namesIn(fragmentOf(each, fragments).selectionSet));
      }
    }
    return names;
  }

  return namesIn(operationIn(document).selectionSet);
}

const none: Names = new Map();

/** The renamings of both: fields with one response name share one selection set. */
function merged(one: Names, other: Names): Names {
  if (one === other || !other.size) return one;
  if (!one.size) return other;
  const all = new Map(one);
  for (const [name, renaming] of other) {
    const same = all.get(name);
    all.set(name, same ? { ...same, below: merged(same.below, renaming.below) } : renaming);
  }
  return all;
}

/** The data under the client's names, in the same order. */
export function inData(data: unknown, names: Names): unknown {
  if (!names.size) return data;
  if (Array.isArray(data)) return data.map((each) => inData(each, names));
  if (typeof data !== 'object' || data === null) return data;
  const renamed = Object.create(null) as Record<string, unknown>; // `__proto__` is a valid name
  for (const [name, value] of Object.entries(data)) {
    const { client = name, below = none } = names.get(name) ?? {};
    renamed[client] = inData(value, below);
  }
  return renamed;
}

/** The path in the client's names; an index, or `@` for each item of a list, is unchanged. */
export function inPath(path: readonly (string | number)[], names: Names): (string | number)[] {
  let here = names;
  return path.map((step) => {
    if (typeof step === 'number' || step === '@') return step;
    const { client = step, below = none } = here.get(step) ?? {};
    here = below;
    return client;
  });
}
