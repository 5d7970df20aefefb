// Apollo reports nulls that violate the schema only in `extensions.valueCompletion`; this turns them into errors with a
// path.
import { GraphQLError } from 'graphql';
import type { ExecutionResult } from '../executor.ts';
import { onOneLine, type Path } from '../paths.ts';

type Completed = { path?: Path };

/**
 * Adds an error at the path of each null that no error explains; `extensions.valueCompletion` is never sent to clients.
 * At the paths of `absent`, in the form of LostFetch.at, a subgraph said that the entity does not exist.
 */
export function accountForNulls({ extensions, ...result }: ExecutionResult, absent: readonly Path[]): ExecutionResult {
  if (!extensions) return result;
  const { valueCompletion = [], ...others } = extensions as { valueCompletion?: readonly Completed[] };
  const told = result.errors ?? [];
  const isTold = (path: Path): boolean =>
    told.some((error) => !error.path || onOneLine(error.path, path)) || absent.some((at) => isUnder(at, path));
  const untold = valueCompletion.flatMap(({ path }) => (path && !isTold(path) ? [unexplained(path)] : []));
  const errors = [...told, ...untold];
  return {
    ...result,
    ...(errors.length && { errors }),
    ...(Object.keys(others).length && { extensions: others }),
  };
}

/** Whether a response path is at or below a path of the plan, in which `@` is any item of a list. */
const isUnder = (at: Path, path: Path): boolean =>
  at.every((step, i) => (step === '@' ? typeof path[i] === 'number' : step === path[i]));

const unexplained = (path: Path): GraphQLError =>
  new GraphQLError('A service gave no value for a non-null field.', {
    path,
    extensions: { code: 'DOWNSTREAM_ERROR' },
  });
