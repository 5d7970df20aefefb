// Sends the provider's webhooks, signed by Standard Webhooks, and retries each until the receiver accepts it.
import { Webhook as Signer } from 'standardwebhooks';
import { fetch } from 'undici';
import type { Log } from '../../logging/log.ts';
import { openOutage } from '../../process/outage.ts';
import { isTaken, type StoredWebhook } from './books.ts';
import type { Desk } from './desk.ts';
import { listedPause } from '../../../schema/terms/back-off.ts';
import { SECOND } from '../../../schema/terms/durations.ts';

const ANSWER_WITHIN = 10 * SECOND;
const LOOK_EVERY = 50; // ms; due times are judged by the provider's own clock
const REST_FOR = SECOND; // after its log could not be written; webhooks sent meanwhile are sent again
const PAUSES = [1, 5, 30, 120, 600, 3600].map((seconds) => seconds * SECOND); // the last one applies to all later attempts

export interface Sender {
  /** Sends what is due, and resolves once that was attempted. */
  flush(): Promise<void>;
  /** Stops after the attempts in progress. */
  stop(): Promise<void>;
}

/** Starts to send due webhooks, including those from before the last stop. */
export function startSending(desk: Desk, secret: string, now: () => Date, log?: Log): Sender {
  const outage = log && openOutage(log, 'the payment provider can write its log again');
  let restsUntil = -Infinity;
  const signer = new Signer(secret);
  const underway = new Map<string, Promise<void>>();

  async function send({ id, intent, body, tries }: StoredWebhook): Promise<void> {
    const at = now();
    const { webhookUrl } = desk.intent(intent);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / SECOND)),
      'webhook-signature': signer.sign(id, at, body),
    };
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const status = await fetch(webhookUrl, { method: 'POST', headers, body, signal, redirect: 'manual' })
      .then(async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      })
      .catch(() => null);
    const pause = listedPause(PAUSES, tries);
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

  /**
   * Charges late cards and sends due webhooks. While the log cannot be written, it pauses in between: nothing is lost,
   * only late.
   */
  async function look(): Promise<void> {
    if (performance.now() < restsUntil) return;
    try {
      desk.captureLate();
      await flush();
      outage?.ended();
    } catch (error) {
      restsUntil = performance.now() + REST_FOR;
      outage?.began('the payment provider cannot write its log; retrying every second', error);
    }
  }

  const timer = setInterval(() => void look(), LOOK_EVERY);
  return {
    flush,
    async stop() {
      clearInterval(timer);
      await Promise.allSettled(underway.values());
    },
  };
}
