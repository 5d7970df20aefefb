// Whether an error means that a server could not be reached: neither a message nor the configuration caused it.

const OUT_OF_REACH = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'], // the machine, or the network to it, is down
  ...['PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR'], // codes of database servers
]);

/** The same from kafkajs; a refused login is none of these. */
const KAFKA = new Set([
  ...['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSBrokerNotFound', 'KafkaJSRequestTimeoutError'],
  ...['KafkaJSGroupCoordinatorNotFound', 'KafkaJSLockTimeout', 'KafkaJSMetadataNotLoaded'],
]);

/** Checks the error and its causes. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, type, retriable } = error as Error & { code?: unknown; type?: string; retriable?: boolean };
  return (
    (typeof code === 'string' && OUT_OF_REACH.has(code)) ||
    KAFKA.has(name) ||
    (name === 'KafkaJSProtocolError' && retriable === true && type !== undefined) || // the broker is starting, or elects leaders
    isOutOfReach(error.cause)
  );
}
