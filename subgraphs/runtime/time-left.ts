// Nobody waits for ever: once a request's time is over, or who asked has gone, its room begins nothing more for it.
import type { GraphQLFieldResolver } from 'graphql';
import { fault } from '../../schema/errors.ts';

/** What every resolver finds in its request's context. */
export interface Timed {
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

type FieldResolver = GraphQLFieldResolver<unknown, Timed>;
type ReferenceResolver = (reference: unknown, context: Timed, info: unknown) => unknown;

/** Nobody reads it: who would is gone. */
const over = () => fault('DOWNSTREAM_TIMEOUT', 'The time for this answer is over.');

/**
 * The resolvers, none of which is begun once nobody waits. One that has begun goes on to its end: what it writes is
 * written whole.
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
  if (name.startsWith('__')) return resolve; // it tells a type and does nothing
  const timedResolve: FieldResolver = (source, args, context, info) => {
    if (context.signal.aborted) throw over();
    return (resolve as FieldResolver)(source, args, context, info);
  };
  return timedResolve;
}
