// Receives the payment provider's webhooks.
import { traceparentOf } from '../../../schema/wire/traceparent.ts';
import { refusal, type RouteHandler } from '../../runtime/routes.ts';
import type { Context } from '../graph/context.ts';

/** 401 for a webhook that the provider did not sign within the last minutes; 200 once it is stored. */
export const receiveWebhook =
  ({ provider, payments, now, log }: Pick<Context, 'provider' | 'payments' | 'now' | 'log'>): RouteHandler =>
  async ({ headers, body, identity }) => {
    const header = (name: string): string => headers[`webhook-${name}`] ?? '';
    const signed = { id: header('id'), timestamp: header('timestamp'), signature: header('signature') };
    const webhook = provider.verifyWebhook(signed, body.toString(), now());
    if (!webhook) {
      log.warn('webhook rejected: invalid signature or timestamp', { service: 'payment' });
      return refusal(401, 'UNAUTHENTICATED', 'The webhook has no valid signature, or it is too old.', identity);
    }
    const { id, intent } = webhook;
    if (intent) await payments.receive({ id, intent }, traceparentOf(identity.requestId));
    return { status: 200 };
  };
