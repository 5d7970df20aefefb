// A client that delays a request's body: it sends the headers and ten bytes, and the rest when the test says so.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { setImmediate as othersTurn } from 'node:timers/promises';

const FIRST_BYTES = 10;

export interface HeldBack {
  /** Sends the rest of the body; resolves with the answer. */
  finish(): Promise<{ status: number; text: string }>;
}

/** Begins a POST to /graphql; resolves once the first bytes are sent. */
export async function heldBack(port: number, body: object, headers: Record<string, string>): Promise<HeldBack> {
  const text = Buffer.from(JSON.stringify(body));
  const sending = request({
    ...{ port, host: '127.0.0.1', method: 'POST', path: '/graphql', agent: false },
    headers: { ...headers, 'content-type': 'application/json', 'content-length': text.length },
  });
  // the gateway may refuse before it has read the body
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  await new Promise<void>((sent) => sending.write(text.subarray(0, FIRST_BYTES), () => sent()));
  await othersTurn();
  return {
    async finish() {
      sending.end(text.subarray(FIRST_BYTES));
      const [response] = await answered;
      let said = '';
      for await (const chunk of response.setEncoding('utf8')) said += chunk as string;
      return { status: response.statusCode!, text: said };
    },
  };
}
