// Reads an answer in parts from its text, strictly: every byte of multipart/mixed has to be where the format has it.
import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';

export interface ReadPart {
  path: readonly (string | number)[];
  label?: string;
  data: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A part of the body: the first has data, the others `incremental`. */
export interface Payload {
  data?: Record<string, unknown> | null;
  errors?: ReadPart['errors'];
  extensions?: Record<string, unknown>;
  incremental?: ReadPart[];
  hasNext: boolean;
}

const OPENING = '\r\n---\r\n';
const HEAD = 'content-type: application/json; charset=utf-8\r\n\r\n';

/** The payloads, each as soon as its boundary has arrived. */
export async function* readParts(body: Readable | AsyncIterable<Buffer | string>): AsyncGenerator<Payload> {
  let text = '';
  let isOpened = false;
  let isClosed = false;
  for await (const chunk of body) {
    text += String(chunk);
    if (!isOpened && text.startsWith(OPENING)) {
      isOpened = true;
      text = text.slice(OPENING.length);
    }
    for (let end; isOpened && (end = /\r\n---(--)?\r\n/.exec(text)); text = text.slice(end.index + end[0].length)) {
      assert.ok(!isClosed, 'nothing follows the last boundary');
      assert.ok(text.startsWith(HEAD), `a part begins with its content type: ${text.slice(0, 80)}`);
      const payload = JSON.parse(text.slice(HEAD.length, end.index)) as Payload;
      assert.equal(payload.hasNext, end[1] === undefined, 'the last boundary follows the part without a next');
      isClosed = !payload.hasNext;
      yield payload;
    }
  }
  assert.ok(isClosed, 'the last boundary has come');
  assert.equal(text, '');
}

/** The data after these parts: each merged at its path, whose object must be there. */
export function applied(data: unknown, parts: readonly Pick<ReadPart, 'path' | 'data'>[]): unknown {
  const whole = copied(data);
  for (const part of parts) {
    const target = part.path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], whole);
    assert.ok(typeof target === 'object' && target !== null, `the client has an object at ${part.path.join('.')}`);
    if (part.data) mergeInto(target as Record<string, unknown>, copied(part.data), part.path);
  }
  return whole;
}

function mergeInto(target: Record<string, unknown>, source: Record<string, unknown>, path: readonly unknown[]): void {
  for (const [name, value] of Object.entries(source)) {
    const at = [...path, name];
    if (!Object.hasOwn(target, name)) define(target, name, value);
    else mergeValue(target[name], value, at);
  }
}

function mergeValue(known: unknown, value: unknown, at: readonly unknown[]): void {
  if (Array.isArray(known) && Array.isArray(value)) {
    assert.equal(value.length, known.length, `a list has one length: ${at.join('.')}`);
    known.forEach((item, i) => mergeValue(item, value[i], [...at, i]));
  } else if (known === null && value === null && typeof at.at(-1) === 'number') {
    return; // a null in a list has to be passed over
  } else {
    assert.ok(isObject(known) && isObject(value), `a part has again what the client has: ${at.join('.')}`);
    mergeInto(known, value, at);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that has a key `__proto__`, too. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const define = (object: object, name: string, value: unknown): void =>
  void Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
