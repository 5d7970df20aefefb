// Sends requests to the gateway in all HTTP forms: by GET or POST, with a document or only its id.
import type { World } from './world.ts';

/** The content of a test's request. */
export interface Question {
  query?: string;
  documentId?: string;
  operationName?: string;
  variables?: object;
  extensions?: object;
}

export interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

const CSRF = { 'apollo-require-preflight': '1' };

/** The extension that names an automatic persisted query. */
export const persistedQuery = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

/** A request as a query string. */
export const inAddress = (question: Question): string =>
  `/graphql?${new URLSearchParams(
    Object.entries(question).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )}`;

/** Both ways to send a request to a world. */
export const asking = ({ gateway }: Pick<World, 'gateway'>) => {
  async function ask(request: object): Promise<Reply> {
    const { statusCode, headers, body } = await gateway.inject(request);
    const content = body ? (JSON.parse(body) as object) : {};
    return { status: statusCode, headers: headers as Reply['headers'], text: body, ...content };
  }
  return {
    get: (question: Question, headers: object = {}) =>
      ask({ method: 'GET', url: inAddress(question), headers: { ...CSRF, ...headers } }),
    post: (question: object, headers: object = {}) =>
      ask({ method: 'POST', url: '/graphql', payload: question, headers }),
    raw: (url: string) => ask({ method: 'GET', url, headers: CSRF }),
  };
};
