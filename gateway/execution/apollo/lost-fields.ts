// Finds the fields of a response that are null because a service failed: each gets the error with its own path.
import { type GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql';
import { operationIn } from '../../limits/document.ts';
import { MOST_PATHS } from '../../limits/limits.ts';
import { errorAt } from '../failure.ts';
import type { Path } from '../paths.ts';

/** A fetch from a service that failed. */
export interface LostFetch {
  service: string;
  /** The query that was sent. */
  query: string;
  /** Path in the response to the objects of the fetch: names, and `@` for each item of a list. */
  at: readonly (string | number)[];
  /** Set if the plan's response names differ from the client's: `query` and `at` then use the plan's. */
  planned?: { data: unknown; clientPath: (path: Path) => Path };
}

/** The errors, with the error of a whole service replaced by one for each null field. */
export function placed(errors: readonly GraphQLError[], data: unknown, lost: readonly LostFetch[]): GraphQLError[] {
  return errors.flatMap((error) => {
    const fetches = error.path ? [] : lost.filter(({ service }) => service === error.extensions['serviceName']);
    const paths = fetches.flatMap(({ planned, ...fetch }) =>
      planned ? nullsOf(planned.data, fetch).map(planned.clientPath) : nullsOf(data, fetch),
    );
    return paths.length ? paths.map((path) => errorAt(path, error)) : error;
  });
}

/** The path of the first null on the way to each requested field. */
function nullsOf(data: unknown, { query, at }: LostFetch): Path[] {
  const document = parse(query);
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const found: Path[] = [];

  function look(value: unknown, path: Path, selections: SelectionSetNode | undefined): void {
    if (found.length >= MOST_PATHS) return;
    if (value === null) found.push(path);
    else if (Array.isArray(value)) value.forEach((one, i) => look(one, [...path, i], selections));
    else if (isObject(value)) lookInto(value, path, selections);
  }

  function lookInto(value: Record<string, unknown>, path: Path, selections: SelectionSetNode | undefined): void {
    for (const each of selections?.selections ?? []) {
      if (each.kind === Kind.INLINE_FRAGMENT) lookInto(value, path, each.selectionSet);
      else if (each.kind === Kind.FRAGMENT_SPREAD) {
        lookInto(value, path, fragments.find(({ name }) => name.value === each.name.value)?.selectionSet);
      } else {
        const name = each.alias?.value ?? each.name.value;
        // a name that is absent was added by the plan, not by the client
        if (Object.hasOwn(value, name)) look(value[name], [...path, name], each.selectionSet);
      }
    }
  }

  const { selectionSet } = operationIn(document);
  const [first] = selectionSet.selections;
  const isOfEntities = first?.kind === Kind.FIELD && first.name.value === '_entities';
  if (!isObject(data)) {
    // a non-null field of the root made the whole data null
    return selectionSet.selections.flatMap((each) =>
      each.kind === Kind.FIELD ? [[each.alias?.value ?? each.name.value]] : [],
    );
  }
  for (const { value, path } of reached(data, at)) {
    lookInto(value, path, isOfEntities ? first.selectionSet : selectionSet);
  }
  // if a non-null field is missing, its parent object is null
  return found.length ? found : nullsAt(data, at).slice(0, MOST_PATHS);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The objects at a path of the plan, each with its own path. */
const reached = (data: unknown, at: LostFetch['at']) =>
  standingAt(data, at).flatMap(({ value, path }) => (isObject(value) ? [{ value, path }] : []));

const nullsAt = (data: unknown, at: LostFetch['at']): Path[] =>
  standingAt(data, at).flatMap(({ value, path }) => (value === null ? [path] : []));

interface Standing {
  value: unknown;
  path: Path;
}

/** The values at a path of the plan, or the null on the way to them. */
function standingAt(data: unknown, at: LostFetch['at']): Standing[] {
  let all: Standing[] = [{ value: data, path: [] }];
  for (const step of at) {
    all = all.flatMap(({ value, path }): Standing[] => {
      if (value === null) return [{ value, path }];
      if (!isObject(value)) return [];
      if (step !== '@') return [{ value: value[step], path: [...path, step] }];
      return Array.isArray(value) ? value.map((one: unknown, i) => ({ value: one, path: [...path, i] })) : [];
    });
  }
  return all;
}
