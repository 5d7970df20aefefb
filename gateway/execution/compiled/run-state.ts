// The state of one execution.
import type { GraphQLError } from 'graphql';
import type { ExecutionRequest } from '../executor.ts';
import type { Path } from '../paths.ts';

/** An object of a reply. */
export type Data = Record<string, unknown>;

/** An error of a subgraph's reply, and the fetch that it came from. */
export interface ReplyError {
  error: GraphQLError;
  /** Where the reply has a null for it, in the client's names; undefined if that is not known. */
  nulled: Path | undefined;
  fetch: number;
}

/** Why a fetch gave an object nothing: its subgraph knows no such entity, or what the fetch needs is missing. */
export type Gap = 'absent' | 'skipped';

export interface RunState {
  request: ExecutionRequest;
  /** The client's variables, under the names that they have in the plan. */
  variables: Readonly<Record<string, unknown>>;
  /** What the subgraphs have answered, under the names of the plan. */
  data: Data;
  /** By the number of the fetch: the error of a fetch without a reply. */
  failed: (Error | undefined)[];
  replyErrors: ReplyError[];
  /** Called when a fetch has ended, whatever came of it. */
  ended?: ((fetch: number) => void) | undefined;
  /** Created with the first gap. */
  gaps: Map<Data, Map<number, Gap>> | undefined;
}

/** Whether a subgraph said that no such entity exists. */
export const isAbsent = ({ gaps }: RunState, object: Data): boolean =>
  gaps !== undefined && [...(gaps.get(object)?.values() ?? [])].includes('absent');

export function noteGap(run: RunState, object: Data, fetch: number, gap: Gap): void {
  run.gaps ??= new Map();
  const here = run.gaps.get(object) ?? new Map<number, Gap>();
  run.gaps.set(object, here.set(fetch, gap));
}
