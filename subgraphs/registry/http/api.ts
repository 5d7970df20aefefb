// The HTTP API of the registry, for `npm run schema`: JSON in, JSON out, with a token. It has a port of its own, so that
// a supergraph that fails can be rolled back.
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openServer } from '../../../infra/http/http-server.ts';
import type { Log } from '../../../infra/logging/log.ts';
import { isRefused } from '../../../schema/errors.ts';
import type { RegistryRefusal, RegistryRefusalCode } from '../rules/refusal.ts';
import type { RegistryStores } from '../store/stores.ts';
import type { ApiRequest, ApiRoute } from './api-route.ts';
import { serveHistory } from './history-api.ts';
import { servePublishing } from './publishing-api.ts';

const LARGEST_BODY = 8_000_000; // bytes; a check refuses an SDL of more than one million with a sentence

const status: Readonly<Partial<Record<RegistryRefusalCode, number>>> = {
  UNKNOWN_SUBGRAPH: 404,
  UNKNOWN_VERSION: 404,
  NOT_ALLOWED: 403,
  SUBGRAPH_EXISTS: 409,
  VERSION_CHANGED: 409,
  OVERTAKEN: 409,
  NAME_REUSED: 409,
  NOTHING_SERVED: 409,
  CHECK_FAILED: 422,
};

/** The server, ready to listen. */
export function openApi(stores: RegistryStores, log: Log): FastifyInstance {
  const app = openServer(LARGEST_BODY);
  readJson(app);
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 500) log.error('registry request failed', { error });
    const message = statusCode >= 500 ? 'The registry failed; its log has the reason.' : error.message;
    return reply.code(statusCode).send({ error: { code: statusCode >= 500 ? 'FAILED' : 'BAD_INPUT', message } });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'The registry has no such path.' } }),
  );
  app.get('/livez', async () => ({}));

  const route: ApiRoute = (method, url, handle) =>
    app.route({
      ...{ method, url },
      async handler(request, reply) {
        const holder = await stores.teams.holderOf(tokenIn(request));
        if (!holder) return reply.code(401).send({ error: UNAUTHENTICATED });
        const { params, query, body } = request as FastifyRequest & Omit<ApiRequest, 'holder'>;
        const answer = await handle({ holder, params, query, body });
        if (!isRefused(answer)) return answer;
        const { refused: code, because: message, findings } = answer as RegistryRefusal;
        return reply.code(status[code] ?? 400).send({ error: { code, message, ...(findings && { findings }) } });
      },
    });
  servePublishing(route, stores);
  serveHistory(route, stores);
  return app;
}

const UNAUTHENTICATED = {
  code: 'UNAUTHENTICATED',
  message:
    'The registry does not know this token, or it has ended: an operator makes another with `subgraph token NAME`.',
};

const tokenIn = ({ headers: { authorization = '' } }: FastifyRequest): string =>
  /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';

/** JSON that is valid UTF-8: with replaced characters, another schema would be published than the team wrote. */
function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    const read = readBody(body);
    if (typeof read === 'string') done(Object.assign(new Error(read), { statusCode: 400 }));
    else done(null, read.json);
  });
}

/** The JSON in a body, or what is wrong with it. */
function readBody(body: Buffer): { json: unknown } | string {
  if (!isUtf8(body)) return 'The request is not valid UTF-8: save the schema as UTF-8.';
  try {
    return { json: body.length ? (JSON.parse(body.toString()) as unknown) : undefined };
  } catch {
    return 'The request is not valid JSON.';
  }
}
