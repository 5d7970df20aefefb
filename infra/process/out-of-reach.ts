// Whether an error says that a server could not be reached: neither a message nor the configuration is to blame for that.

const OUT_OF_REACH = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'], // its machine, or the way to it, is down
  ...['PROTOCOL_CONNECTION_LOST', 'ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR'], // as a database server says it
]);

/** As kafkajs says it; a login that is refused is none of these. */
const KAFKA = new Set([
  ...['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSBrokerNotFound', 'KafkaJSRequestTimeoutError'],
  ...['KafkaJSGroupCoordinatorNotFound', 'KafkaJSLockTimeout', 'KafkaJSMetadataNotLoaded'],
]);

/** Looks at the error and at its causes. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, type, retriable } = error as Error & { code?: unknown; type?: string; retriable?: boolean };
  return (
    (typeof code === 'string' && OUT_OF_REACH.has(code)) ||
    KAFKA.has(name) ||
    (name === 'KafkaJSProtocolError' && retriable === true && type !== undefined) || // it is starting, or elects leaders
    isOutOfReach(error.cause)
  );
}
