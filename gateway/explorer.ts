// The explorer: GraphiQL for a browser that opens /graphql, whole in one answer, with the example operations as tabs.
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gzipSync } from 'node:zlib';
import { type Example, examples } from './examples.ts';

/** Answers browsers on GET /graphql with the explorer, and sends them there from /; everything else goes on to the graph. */
export function serveExplorer(app: FastifyInstance, now: () => Date): void {
  let page: { date: string; gzip: Buffer } | undefined; // nine megabytes, packed once a day for the examples' dates

  function pageOf(date: string): Buffer {
    if (page?.date !== date) {
      page = { date, gzip: gzipSync(pageWith(examples(now()))) };
    }
    return page.gzip;
  }

  app.addHook('onRequest', async (request, reply) => {
    if (!isBrowserPage(request)) return undefined;
    const [path] = request.url.split('?'); // GraphiQL writes the query into the address, and a reload asks with it
    if (path === '/') return reply.redirect('/graphql');
    if (path === '/graphql' || path === '/graphql/') return answer(reply, pageOf(now().toISOString().slice(0, 10)));
    return undefined;
  });
}

/**
 * The page itself. GraphiQL fills in the first tab's variables from its storage alone, and after a reload it knows the
 * tab that was open by the query in there: so a first visit puts both there.
 */
function pageWith(tabs: Example[]): string {
  const { query, variables } = tabs[0]!;
  const stored = JSON.stringify({ 'graphiql:query': query, 'graphiql:variables': variables });
  const firstVisit = `if (!localStorage['graphiql:tabState']) Object.assign(localStorage, ${stored})`;
  return renderGraphiQL({ title: 'Fareloom', endpoint: '/graphql', defaultTabs: tabs }).replace(
    '<div id="root"></div>',
    (root) => `${STILL_TABS}<script>${firstVisit}</script>${root}`,
  );
}

// a tab that gets the focus jumps in GraphiQL's own style, away from under the pointer: the click is lost
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style>';

const isBrowserPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html');

const answer = (reply: FastifyReply, gzip: Buffer): FastifyReply =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-encoding', 'gzip')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .send(gzip);
