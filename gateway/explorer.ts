// The explorer: GraphiQL for a browser that opens /graphql, whole in one answer, with the example operations as tabs.
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gzipSync } from 'node:zlib';
import { type Example, examples } from './examples.ts';

/** Answers browsers on GET /graphql with the explorer; everything else goes on to the graph. */
export function serveExplorer(app: FastifyInstance, now: () => Date): void {
  let page: { date: string; gzip: Buffer } | undefined; // nine megabytes, packed once a day for the examples' dates

  function pageOf(date: string): Buffer {
    if (page?.date !== date) {
      page = { date, gzip: gzipSync(pageWith(examples(now()))) };
    }
    return page.gzip;
  }

  app.addHook('onRequest', async (request, reply) => {
    if (isBrowserPage(request)) return answer(reply, pageOf(now().toISOString().slice(0, 10)));
    return undefined;
  });
}

/** The page itself. GraphiQL fills in the first tab's variables from its storage alone, so a first visit puts them there. */
function pageWith(tabs: Example[]): string {
  const variables = JSON.stringify(tabs[0]!.variables);
  const firstVisit = `if (!localStorage['graphiql:tabState']) localStorage['graphiql:variables'] = ${variables}`;
  return renderGraphiQL({ title: 'Fareloom', endpoint: '/graphql', defaultTabs: tabs }).replace(
    '<div id="root"></div>',
    (root) => `<script>${firstVisit}</script>${root}`,
  );
}

const isBrowserPage = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && url === '/graphql' && (headers.accept ?? '').includes('text/html');

const answer = (reply: FastifyReply, gzip: Buffer): FastifyReply =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-encoding', 'gzip')
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .send(gzip);
