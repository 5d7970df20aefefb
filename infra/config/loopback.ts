// Keeps calls to this machine's own addresses off a proxy.
import http from 'node:http';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Sends calls to this machine directly when Node uses HTTP_PROXY (NODE_USE_ENV_PROXY=1): a proxy could not reach the
 * demo's partners, the gateway or a collector here. Changes `env`, for Node's fetch and for child processes. Node's
 * http module has read it before our first line runs, and is made to read it again.
 */
export function callLoopbackDirectly(env: NodeJS.ProcessEnv): void {
  if (env['NODE_USE_ENV_PROXY'] !== '1') return;
  const name = env['no_proxy'] === undefined ? 'NO_PROXY' : 'no_proxy'; // Node prefers the lower-case name
  const excepted = env[name]?.split(',') ?? [];
  env[name] = [...excepted, ...LOOPBACK.filter((host) => !excepted.includes(host))].filter(Boolean).join(',');
  http.setGlobalProxyFromEnv(env);
}
