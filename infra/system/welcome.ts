// What a start logs when the system is ready.
import { examples } from '../../gateway/routes/examples.ts';
import type { Log } from '../logging/log.ts';

/** Logs the endpoint; outside production also a request to try. */
export function welcome(log: Log, now: Date, address: string, production: boolean): void {
  const { variables } = examples(now)[0]!;
  const { input } = JSON.parse(variables) as { input: object };
  const query =
    'query Shopping($input: ShoppingInput!) { shopping(input: $input) { price { total { amount currency } } ' +
    'calendar { lowest { date price { amount } } } travel { summary } } }';
  const invitation = production ? '' : ' (open it in a browser, or paste this)';
  log.info(`Fareloom is ready: ${address}/graphql${invitation}`);
  if (production) return;
  log.info(
    `curl -s ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`,
  );
}

/** The listening host as a URL contains it; localhost for an address that means all interfaces. */
export function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
