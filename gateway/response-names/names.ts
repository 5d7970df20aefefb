// The way back from the response names of a plan to the client's: in data, and in the paths of errors.
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../limits/document.ts';

/** What was renamed in one selection set, by its name in the plan. A name that is absent is the client's, with all that is below it. */
export type Names = ReadonlyMap<string, Renaming>;

interface Renaming {
  client: string;
  /** What was renamed below. */
  below: Names;
}

/** The names in the only operation of a document, each fragment where it is spread; `clientOf` gives the client's for each. */
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
        const { selectionSet } = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value)!;
        names = merged(names, namesIn(selectionSet));
      }
    }
    return names;
  }

  return namesIn(document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!.selectionSet);
}

const none: Names = new Map();

/** What either renames: fields of one name have one selection set between them. */
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

/** The data under the client's names, in the order that it has. */
export function inData(data: unknown, names: Names): unknown {
  if (!names.size) return data;
  if (Array.isArray(data)) return data.map((each) => inData(each, names));
  if (typeof data !== 'object' || data === null) return data;
  const renamed = Object.create(null) as Record<string, unknown>; // `__proto__` is a name like others
  for (const [name, value] of Object.entries(data)) {
    const { client = name, below = none } = names.get(name) ?? {};
    renamed[client] = inData(value, below);
  }
  return renamed;
}

/** The same place by the client's names; what is no name stays: an index, `@` for each of a list. */
export function inPath(path: readonly (string | number)[], names: Names): (string | number)[] {
  let here = names;
  return path.map((step) => {
    if (typeof step === 'number' || step === '@') return step;
    const { client = step, below = none } = here.get(step) ?? {};
    here = below;
    return client;
  });
}
