// What is counted of HTTP: how long each route takes, by status; and the server that shows what is counted.
import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, register as ofTheProcess, Registry } from 'prom-client';
import { openServer } from '../http/http-server.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS']; // what we serve; any other is (other)

/** Gives what measures a server's requests; a path that is no route is (none). */
export function measureHttp(registry: Registry): (app: FastifyInstance) => void {
  const requests = new Histogram({
    name: 'fareloom_http_request_duration_seconds',
    help: 'HTTP requests by route and status, from their arrival until the answer was sent',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  return (app) =>
    void app.addHook('onResponse', async (request, reply) => {
      const { url = '(none)' } = request.routeOptions;
      const method = METHODS.includes(request.method) ? request.method : '(other)';
      requests.observe({ method, route: url, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    });
}

/** Gives what counts the errors of resolvers, in the subgraph that has them. */
export function measureResolvers(registry: Registry): (subgraph: string, code: string) => void {
  const errors = new Counter({
    name: 'fareloom_resolver_errors_total',
    help: 'Errors of resolvers by code; INTERNAL_SERVER_ERROR is what nobody meant to say',
    labelNames: ['subgraph', 'code'],
    registers: [registry],
  });
  return (subgraph, code) => errors.inc({ subgraph, code });
}

/** Serves /metrics: what was counted here, and what the process itself tells where that is collected. */
export function serveMetrics(app: FastifyInstance, { registry }: { registry: Registry }): void {
  const all = Registry.merge([ofTheProcess, registry]);
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', all.contentType);
    return all.metrics();
  });
}

/** A server for what is inside the system alone, beside one that is open to the world. */
export function openMetricsServer(metrics: { registry: Registry }): FastifyInstance {
  const app = openServer(1);
  serveMetrics(app, metrics);
  return app;
}
