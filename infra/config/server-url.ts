// URLs of servers: scheme://user:password@host:port,host:port/path?option=value
import { readFileSync } from 'node:fs';

export interface ServerUrl {
  scheme: string;
  user?: string;
  password?: string;
  hosts: { host: string; port: number }[];
  path: string;
  options: URLSearchParams;
}

/** What to do about TLS: the certificate authorities to trust where not the usual ones (PEM). */
export interface Tls {
  ca?: string;
}

const usualPorts: Record<string, number> = {
  mysql: 3306,
  mariadb: 3306,
  redis: 6379,
  rediss: 6379,
  kafka: 9092,
  smtp: 587,
  smtps: 465,
};

const SHAPE = /^(\w+):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

const HOW = 'scheme://user:password@host:port, with %40 for an @, %2F for a / and %3F for a ? in the password';

/** The parts of a URL. Throws an Error with a sentence that does not repeat the URL: it may hold a password. */
export function parseServerUrl(text: string): ServerUrl {
  const [, scheme = '', user, password, hosts = '', path = '', options] = SHAPE.exec(text) ?? [];
  if (!usualPorts[scheme] || path.includes('@')) {
    throw new Error(`give ${HOW}`);
  }
  return {
    scheme,
    ...(user && { user: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
    hosts: hosts.split(',').map((host) => hostOf(host, usualPorts[scheme]!)),
    path,
    options: new URLSearchParams(options),
  };
}

function hostOf(text: string, usual: number) {
  const [, bracketed, host, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const name = bracketed ?? host;
  // without repeating it: where an @ or a host was forgotten, a password stands there
  if (!name || Number(port ?? 1) > 65_535) throw new Error(`the host is none; give ${HOW}`);
  return { host: name, port: port ? Number(port) : usual };
}

/** How the URL wants TLS: by its scheme (rediss, smtps) or `tls=on`, trusting the file in `ca` where it names one. */
export function tlsOf({ scheme, options }: ServerUrl): Tls | undefined {
  if (scheme !== 'rediss' && scheme !== 'smtps' && options.get('tls') !== 'on') return undefined;
  const file = options.get('ca');
  if (!file) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch {
    throw new Error(`ca=${file} cannot be read`);
  }
}

/** The URL without its password, as it may be logged. */
export const masked = (url: string): string => url.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@'); // to the last @: a password may hold one

/** Where a URL of a server leads: hosts and ports, without a login. */
export const addressOf = (url: string): string =>
  parseServerUrl(url)
    .hosts.map(({ host, port }) => `${host}:${port}`)
    .join();
