// HTTP metrics: the duration of each route, by status; and /metrics itself.
import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, register as ofTheProcess, Registry } from 'prom-client';
import { type InsideRoutes, serveInside } from '../http/inside.ts';
import type { OnAnswer } from '../http/plain-server.ts';
import { SECOND } from '../../schema/terms/durations.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS']; // the methods that we serve; others are (other)

export function measureHttp(registry: Registry) {
  const requests = new Histogram({
    name: 'fareloom_http_request_duration_seconds',
    help: 'HTTP requests by route and status, from arrival until the response was sent',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const answered: OnAnswer = ({ method, route, status, took }) =>
    requests.observe(
      { method: METHODS.includes(method) ? method : '(other)', route, status: String(status) },
      took / SECOND,
    );
  return {
    /** Measures an answer of a plain server. */
    answered,
    /** Measures the requests to a server of http-server.ts; an unknown path is (none). */
    requests(app: FastifyInstance): void {
      app.addHook('onResponse', async ({ method, routeOptions: { url = '(none)' } }, { statusCode, elapsedTime }) =>
        answered({ method, route: url, status: statusCode, took: elapsedTime }),
      );
    },
  };
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

/** /metrics: our metrics, and those of the process where these are collected. */
export function metricsRoutes({ registry }: { registry: Registry }): InsideRoutes {
  const all = Registry.merge([ofTheProcess, registry]);
  return { '/metrics': async () => ({ headers: { 'content-type': all.contentType }, body: await all.metrics() }) };
}

/** Serves /metrics on a server that is for internal use only. */
export const serveMetrics = (app: FastifyInstance, metrics: { registry: Registry }): void =>
  serveInside(app, metricsRoutes(metrics));
