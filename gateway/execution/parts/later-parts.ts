// What an executor leaves for the route when an answer comes in parts.
import type { GraphQLFormattedError } from 'graphql';
import type { Path } from '../paths.ts';

/** What follows the first part, as the client sees it: the format of `deferSpec=20220824`. */
export interface Later {
  incremental: readonly {
    path: Path;
    label?: string;
    data: Record<string, unknown> | null;
    errors?: readonly GraphQLFormattedError[];
  }[];
  hasNext: boolean;
  extensions?: Record<string, unknown>;
}

/** Where the executor leaves the later parts of an answer for the route. */
export interface AnswerParts {
  rest?: AsyncIterable<Later>;
  /** The extensions of the last part. */
  extensions?: () => Record<string, unknown>;
}
