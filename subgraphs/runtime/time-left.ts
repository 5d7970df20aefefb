// Deadline propagation: after a request's deadline, or when its caller has disconnected, no further resolver starts.
import type { GraphQLFieldResolver } from 'graphql';
import { fault } from '../../schema/errors.ts';

/** The part of a request context that this module reads. */
export interface Timed {
  /** Aborted at the deadline, or when the caller has disconnected. */
  signal: AbortSignal;
}

type FieldResolver = GraphQLFieldResolver<unknown, Timed>;
type ReferenceResolver = (reference: unknown, context: Timed, info: unknown) => unknown;

/** Never sent: the caller has already got a 504 or disconnected. */
const over = () => fault('DOWNSTREAM_TIMEOUT', 'The time for this answer is over.');

/**
 * Wraps the resolvers so that none starts after the signal is aborted. A running resolver finishes, so that its writes
 * are complete.
 */
export const inTime = (resolvers: object): object =>
  Object.fromEntries(
    Object.entries(resolvers as Record<string, Record<string, unknown>>).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([name, resolve]) => [name, timed(name, resolve)])),
    ]),
  );

function timed(name: string, resolve: unknown): unknown {
  if (typeof resolve !== 'function') return resolve;
  if (name === '__resolveReference') {
    return (reference: unknown, context: Timed, info: unknown): unknown => {
      if (context.signal.aborted) throw over();
      return (resolve as ReferenceResolver)(reference, context, info);
    };
  }
  if (name.startsWith('__')) return resolve; // __resolveType and the like do no work of their own
  const timedResolve: FieldResolver = (source, args, context, info) => {
    if (context.signal.aborted) throw over();
    return (resolve as FieldResolver)(source, args, context, info);
  };
  return timedResolve;
}
