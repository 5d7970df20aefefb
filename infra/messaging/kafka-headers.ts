// Reads a message's headers in linear time. kafkajs copies all headers once for each: a message with ten thousand
// blocks the process for minutes, its session expires, the message is delivered again, and the partition never
// advances.
import { createRequire } from 'node:module';

interface Header {
  key: string;
  value: Buffer;
}

type Headers = Record<string, Buffer | Buffer[]>;

interface Decoder {
  readVarIntArray(reader: unknown): Header[];
}

const require = createRequire(import.meta.url);
const { prototype } = require('kafkajs/src/protocol/decoder') as { prototype: Decoder };
const read = prototype.readVarIntArray; // kafkajs 2.2.4 calls this for headers only, and then `reduce` on the list

/** Several values under one name become a list, as in kafkajs. */
function grouped(headers: readonly Header[]): Headers {
  const values = Map.groupBy(headers, ({ key }) => key);
  return Object.fromEntries(
    [...values].map(([key, list]) => [key, list.length > 1 ? list.map(({ value }) => value) : list[0]!.value]),
  );
}

prototype.readVarIntArray = function (this: Decoder, reader) {
  const headers = read.call(this, reader);
  return Object.assign(headers, { reduce: () => grouped(headers) });
};
