// The Kafka client for a URL: brokers, TLS, login, and the parts of its log that are worth reading.
import { Kafka, logLevel, type LogEntry, type SASLOptions } from 'kafkajs';
import './kafka-headers.ts';
import type { Log } from '../logging/log.ts';
import { parseServerUrl, type ServerUrl, tlsOf } from '../config/server-url.ts';
import { MINUTE, SECOND } from '../../schema/terms/durations.ts';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/**
 * A client of the brokers in a URL, as
 * `kafka://user:password@one:9092,two:9092?sasl=scram-sha-256&tls=on&ca=/file.pem`. It connects at the first use.
 */
export function openKafkaClient(text: string, log: Log): Kafka {
  const url = parseServerUrl(text);
  const tls = tlsOf(url);
  const sasl = saslOf(url);
  return new Kafka({
    clientId: 'fareloom',
    brokers: url.hosts.map(({ host, port }) => `${host}:${port}`),
    ...(tls && { ssl: { ...tls } }),
    ...(sasl && { sasl }),
    connectionTimeout: 3 * SECOND,
    requestTimeout: 10 * SECOND,
    retry: { initialRetryTime: 100, maxRetryTime: 2 * SECOND, retries: 5 }, // then the caller backs off, or a consumer restarts
    logLevel: logLevel.INFO,
    logCreator: () => {
      const said = new Map<string, number>();
      return (entry) => write(log, entry, said);
    },
  });
}

function saslOf({ user, password, options }: ServerUrl): SASLOptions | undefined {
  if (!user) return undefined;
  const asked = options.get('sasl') ?? 'plain';
  const mechanism = MECHANISMS.find((name) => name === asked);
  if (!mechanism) throw new Error(`sasl=${asked} is not known; give ${MECHANISMS.join(', ')}`);
  return { mechanism, username: user, password: password ?? '' };
}

/** Routine answers of the protocol that kafkajs logs as errors. */
const ORDINARY =
  /rebalanc|coordinator|not aware of this member|joining the group|generation|member_id|not the leader|topic creation|does not host this|leadership election/i;

const SAID_EVERY = MINUTE; // while a broker is away kafkajs logs the same line at each attempt

/** Logs kafkajs' errors as warnings, because it retries; routine and repeated lines are at debug level. */
function write(
  log: Log,
  { level, namespace, log: { message, timestamp: _, logger: __, ...fields } }: LogEntry,
  said: Map<string, number>,
): void {
  const text = `${namespace}: ${message}`;
  const isRepeated = performance.now() - (said.get(text) ?? -Infinity) < SAID_EVERY;
  if (level === logLevel.ERROR && !isRepeated) said.set(text, performance.now());
  const isOrdinary = level > logLevel.ERROR || isRepeated || ORDINARY.test(`${message} ${String(fields['error'])}`);
  if (isOrdinary) log.debug(text, { service: 'kafka', ...fields });
  else log.warn(text, { service: 'kafka', error: fields['error'], broker: fields['broker'] });
}
