// A subgraph behind a real socket that fails as a test chooses, and records its requests.
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { overHttp } from '../../gateway/subgraph-client/over-http.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';

/** The failure that replaces an answer. */
export type Breakage = (response: ServerResponse) => void;

const LONGEST_TIMEOUT = 60_000; // ms; so that only the gateway's own timeout applies

/** A real HTTP server with the gateway's own client for it, to place between the gateway and a subgraph. */
export async function openBrokenSubgraph() {
  let real: Call | undefined;
  const subgraph = { breakage: undefined as Breakage | undefined, asked: 0, abandoned: 0 };
  const server = createServer((request, response) => {
    subgraph.asked++;
    response.once('close', () => {
      if (!response.writableFinished) subgraph.abandoned++;
    });
    void text(request).then(async (body) => {
      if (subgraph.breakage) return subgraph.breakage(response);
      const headers = request.headers as Record<string, string>;
      const answer = await real!({ method: request.method as 'GET' | 'POST', path: request.url!, body, headers });
      return response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { call, close } = overHttp([`http://127.0.0.1:${port}`], LONGEST_TIMEOUT);

  return Object.assign(subgraph, {
    /** A client for the broken server, in place of the given one. */
    insteadOf(shipped: Call): Call {
      real = shipped;
      return call;
    },
    /** Stops listening. */
    async die() {
      server.close();
      server.closeAllConnections();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await close();
    },
  });
}

export type BrokenSubgraph = Awaited<ReturnType<typeof openBrokenSubgraph>>;

const JSON_TYPE = { 'content-type': 'application/json' };
const ANSWER = '{"data":{"shopping":{"travel":{"summary":"hunter2"}}}}';
const MEGABYTE = 'x'.repeat(1_000_000);

const says =
  (status: number, type: string, body: string): Breakage =>
  (response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);

/** Every way of failing at once over a socket. The secrets in these answers must not leak. */
export const brokenAtOnce: Readonly<Record<string, Breakage>> = {
  'speaks no HTTP': (response) => void response.socket!.end('hunter2\r\n\r\n'),
  'answers a page of HTML': says(502, 'text/html', '<html>hunter2</html>'),
  'answers 500 with what looks like an answer': says(500, 'application/json', ANSWER),
  'answers JSON under the name of HTML': says(200, 'text/html', ANSWER),
  'answers without a content type': (response) => void response.writeHead(200).end(ANSWER),
  'cuts the connection before it answers': (response) => void response.socket!.destroy(),
  'cuts it in the middle of an answer': (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': ANSWER.length });
    response.write(ANSWER.slice(0, 20), () => response.socket!.destroy());
  },
  'answers half an answer': says(200, 'application/json', ANSWER.slice(0, 20)),
  'answers 10 MB': (response) => {
    response.writeHead(200, JSON_TYPE).write('{"data":{"shopping":{"travel":{"summary":"');
    for (let megabytes = 0; megabytes < 10; megabytes++) response.write(MEGABYTE);
    response.end('"}}}}');
  },
};

/** Every way of never finishing an answer. */
export const brokenForEver: Readonly<Record<string, Breakage>> = {
  'says nothing': () => undefined,
  'begins to answer and goes silent': (response) => void response.writeHead(200, JSON_TYPE).write('{'),
  'answers a byte a second': (response) => {
    response.writeHead(200, JSON_TYPE).flushHeaders();
    let sent = 0;
    const each = setInterval(() => response.write(ANSWER[sent++]!), 1000);
    response.once('close', () => clearInterval(each));
  },
};
