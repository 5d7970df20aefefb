// The payment provider over HTTP, in the protocol of our demo provider.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import { Pool } from 'undici';
import { z } from 'zod';
import {
  type Amount,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnavailable,
  type WebhookHeaders,
} from './payment-provider.ts';
import { SECOND } from '../../schema/terms/durations.ts';

export interface HttpProviderOptions {
  url: string;
  apiKey: string;
  /** In base64; all of them are accepted, so that they can be rotated. */
  webhookSecrets: readonly string[];
}

const ANSWER_WITHIN = 3 * SECOND; // less than SUBGRAPH_TIMEOUT, so that the payer's request gets an answer
const CONNECT_WITHIN = 1 * SECOND;
const CONNECTIONS = 32;
const TOLERANCE = 5 * 60; // seconds by which a webhook's timestamp may differ from now

const amount = z.object({ amount: z.number().int().nonnegative(), currency: z.string().length(3) });
const intentShape = z.object({
  id: z.string(),
  reference: z.string(),
  status: z.enum(['OPEN', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
  captured: amount.nullable(),
  failure: z.string().nullable(),
});
const stated = z.object({
  intents: z.array(
    intentShape.omit({ failure: true }).extend({
      refunds: z.array(z.object({ key: z.string(), amount: z.number().int().positive() })),
    }),
  ),
  next: z.string().nullable(),
});
const created = intentShape.extend({ pageUrl: z.url({ protocol: /^https?$/ }) });
const refunded = z.object({ id: z.string() });
const told = z.object({ data: intentShape });
const refusal = z.object({ error: z.object({ code: z.string() }) });

/** The provider at a URL. Calls are not retried here: the caller decides, with the same key. */
export function httpProvider({ url, apiKey, webhookSecrets }: HttpProviderOptions): PaymentProvider {
  const { origin } = new URL(url);
  const limits = { headersTimeout: ANSWER_WITHIN, bodyTimeout: ANSWER_WITHIN };
  const pool = new Pool(origin, { connections: CONNECTIONS, connect: { timeout: CONNECT_WITHIN }, ...limits });
  const signers = webhookSecrets.map((secret) => new Signer(secret));

  async function call<T>(shape: z.ZodType<T>, path: string, body?: object, key?: string): Promise<T> {
    const { statusCode, text } = await pool
      .request({
        method: body ? 'POST' : 'GET',
        path,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: body ? JSON.stringify(body) : null,
      })
      .then(async (answer) => ({ statusCode: answer.statusCode, text: await answer.body.text() }))
      .catch((cause: unknown) => {
        throw new ProviderUnavailable('the payment provider did not answer', { cause });
      });
    const content = json(text);
    if (statusCode >= 500 || statusCode === 429 || statusCode === 401)
      throw new ProviderUnavailable(`the payment provider answered ${statusCode}`);
    if (statusCode >= 400) throw new ProviderRefused(refusal.safeParse(content).data?.error.code ?? String(statusCode));
    const parsed = shape.safeParse(content);
    if (!parsed.success) throw new ProviderUnavailable('the payment provider sent an answer of an unknown shape');
    return parsed.data;
  }

  const at = (id: string, what = ''): string => `/v1/intents/${encodeURIComponent(id)}${what}`;
  return {
    createIntent: ({ key, ...wanted }) => call(created, '/v1/intents', wanted, key),

    intent: (id) =>
      call(intentShape, at(id)).catch((error: unknown) => {
        if (error instanceof ProviderRefused && error.code === 'NOT_FOUND') return null;
        throw error;
      }),

    statement: (after) => call(stated, `/v1/statement${after === null ? '' : `?after=${encodeURIComponent(after)}`}`),

    cancelIntent: (id) => call(intentShape, at(id, '/cancel'), {}, `cancel ${id}`),

    refund: async ({ key, intent, amount, currency }: Amount & { key: string; intent: string }) =>
      (await call(refunded, '/v1/refunds', { intent, amount, currency }, key)).id,

    verifyWebhook: (headers, body, now) =>
      isSigned(headers, body, now, signers)
        ? { id: headers.id, intent: told.safeParse(json(body)).data?.data ?? null }
        : null,

    refusalIn: (error) => (error instanceof ProviderRefused ? error.code : null),

    close: () => pool.close(),
  };
}

/** The library's own check uses the machine's clock; this one uses the given clock. */
function isSigned({ id, timestamp, signature }: WebhookHeaders, body: string, now: Date, signers: Signer[]): boolean {
  if (!id || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / SECOND - Number(timestamp)) > TOLERANCE) return false;
  const given = signature.split(' ').map(digest);
  return signers.some((signer) => {
    const right = digest(signer.sign(id, new Date(Number(timestamp) * SECOND), body));
    return given.some((one) => timingSafeEqual(one, right));
  });
}

/** All digests have one length, so that comparing them does not reveal where they differ. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
