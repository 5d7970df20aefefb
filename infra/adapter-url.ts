// The three URLs that choose adapters: which schemes and options each takes.
import { z } from 'zod';
import { parseServerUrl, tlsOf } from './server-url.ts';

const adapters = {
  database: { embedded: 'sqlite:', schemes: ['mysql', 'mariadb'], options: ['pool', 'timeout', 'tls', 'ca'] },
  cache: { embedded: 'memory:', schemes: ['redis', 'rediss'], options: ['prefix', 'ca'] },
  bus: { embedded: 'sqlite:', schemes: ['kafka'], options: ['prefix', 'session', 'sasl', 'tls', 'ca'] },
};

/** The shapes of those options that do not take any text. */
const shapes: Record<string, { shape: RegExp; advice: string }> = {
  pool: { shape: /^[1-9]\d{0,3}$/, advice: 'give pool=N, the most connections of a process to a room' },
  timeout: { shape: /^[1-9]\d*$/, advice: 'give timeout=MS, the longest that a statement may take' },
  session: { shape: /^[1-9]\d*$/, advice: 'give session=MS, how long a consumer may be silent' },
  sasl: { shape: /^(plain|scram-sha-256|scram-sha-512)$/, advice: 'give sasl=plain, scram-sha-256 or scram-sha-512' },
  tls: { shape: /^(on|off)$/, advice: 'give tls=on or tls=off' },
};

/** A URL of the embedded adapter of a part, or of a server for it. Its faults do not repeat it: it may hold a password. */
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
      if (!options.includes(name)) return `${name} is no option here; there are ${options.join(', ')}`;
      return shapes[name]?.shape.test(value) === false ? shapes[name].advice : [];
    });
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Whether a URL names what lives inside one process. */
export const isEmbedded = (url: string): boolean => /^(sqlite|memory):/.test(url);
