// One HTTP exchange with a replica, by undici's dispatch: its request makes a stream for each answer and copies it, at
// twice the processor time.
import type { Dispatcher } from 'undici';
import type { SubgraphRequest, SubgraphResponse } from '../../schema/wire/subgraph-call.ts';

const FINAL = 200; // the lowest status of an answer; those below precede it

/**
 * Sends a request and reads the whole answer. Rejects with undici's error, or with the signal's reason; a request that
 * still waits for a connection then is not sent.
 */
export function exchange(to: Dispatcher, request: SubgraphRequest): Promise<SubgraphResponse> {
  const { method, path, headers, body, signal } = request;
  const { promise, resolve, reject } = Promise.withResolvers<SubgraphResponse>();
  const answer: SubgraphResponse = { status: 0, headers: {}, body: '' };
  const chunks: Buffer[] = [];
  let abort = (): void => undefined;
  to.dispatch(
    { method, path, headers, body: method === 'GET' ? null : body },
    {
      onRequestStart(controller) {
        abort = () => controller.abort(signal?.reason as Error);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      },
      onResponseStart(_controller, status, received) {
        if (status < FINAL) return;
        answer.status = status;
        for (const [name, value] of Object.entries(received)) answer.headers[name] = String(value);
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd() {
        signal?.removeEventListener('abort', abort);
        answer.body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
        resolve(answer);
      },
      onResponseError(_controller, error) {
        signal?.removeEventListener('abort', abort);
        reject(error);
      },
    },
  );
  return promise;
}
