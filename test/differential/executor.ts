// What an executor under test is given, and what it answers.
export type Path = readonly (string | number)[];

export interface ResponseError {
  message?: string;
  path?: Path;
}

/** A subgraph's answer. */
export interface Reply {
  data?: unknown;
  errors?: readonly ResponseError[];
}

/** Calls a subgraph. Rejects if it is away. */
export type Call = (
  subgraph: string,
  request: { query: string; variables?: object; operationName?: string },
) => Promise<Reply>;

/** The answer that a client gets. */
export interface Answer {
  data: unknown;
  errors: readonly ResponseError[];
}

/** Executes one operation over a supergraph. */
export type Run = (supergraphSdl: string, call: Call, document: string, variables: object) => Promise<Answer>;

/** The message and path of each error. */
export const errorsOf = ({ errors }: Answer): [string, string][] =>
  errors.map(({ message = '', path = [] }) => [message, path.join('.')]);
