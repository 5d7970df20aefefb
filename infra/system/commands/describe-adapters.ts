// Which adapters the configuration chooses, as a start says it.
import type { Config } from '../../config/env.ts';
import { masked } from '../../config/server-url.ts';

/** What a URL's scheme stands for. */
const kinds: Record<string, string> = {
  sqlite: 'embedded: SQLite files of this process',
  memory: 'embedded: in this process',
  mysql: 'MySQL: one database per room',
  mariadb: 'MariaDB: one database per room',
  redis: 'Redis',
  rediss: 'Redis by TLS',
  kafka: 'Kafka',
  demo: 'the demo of this machine: no money moves, nobody flies',
  http: 'a partner',
  https: 'a partner',
  file: 'a folder of this machine',
  smtp: 'a mail server',
  smtps: 'a mail server by TLS',
};

/** A line for each part: the URL that it is reached by, without a password, and what that stands for. */
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
    line: `${masked(url)} (${kinds[url.split(':')[0]!]})`,
  }));
}
