// What a browser or a CDN may keep: public answers by GET, for as long as the subgraphs allow; nothing else.
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { type GatewayContext, isNobody } from '../context.ts';

const UNKEPT = 'private, no-store';
const PUBLIC = 'public, max-age=';

/** What an answer depends on besides its address: its form, and who asks. */
const VARY = ['accept', 'accept-encoding', 'authorization', 'cookie'];

/** Says of each answer how long it may be kept, and how old it is. */
export function sayHowLong(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response: { http, body }, contextValue, overallCachePolicy }) {
          const policy = overallCachePolicy.policyIfCacheable();
          // in the extensions the gateway tells of nulls that the schema does not allow, and explain of this one request
          const isWhole = body.kind === 'single' && !body.singleResult.errors && !body.singleResult.extensions;
          const isPublic = request.http?.method === 'GET' && isWhole && isNobody(contextValue);
          const kept = isPublic && policy?.scope === 'PUBLIC' ? `${PUBLIC}${policy.maxAge}` : UNKEPT;
          http.headers.set('cache-control', kept);
          if (contextValue.age !== null) http.headers.set('age', String(contextValue.age));
        },
      };
    },
  };
}

/** Lets who has a public answer already ask whether it is still the same, and keeps all others out of caches. */
export function serveValidators(scope: FastifyInstance): void {
  scope.addHook('onSend', async (request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', UNKEPT); // refused before it was a question
    vary(reply);
    const isPublic = String(reply.getHeader('cache-control')).startsWith(PUBLIC);
    if (!isPublic || typeof payload !== 'string') return payload;
    // weak: the answer is the same, however it is packed
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
