// The explorer: GraphiQL for browsers that open /graphql, complete in one response, with the example operations of the
// supergraph that is served as tabs.
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gzipSync } from 'node:zlib';
import { CSRF_HEADER } from '../authentication/session-cookies.ts';
import { invalid } from '../documents/manifest.ts';
import type { Graph } from '../supergraph/graph.ts';
import { type Example, examples } from './examples.ts';
import { updateTabs } from './explorer-tabs.ts';

/**
 * Answers browsers on GET /graphql with the explorer, and redirects them there from /; all other requests reach
 * GraphQL.
 */
export function serveExplorer(app: FastifyInstance, now: () => Date, current: () => Graph): void {
  // nine megabytes, compressed once a day, as the examples have dates, and for each supergraph
  let page: { date: string; of: Graph['artifact']; gzip: Buffer } | undefined;

  function pageOf(date: string): Buffer {
    const { artifact: of, schema } = current();
    if (page?.date !== date || page.of !== of) {
      const tabs = examples(now()).filter(({ query }) => invalid(query, schema).length === 0);
      page = { date, of, gzip: gzipSync(pageWith(tabs, date)) };
    }
    return page.gzip;
  }

  app.addHook('onRequest', async (request, reply) => {
    if (!isBrowserPage(request)) return undefined;
    const [path] = request.url.split('?'); // GraphiQL writes the query into the URL, and a reload sends it
    if (path === '/') return reply.redirect('/graphql');
    if (path === '/graphql' || path === '/graphql/') return answer(reply, pageOf(now().toISOString().slice(0, 10)));
    return undefined;
  });
}

/** The page. Its requests carry the session's cookies and therefore need the CSRF header. */
function pageWith(tabs: Example[], today: string): string {
  const additionalHeaders = { [CSRF_HEADER]: '1' };
  return renderGraphiQL({ title: 'Fareloom', endpoint: '/graphql', defaultTabs: tabs, additionalHeaders }).replace(
    '<div id="root"></div>',
    (root) => `${STILL_TABS}<script>${openingScript(tabs, today)}</script>${root}`,
  );
}

/** Runs before GraphiQL, which reads the tabs and the URL at its start. */
const openingScript = (tabs: Example[], today: string): string => `{
  const address = new URL(location);
  (${String(updateTabs)})(localStorage, address, ${JSON.stringify(tabs).replaceAll('<', '\\u003c')}, '${today}');
  history.replaceState({}, '', address);
}`;

// GraphiQL's own style moves a focused tab away from under the pointer, so the click is lost
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
