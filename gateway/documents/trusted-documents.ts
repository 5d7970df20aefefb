// Trusted documents: a request with the id or the text of one runs it as pushed; a mode decides about other documents.
import { callerOf } from '../authentication/identity.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type DocumentFolder, hashOf } from './document-folder.ts';
import { searchIn } from '../http/graphql-route.ts';
import type { Log } from '../../infra/logging/log.ts';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';

export interface Trust {
  documents: DocumentFolder;
  /** How a document that is not trusted is treated: it runs, it runs and is logged, or it is refused. */
  mode: 'off' | 'log' | 'enforce';
}

/** A GraphQL request's parameters; in a URL all of them are text. */
type Parameters = Record<string, unknown> & { query?: unknown; documentId?: unknown; extensions?: unknown };

const notTrusted: HttpRefusal = {
  status: 400,
  code: 'DOCUMENT_NOT_TRUSTED',
  message:
    'This gateway runs trusted documents only. Push the document with `npm run documents -- push FILE`, ' +
    'then send its id, as documentId: "sha256:HASH", or the same text.',
};

/**
 * Replaces the id of a trusted document by its text, so that the following stages see a request with a query. An
 * unknown id is passed on as that of a persisted query. In the mode `enforce` only trusted documents are passed on.
 */
export function runTrustedDocuments(scope: FastifyInstance, { documents, mode }: Trust, log: Log): void {
  const tell = toldOnce(log);
  scope.addHook('preHandler', async (request, reply) => {
    const parameters = parametersOf(request) ?? {};
    const { query, documentId } = parameters;
    const text = typeof query === 'string' && query ? query : undefined;
    const id = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '') : persistedQueryIn(parameters);
    const hash = text === undefined ? id : hashOf(text);
    const isOne = hash !== undefined && (id ?? hash) === hash; // a text with another document's id is not trusted
    const trusted = isOne ? documents.get(hash) : undefined;
    if (trusted !== undefined) {
      write(request, { ...parameters, query: trusted });
      return undefined;
    }
    if (mode === 'enforce' && TAKING_DOCUMENTS.has(request.method)) return refuse(request, reply, notTrusted);
    if (mode === 'log' && hash !== undefined) tell(hash, request, parameters['operationName'] ?? firstNameIn(text));
    if (typeof documentId === 'string') write(request, parameters, { version: 1, sha256Hash: id });
    return undefined; // Apollo Server reports what is missing
  });
}

const TAKING_DOCUMENTS = new Set(['GET', 'POST']);

/** The parameters in the body or, by GET, in the URL; undefined if neither is a GraphQL request. */
function parametersOf({ method, url, body }: FastifyRequest): Parameters | undefined {
  if (method === 'POST') return isObject(body) ? body : undefined;
  const search = [...searchIn(url)];
  const parameters = Object.fromEntries(search);
  return Object.keys(parameters).length === search.length ? parameters : undefined; // a repeated parameter is ambiguous
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The hash of an automatic persisted query. */
function persistedQueryIn(parameters: Parameters): string | undefined {
  const { persistedQuery } = extensionsIn(parameters);
  const hash = isObject(persistedQuery) ? persistedQuery['sha256Hash'] : undefined;
  return typeof hash === 'string' ? hash : undefined;
}

function extensionsIn({ extensions }: Parameters): Record<string, unknown> {
  try {
    const found: unknown = typeof extensions === 'string' ? JSON.parse(extensions) : extensions;
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}

/** Replaces the request's parameters, with this persisted query or with none. */
function write(request: FastifyRequest, parameters: Parameters, persistedQuery?: object): undefined {
  const { documentId: _, extensions: __, ...rest } = parameters;
  const { persistedQuery: ___, ...others } = extensionsIn(parameters);
  const extensions = { ...others, ...(persistedQuery && { persistedQuery }) };
  if (request.method === 'POST') {
    request.body = { ...rest, extensions };
  } else {
    const search = { ...(rest as Record<string, string>), extensions: JSON.stringify(extensions) };
    request.raw.url = `${request.url.replace(/\?.*/s, '')}?${new URLSearchParams(search).toString()}`;
  }
}

/** The name of the first operation at the start of a line; the text is not parsed here. */
const firstNameIn = (text = ''): string | undefined => /^[ \t]*(?:query|mutation)[ \t]+(\w+)/m.exec(text)?.[1];

const MOST_TOLD = 1000; // lines; more than a front end needs; clients can send any number of others
const LONGEST_NAME = 100; // characters of an operation's name

/** Logs each hash once. */
function toldOnce(log: Log) {
  const told = new Set<string>();
  return (hash: string, request: FastifyRequest, operationName: unknown): void => {
    const id = hash.slice(0, 64);
    if (told.has(id) || told.size >= MOST_TOLD) return;
    told.add(id);
    const operation = typeof operationName === 'string' ? operationName.slice(0, LONGEST_NAME) : undefined;
    const { program, traceId } = callerOf(request);
    const client = program ?? undefined;
    log.warn('document not trusted', { hash: id, operation, client, traceId });
    if (told.size === MOST_TOLD) log.warn(`more than ${MOST_TOLD} documents not trusted; further ones are not logged`);
  };
}
