// Apollo reports nulls that violate the schema only in `extensions.valueCompletion`; this turns them into errors with a
// path.
import type { ApolloGateway } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { onOneLine } from '../execution/reply-check.ts';

type Completed = { path?: readonly (string | number)[] };

/**
 * Adds an error at the path of each null that no error explains; `extensions.valueCompletion` is never sent to clients.
 */
export const accountForNulls =
  (execute: ApolloGateway['executor']): ApolloGateway['executor'] =>
  async (request) => {
    const { extensions, ...result } = await execute(request);
    if (!extensions) return result;
    const { valueCompletion = [], ...others } = extensions as { valueCompletion?: readonly Completed[] };
    const told = result.errors ?? [];
    const { absent } = request.context as GatewayContext;
    const isTold = (path: readonly (string | number)[]): boolean =>
      told.some((error) => !error.path || onOneLine(error.path, path)) || absent.some((at) => isUnder(at, path));
    const untold = valueCompletion.flatMap(({ path }) => (path && !isTold(path) ? [unexplained(path)] : []));
    const errors = [...told, ...untold];
    return {
      ...result,
      ...(errors.length && { errors }),
      ...(Object.keys(others).length && { extensions: others }),
    };
  };

/** Whether a response path is at or below a path of the plan, in which `@` is any item of a list. */
const isUnder = (at: GatewayContext['absent'][number], path: readonly (string | number)[]): boolean =>
  at.every((step, i) => (step === '@' ? typeof path[i] === 'number' : step === path[i]));

const unexplained = (path: readonly (string | number)[]): GraphQLError =>
  new GraphQLError('A service gave no value for a non-null field.', {
    path,
    extensions: { code: 'DOWNSTREAM_ERROR' },
  });
