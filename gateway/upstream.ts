// The way to the subgraphs: the same request path over HTTP and in process, with a deadline, and nothing of it leaks.
import { type GraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { setTimeout as wait } from 'node:timers/promises';
import { fault } from '../schema/errors.ts';

/** One call of a subgraph: a GraphQL request's body in, an answer out. */
export type Call = (request: {
  body: string;
  headers: Record<string, string>;
}) => Promise<{ status: number; body: string; headers: Record<string, string> }>;

/** The gateway's source of a subgraph. A call that takes longer than `timeout` ms is given up as DOWNSTREAM_TIMEOUT. */
export function upstream(name: string, call: Call | undefined, timeout: number): GraphQLDataSource {
  // the gateway hands over node-fetch's types and asks for no more than any fetch's Response has
  const fetcher = (_url: string, { body, headers }: { body: string; headers: Record<string, string> }) =>
    call ? within(timeout, name, ask(name, call, body, headers)) : unreachable(name);
  return new RemoteGraphQLDataSource({ name, url: name, fetcher } as ConstructorParameters<
    typeof RemoteGraphQLDataSource
  >[0]);
}

async function ask(name: string, call: Call, body: string, headers: Record<string, string>): Promise<Response> {
  const answer = await call({ body, headers }).catch((cause: unknown) => unreachable(name, cause));
  if (!isResult(answer.body)) return unreachable(name, new Error(`status ${answer.status}, not a GraphQL result`));
  // a refusal comes as 400 with errors inside: they are the answer, not the status
  return new Response(answer.body, { headers: answer.headers });
}

/** Whether it is data, or errors that say why there is none: an answer without either would be null without a reason. */
function isResult(body: string): boolean {
  try {
    const { data, errors } = Object(JSON.parse(body)) as Record<string, unknown>;
    if (errors !== undefined) return Array.isArray(errors) && errors.length > 0;
    return typeof data === 'object' && data !== null && !Array.isArray(data);
  } catch {
    return false;
  }
}

function unreachable(name: string, cause?: unknown): never {
  const message = `The ${name} service did not answer; its fields are null.`;
  throw Object.assign(fault('DOWNSTREAM_ERROR', message, { serviceName: name }), { cause });
}

async function within<T>(timeout: number, name: string, answer: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = wait(timeout, undefined, { signal: done.signal }).then(() => {
    const message = `The ${name} service did not answer within ${timeout} ms; its fields are null.`;
    throw fault('DOWNSTREAM_TIMEOUT', message, { serviceName: name });
  });
  late.catch(() => undefined); // the timer that was called off
  try {
    return await Promise.race([answer, late]);
  } finally {
    done.abort();
    answer.catch(() => undefined); // nobody waits for it any more
  }
}
