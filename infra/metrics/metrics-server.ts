// The server of metrics beside one that is open to the internet.
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { openServer } from '../http/http-server.ts';
import { serveMetrics } from './http.ts';

/** A server for internal use only; its caller may serve more on it. */
export function openMetricsServer(metrics: { registry: Registry }): FastifyInstance {
  const app = openServer(1);
  serveMetrics(app, metrics);
  return app;
}
