// Which URLs the database, the cache and the bus accept; infra/system/wiring.ts turns them into adapters.
import { z } from 'zod';
import { parseServerUrl, tlsOf } from './server-url.ts';

const adapters = {
  database: { embedded: 'sqlite:', schemes: ['mysql', 'mariadb'], options: ['pool', 'timeout', 'tls', 'ca'] },
  cache: { embedded: 'memory:', schemes: ['redis', 'rediss'], options: ['prefix', 'ca'] },
  bus: { embedded: 'sqlite:', schemes: ['kafka'], options: ['prefix', 'session', 'sasl', 'tls', 'ca'] },
};

/** The format of each option that does not accept any text. */
const shapes: Record<string, { shape: RegExp; advice: string }> = {
  pool: { shape: /^[1-9]\d{0,3}$/, advice: 'give pool=N, the most connections of a process to a database' },
  timeout: { shape: /^[1-9]\d*$/, advice: 'give timeout=MS, the longest that a statement may take' },
  session: { shape: /^[1-9]\d*$/, advice: 'give session=MS, how long a consumer may be silent' },
  sasl: { shape: /^(plain|scram-sha-256|scram-sha-512)$/, advice: 'give sasl=plain, scram-sha-256 or scram-sha-512' },
  tls: { shape: /^(on|off)$/, advice: 'give tls=on or tls=off' },
};

/**
 * Accepts a URL of the part's embedded adapter, or of a server for it. Its issues do not repeat the URL, which may hold
 * a password.
 */
export function adapterUrl(part: keyof typeof adapters) {
  const { embedded, schemes, options } = adapters[part];
  const usual = embedded === 'sqlite:' ? 'sqlite:FOLDER, as sqlite:.data' : embedded;
  return z.string().superRefine((text, context) => {
    if (text.startsWith(embedded)) return;
    if (schemes.some((scheme) => text.startsWith(`${scheme}://`))) faultsOf(text, options).forEach(context.addIssue);
    else context.addIssue(`give ${usual}, or ${schemes.map((scheme) => `${scheme}://HOST:PORT`).join(' or ')}`);
  });
}

function faultsOf(text: string, options: readonly string[]): string[] {
  try {
    const url = parseServerUrl(text);
    tlsOf(url);
    return [...url.options].flatMap(([name, value]) => {
      if (!options.includes(name)) return `${name} is not an option here; allowed are ${options.join(', ')}`;
      return shapes[name]?.shape.test(value) === false ? shapes[name].advice : [];
    });
  } catch (error) {
    return [(error as Error).message];
  }
}

const mailOptions = ['tls', 'ca'];

/** Where mail goes: into a folder, or to a mail server. */
export function mailUrl() {
  return z.string().superRefine((text, context) => {
    if (/^file:./.test(text)) return;
    if (/^smtps?:\/\//.test(text)) faultsOf(text, mailOptions).forEach((fault) => context.addIssue(fault));
    else context.addIssue('give file:FOLDER, as file:.data/mail, or smtp:// or smtps://USER:PASSWORD@HOST:PORT');
  });
}

/** Whether a URL names an adapter that lives inside one process. */
export const isEmbedded = (url: string): boolean => /^(sqlite|memory|demo):/.test(url);

/**
 * Accepts the address of a partner: the demo's partner in this process, as demo:FOLDER?port=4201&public=URL with
 * defaults left out, or a service at a URL.
 */
export function partnerUrl() {
  return z.string().superRefine((text, context) => {
    const { protocol = '' } = URL.canParse(text) ? new URL(text) : {};
    if (protocol === 'http:' || protocol === 'https:') return;
    if (protocol === 'demo:') demoFaults(text).forEach((fault) => context.addIssue(fault));
    else context.addIssue('give demo:, or demo:FOLDER, or http://HOST:PORT');
  });
}

const demoFaults = (text: string): string[] => {
  const { port, publicUrl } = demoPartner(text);
  return [
    ...(port !== undefined && !(port >= 0 && port <= 65_535) ? ['give port=N, a whole number from 0 to 65535'] : []),
    ...(publicUrl !== undefined && !URL.canParse(publicUrl) ? ['give public=URL, where browsers reach it'] : []),
  ];
};

/** The parts of demo:FOLDER?port=N&public=URL. */
export function demoPartner(url: string): { folder: string; port: number | undefined; publicUrl: string | undefined } {
  const [, folder = '', query] = /^demo:([^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  const options = new URLSearchParams(query);
  const port = options.get('port');
  return { folder, port: port === null ? undefined : Number(port), publicUrl: options.get('public') ?? undefined };
}
