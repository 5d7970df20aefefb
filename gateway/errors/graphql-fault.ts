// An error of the gateway itself, which it returns beside data and reports to validation.
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../schema/errors.ts';

/** An error that a client may see as it is. */
export const graphqlFault = (
  code: ErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError => new GraphQLError(message, { extensions: { ...extensions, code } });
