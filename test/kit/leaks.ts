// What no answer may hold: looked for in every answer that a test gets from a gateway.
import assert from 'node:assert/strict';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** In a whole answer, whatever it tells. */
const anywhere: Readonly<Record<string, RegExp>> = {
  'a stack': /\bat (?:async |new )?[\w.<>$ ]*\(?(?:file:|node:|\/)[^\s"]+:\d+:\d+|node:internal|node_modules/,
  SQL: /\b(?:select\b[^"]{1,400}\bfrom|insert into|update|delete from|create table|alter table)\s+[`"]\w|sqlite_master/i,
  "a driver's text":
    /\b(?:SQLITE_[A-Z]+|ER_[A-Z_]{4,}|ECONN[A-Z]+|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EPIPE|UND_ERR_\w+|MikroORM|DriverException|KafkaJS\w*|ioredis|ReplyError|UNIQUE constraint failed)\b/,
  'a path of the machine': /(?:file:\/\/|\/(?:tmp|home|work|root|usr|var|app)\/)[\w.-]/,
  'the URL of a subgraph or a server': /\b(?:subgraph|mysql|mariadb|rediss?|kafka|sqlite):\/\//,
};

/** In errors, besides. Data may name the gateway's own address, as that of a page to pay on. */
const inErrors: Readonly<Record<string, RegExp>> = {
  'a host': /\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[::1?\]):\d{2,5}\b|https?:\/\//,
  'the name of a JavaScript error': /\b(?:Type|Reference|Range|Syntax|Assertion|Aggregate)Error\b/,
};

/** What of ours an answer gives away, with the place; empty for a good one. */
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

/** Throws where an answer gives something of ours away. */
export function assertKeepsToItself(answer: string): void {
  assert.deepEqual(leaksIn(answer), [], `this answer gives away what is ours: ${answer.slice(0, 2000)}`);
}

/** Has every JSON answer that the gateway injects looked at, but for its health: that tells operators what is away, in a code. */
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
