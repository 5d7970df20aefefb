// A private Redis without persistence, so that a kill empties it.
import { programOf, requiredProgram } from './program.ts';
import type { Lock, Recipe } from './recipe.ts';
import { freePorts } from './server.ts';

export const redis: Recipe = {
  missing: () =>
    programOf('redis-server')
      ? undefined
      : 'Redis is missing: there is no redis-server; get it with: apt-get install redis-server',

  async prepare(dir, lock) {
    const [port] = (await freePorts(1)) as [number];
    return {
      name: 'redis',
      dir,
      port,
      command: requiredProgram('redis-server'),
      args: ['--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no', ...locked(port, lock)],
      url: lock
        ? `rediss://${lock.user}:${encodeURIComponent(lock.password)}@127.0.0.1:${port}?ca=${lock.ca}`
        : `redis://127.0.0.1:${port}`,
    };
  },
};

function locked(port: number, lock?: Lock): string[] {
  if (!lock) return ['--port', String(port)];
  const { user, password, cert, key, ca } = lock;
  const tls = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ca, '--tls-auth-clients', 'no'];
  const users = ['--user', 'default', 'off', '--user', user, 'on', `>${password}`, '~*', '&*', '+@all'];
  return ['--port', '0', '--tls-port', String(port), ...tls, ...users];
}
