// Reads a message's headers in linear time: kafkajs copies all of them once for each, so that a message with ten
// thousand stops the process for minutes, its session ends, and the message comes again: it would hold its partition for ever.
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
const read = prototype.readVarIntArray; // which kafkajs 2.2.4 calls for headers only, and then `reduce` on the list

/** Several values under one name become a list, as kafkajs has it. */
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
