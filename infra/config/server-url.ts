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

/** TLS settings: the certificate authorities (PEM) to trust instead of the system's. */
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

/** The parts of a URL. Throws an Error whose message does not repeat the URL, which may hold a password. */
export function parseServerUrl(text: string): ServerUrl {
  const [, scheme = '', user, password, hosts = '', path = '', options] = SHAPE.exec(text) ?? [];
  const usual = usualPorts[scheme];
  if (usual === undefined || path.includes('@')) {
    throw new Error(`give ${HOW}`);
  }
  return {
    scheme,
    ...(user && { user: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
    hosts: hosts.split(',').map((host) => hostOf(host, usual)),
    path,
    options: new URLSearchParams(options),
  };
}

function hostOf(text: string, usual: number) {
  const [, bracketed, host, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const name = bracketed ?? host;
  // the message does not repeat the text: where an @ or a host is missing, it may be a password
  if (!name || Number(port ?? 1) > 65_535) throw new Error(`the host is missing or not valid; give ${HOW}`);
  return { host: name, port: port ? Number(port) : usual };
}

/**
 * The TLS settings of the URL, which are on by its scheme (rediss, smtps) or by `tls=on`; `ca` names a file of
 * certificate authorities. Undefined without TLS.
 */
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

/** The URL without its password, for logs. */
export const masked = (url: string): string => url.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@'); // up to the last @: a password may contain one

/** The hosts and ports of a server URL, without a login. */
export const addressOf = (url: string): string =>
  parseServerUrl(url)
    .hosts.map(({ host, port }) => `${host}:${port}`)
    .join();
