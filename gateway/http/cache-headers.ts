// What browsers and CDNs may cache: public responses to GET, for as long as the subgraphs allow; nothing else.
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { type GatewayContext, isNobody } from '../context.ts';

const UNKEPT = 'private, no-store';
const PUBLIC = 'public, max-age=';

/** What a response depends on besides its URL: media type, encoding and credentials. */
const VARY = ['accept', 'accept-encoding', 'authorization', 'cookie'];

/** Sets the Cache-Control and Age headers of each response. */
export function sayHowLong(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response: { http, body }, contextValue, overallCachePolicy }) {
          const policy = overallCachePolicy.policyIfCacheable();
          // a response with extensions is not cached: they report invalid nulls, or explain this one request
          const isWhole = body.kind === 'single' && !body.singleResult.errors && !body.singleResult.extensions;
          const inParts = contextValue.parts?.rest !== undefined;
          const isPublic = request.http?.method === 'GET' && isWhole && !inParts && isNobody(contextValue);
          const kept = isPublic && policy?.scope === 'PUBLIC' ? `${PUBLIC}${policy.maxAge}` : UNKEPT;
          http.headers.set('cache-control', kept);
          if (contextValue.age !== null) http.headers.set('age', String(contextValue.age));
        },
      };
    },
  };
}

/** Lets clients revalidate a public response by its ETag, and keeps all other responses out of caches. */
export function serveValidators(scope: FastifyInstance): void {
  scope.addHook('onSend', async (request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', UNKEPT); // refused before execution
    vary(reply);
    const isPublic = String(reply.getHeader('cache-control')).startsWith(PUBLIC);
    if (!isPublic || typeof payload !== 'string') return payload;
    // weak: the response is the same in every content encoding
    const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
    reply.header('etag', `W/${tag}`);
    const known = request.headers['if-none-match'] ?? '';
    if (known !== '*' && !known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)) return payload;
    reply.code(304).removeHeader('content-type');
    return null;
  });
}

function vary(reply: FastifyReply): void {
  const others = String(reply.getHeader('vary') ?? '').toLowerCase();
  reply.header('vary', [...new Set([...others.split(/\s*,\s*/).filter(Boolean), ...VARY])].join(', '));
}
