// The error that a response shows for a fetch without a reply.
import { GraphQLError } from 'graphql';
import type { Path } from './paths.ts';

/** The failure at one of the fields that are null for it; without a path if there is none. Keeps its cause for the log. */
export function errorAt(path: Path | undefined, failure: Error): GraphQLError {
  const { message, cause } = failure;
  const { extensions } = failure as { extensions?: Record<string, unknown> };
  const error = new GraphQLError(message, {
    originalError: failure,
    ...(path && { path }),
    ...(extensions && { extensions }),
  });
  return Object.assign(error, { cause });
}
