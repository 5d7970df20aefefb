// Searches every response of a gateway in a test for text that must not leak.
import assert from 'node:assert/strict';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** Forbidden anywhere in a response. */
const anywhere: Readonly<Record<string, RegExp>> = {
  'a stack': /\bat (?:async |new )?[\w.<>$ ]*\(?(?:file:|node:|\/)[^\s"]+:\d+:\d+|node:internal|node_modules/,
  SQL: /\b(?:select\b[^"]{1,400}\bfrom|insert into|update|delete from|create table|alter table)\s+[`"]\w|sqlite_master/i,
  "a driver's text":
    /\b(?:SQLITE_[A-Z]+|ER_[A-Z_]{4,}|ECONN[A-Z]+|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EPIPE|UND_ERR_\w+|MikroORM|DriverException|KafkaJS\w*|ioredis|ReplyError|UNIQUE constraint failed)\b/,
  'a path of the machine': /(?:file:\/\/|\/(?:tmp|home|work|root|usr|var|app)\/)[\w.-]/,
  'the URL of a subgraph or a server': /\b(?:subgraph|mysql|mariadb|rediss?|kafka|sqlite):\/\//,
};

/** Also forbidden in errors. Data may name the gateway's own address, as that of a payment page. */
const inErrors: Readonly<Record<string, RegExp>> = {
  'a host': /\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[::1?\]):\d{2,5}\b|https?:\/\//,
  'the name of a JavaScript error': /\b(?:Type|Reference|Range|Syntax|Assertion|Aggregate)Error\b/,
};

/** The leaks in a response, with their places; empty for a good one. */
export function leaksIn(answer: string): string[] {
  return [...found(anywhere, answer), ...found(inErrors, errorsOf(answer))];
}

const found = (patterns: Readonly<Record<string, RegExp>>, text: string): string[] =>
  Object.entries(patterns).flatMap(([what, pattern]) => {
    const [place] = pattern.exec(text) ?? [];
    return place === undefined ? [] : [`${what}: ${place}`];
  });

function errorsOf(answer: string): string {
  try {
    return JSON.stringify((JSON.parse(answer) as { errors?: unknown } | null)?.errors ?? []);
  } catch {
    return '';
  }
}

/** Throws if a response leaks internal text. */
export function assertKeepsToItself(answer: string): void {
  assert.deepEqual(leaksIn(answer), [], `this response leaks internal text: ${answer.slice(0, 2000)}`);
}

/**
 * Checks every JSON response that the gateway injects, except its health, which names missing dependencies by a code
 * for operators.
 */
export function watched(gateway: FastifyInstance): FastifyInstance {
  const inject = gateway.inject.bind(gateway) as (options: never) => Promise<LightMyRequestResponse>;
  const watching = async (options: string | { url?: unknown }): Promise<LightMyRequestResponse> => {
    const answer = await inject(options as never);
    const url = typeof options === 'string' ? options : options.url;
    const isText = /json|text\/plain/.test(String(answer.headers['content-type']));
    if (isText && url !== '/readyz') assertKeepsToItself(answer.body);
    return answer;
  };
  return Object.assign(gateway, { inject: watching });
}
