// Where in an answer the fields are that are null because a service failed: each of them gets the error and its own path.
import { type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';

/** A question to a service that brought nothing. */
export interface LostFetch {
  service: string;
  /** What was asked. */
  query: string;
  /** Where in the answer the things are that it was asked about: names, and `@` for each of a list. */
  at: readonly (string | number)[];
  /** Set where the plan has other response names than the client: `query` and `at` are about these. */
  planned?: { data: unknown; clientPath: (path: Path) => Path };
}

type Path = readonly (string | number)[];

/** Errors of one service in an answer, and of one question to it: as many as a page has nodes. */
export const MOST_PATHS = 100;

/** The errors, with one for each null field in place of one that tells of a whole service. */
export function placed(
  errors: readonly GraphQLFormattedError[],
  data: unknown,
  lost: readonly LostFetch[],
): GraphQLFormattedError[] {
  return errors.flatMap((error) => {
    const fetches = error.path ? [] : lost.filter(({ service }) => service === error.extensions?.['service']);
    const paths = fetches.flatMap(({ planned, ...fetch }) =>
      planned ? nullsOf(planned.data, fetch).map(planned.clientPath) : nullsOf(data, fetch),
    );
    return paths.length ? paths.map((path) => ({ ...error, path })) : error;
  });
}

/** The first null on the way to each field that was asked for. */
function nullsOf(data: unknown, { query, at }: LostFetch): Path[] {
  const { definitions } = parse(query);
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
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
        if (Object.hasOwn(value, name)) look(value[name], [...path, name], each.selectionSet); // else the gateway's own need
      }
    }
  }

  const { selectionSet } = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  const [first] = selectionSet.selections;
  const isOfEntities = first?.kind === Kind.FIELD && first.name.value === '_entities';
  if (!isObject(data)) {
    // a field of the root that may not be null took all with it
    return selectionSet.selections.flatMap((each) =>
      each.kind === Kind.FIELD ? [[each.alias?.value ?? each.name.value]] : [],
    );
  }
  for (const { value, path } of reached(data, at)) {
    lookInto(value, path, isOfEntities ? first.selectionSet : selectionSet);
  }
  // where a field that is never null is lost, the thing that it belongs to is null
  return found.length ? found : nullsAt(data, at).slice(0, MOST_PATHS);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The things that stand at a place of a plan, each with its own path. */
const reached = (data: unknown, at: LostFetch['at']) =>
  standingAt(data, at).flatMap(({ value, path }) => (isObject(value) ? [{ value, path }] : []));

const nullsAt = (data: unknown, at: LostFetch['at']): Path[] =>
  standingAt(data, at).flatMap(({ value, path }) => (value === null ? [path] : []));

interface Standing {
  value: unknown;
  path: Path;
}

/** What stands at a place of a plan, or the null on the way to it. */
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
