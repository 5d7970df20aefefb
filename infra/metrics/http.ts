// HTTP metrics: the duration of each route, by status; and the server for /metrics.
import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, register as ofTheProcess, Registry } from 'prom-client';
import { openServer } from '../http/http-server.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS']; // the methods that we serve; others are (other)

/** Returns a function that measures a server's requests; an unknown path is (none). */
export function measureHttp(registry: Registry): (app: FastifyInstance) => void {
  const requests = new Histogram({
    name: 'fareloom_http_request_duration_seconds',
    help: 'HTTP requests by route and status, from arrival until the response was sent',
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

/** Returns a function that counts resolver errors, by the subgraph that they occur in. */
export function measureResolvers(registry: Registry): (subgraph: string, code: string) => void {
  const errors = new Counter({
    name: 'fareloom_resolver_errors_total',
    help: 'Resolver errors by code; INTERNAL_SERVER_ERROR is an unexpected error',
    labelNames: ['subgraph', 'code'],
    registers: [registry],
  });
  return (subgraph, code) => errors.inc({ subgraph, code });
}

/** Serves /metrics: our metrics, and those of the process where these are collected. */
export function serveMetrics(app: FastifyInstance, { registry }: { registry: Registry }): void {
  const all = Registry.merge([ofTheProcess, registry]);
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', all.contentType);
    return all.metrics();
  });
}

/** A server for internal use only, beside one that is open to the internet. */
export function openMetricsServer(metrics: { registry: Registry }): FastifyInstance {
  const app = openServer(1);
  serveMetrics(app, metrics);
  return app;
}
