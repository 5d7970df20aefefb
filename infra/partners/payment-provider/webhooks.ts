// Sends the provider's webhooks, signed by Standard Webhooks, again and again until somebody takes them in.
import { Webhook as Signer } from 'standardwebhooks';
import { fetch } from 'undici';
import { isTaken, type Webhook } from './books.ts';
import type { Desk } from './desk.ts';

const second = 1000;
const ANSWER_WITHIN = 10 * second;
const LOOK_EVERY = 50; // ms; what is due is due by the provider's own clock
const PAUSES = [1, 5, 30, 120, 600, 3600].map((seconds) => seconds * second); // the last one stands for all that follow

export interface Sender {
  /** Sends what is due, and resolves once it was tried. */
  flush(): Promise<void>;
  /** Stops once what is under way was tried. */
  stop(): Promise<void>;
}

/** Starts sending what is due, also what was due before the last stop. */
export function startSending(desk: Desk, secret: string, now: () => Date): Sender {
  const signer = new Signer(secret);
  const underway = new Map<string, Promise<void>>();

  async function send({ id, intent, body, tries }: Webhook): Promise<void> {
    const at = now();
    const { webhookUrl } = desk.intent(intent);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / second)),
      'webhook-signature': signer.sign(id, at, body),
    };
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const status = await fetch(webhookUrl, { method: 'POST', headers, body, signal, redirect: 'manual' })
      .then(async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      })
      .catch(() => null);
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)]!;
    desk.noteTry(id, status, isTaken(status) ? null : now().getTime() + pause);
  }

  async function flush(): Promise<void> {
    for (const webhook of desk.books.webhooks.values()) {
      if (webhook.dueAt > now().getTime() || underway.has(webhook.id)) continue;
      const sent = send(webhook).finally(() => underway.delete(webhook.id));
      underway.set(webhook.id, sent);
    }
    await Promise.all(underway.values());
  }

  const timer = setInterval(() => {
    desk.captureLate();
    void flush();
  }, LOOK_EVERY);
  return {
    flush,
    async stop() {
      clearInterval(timer);
      await Promise.all(underway.values());
    },
  };
}
