// This machine's own addresses: no call to them goes through a proxy.
import http from 'node:http';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Makes calls to this machine direct where Node sends requests through HTTP_PROXY (NODE_USE_ENV_PROXY=1): a proxy could
 * not reach the demo's partners, the gateway or a collector here. `env` is changed, for Node's fetch and for child
 * processes; Node's http module has read it before the first line of ours runs, and is made to read it again.
 */
export function callLoopbackDirectly(env: NodeJS.ProcessEnv): void {
  if (env['NODE_USE_ENV_PROXY'] !== '1') return;
  const name = env['no_proxy'] === undefined ? 'NO_PROXY' : 'no_proxy'; // Node prefers the lower-case one
  const excepted = env[name]?.split(',') ?? [];
  env[name] = [...excepted, ...LOOPBACK.filter((host) => !excepted.includes(host))].filter(Boolean).join(',');
  http.setGlobalProxyFromEnv(env);
}
