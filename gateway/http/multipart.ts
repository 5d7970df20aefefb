// Writes an answer in parts: multipart/mixed in the format of `deferSpec=20220824`, each part as soon as it is there.
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { Later } from '../execution/parts/later-parts.ts';

const BOUNDARY = '-';
const MEDIA_TYPE = `multipart/mixed; boundary="${BOUNDARY}"; deferSpec=20220824`;

/** Whether an `Accept` header names the format of the parts. */
export const namesParts = (accept: string | undefined): boolean =>
  accept !== undefined && accept.toLowerCase().split(',').some(isPartsRange);

function isPartsRange(range: string): boolean {
  const [type, ...parameters] = range.split(';').map((each) => each.trim());
  const spec = parameters.some((each) => /^deferspec\s*=\s*"?20220824"?$/.test(each));
  return type === 'multipart/mixed' && spec && !parameters.some((each) => /^q\s*=\s*0(\.0*)?$/.test(each));
}

/** Answers with the parts. `first` is the JSON of the first one. Packs them by gzip if the client reads it. */
export function sendParts(request: FastifyRequest, reply: FastifyReply, first: string, rest: AsyncIterable<Later>) {
  const parts = Readable.from(texts(first, rest));
  reply.header('content-type', MEDIA_TYPE);
  const encoding = new Negotiator({ headers: request.headers }).encoding(['gzip', 'identity']);
  if (encoding !== 'gzip') return reply.send(parts);
  // the usual compression gathers what it gets; this one sends each part at once
  const packed = createGzip({ flush: constants.Z_SYNC_FLUSH });
  return reply.header('content-encoding', 'gzip').send(pipeline(parts, packed, () => undefined));
}

async function* texts(first: string, rest: AsyncIterable<Later>): AsyncGenerator<string> {
  yield `\r\n--${BOUNDARY}\r\n${partOf(`${first.trimEnd().slice(0, -1)},"hasNext":true}`, true)}`;
  for await (const later of rest) yield partOf(JSON.stringify(later), later.hasNext);
}

const partOf = (json: string, hasNext: boolean): string =>
  `content-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--${BOUNDARY}${hasNext ? '' : '--'}\r\n`;
