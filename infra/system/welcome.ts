// What a start logs when the system is ready.
import { operation } from '../../gateway/operations/operations.ts';
import { searchIn30Days } from '../../gateway/routes/examples.ts';
import type { Log } from '../logging/log.ts';

/** Logs the endpoint; outside production also a request to try. */
export function welcome(log: Log, now: Date, address: string, production: boolean): void {
  const query = operation('search').trim().replaceAll(/\s+/g, ' '); // a line to paste
  const variables = { input: searchIn30Days(now) };
  const invitation = production ? '' : ' (open it in a browser, or paste this)';
  log.info(`Fareloom is ready: ${address}/graphql${invitation}`);
  if (production) return;
  log.info(
    `curl -s ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query, variables })}'`,
  );
}

/** The listening host as a URL contains it; localhost for an address that means all interfaces. */
export function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
