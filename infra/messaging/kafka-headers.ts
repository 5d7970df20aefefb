// Reads a message's headers in linear time. kafkajs copies all headers once for each: a message with ten thousand
// blocks the process for minutes, its session expires, the message is delivered again, and the partition never
// advances.
import { grouped } from '../../schema/values/non-empty.ts';
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
function asKafkajs(headers: readonly Header[]): Headers {
  const values = grouped(headers, ({ key }) => key);
  return Object.fromEntries(
    [...values].map(([key, list]) => {
      const [first, ...others] = list;
      return [key, others.length ? list.map(({ value }) => value) : first.value];
    }),
  );
}

prototype.readVarIntArray = function (this: Decoder, reader) {
  const headers = read.call(this, reader);
  return Object.assign(headers, { reduce: () => asKafkajs(headers) });
};
