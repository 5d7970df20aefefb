// Describes the adapters that the configuration chooses; a start logs them.
import type { Config } from '../config/config.ts';
import { masked } from '../../config/server-url.ts';

/** The meaning of a URL's scheme. */
const kinds: Record<string, string> = {
  sqlite: 'embedded: SQLite files of this process',
  memory: 'embedded: in this process',
  mysql: 'MySQL: one database per subgraph',
  mariadb: 'MariaDB: one database per subgraph',
  redis: 'Redis',
  rediss: 'Redis by TLS',
  kafka: 'Kafka',
  demo: 'the demo partner on this machine: no real payments or tickets',
  http: 'a partner',
  https: 'a partner',
  file: 'a folder on this machine',
  smtp: 'a mail server',
  smtps: 'a mail server by TLS',
};

/** A line for each part: its URL, with the password masked, and what the scheme means. */
export function describeAdapters(config: Config): { service: string; line: string }[] {
  const chosen = {
    database: config.DATABASE_URL,
    cache: config.REDIS_URL,
    bus: config.KAFKA_URL,
    payments: config.PAYMENT_PROVIDER_URL,
    tickets: config.TICKET_ISSUER_URL,
    mail: config.MAIL_URL,
  };
  return Object.entries(chosen).map(([service, url]) => ({
    service,
    line: `${masked(url)} (${kinds[url.replace(/:.*/s, '')] ?? 'another adapter'})`,
  }));
}
