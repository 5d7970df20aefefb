// The settings of the partners: the payment provider, the ticket issuer and the mail.
import { z } from 'zod';
import { isEmbedded, mailUrl, partnerUrl } from '../config/adapter-url.ts';
import type { GivenSettings } from '../config/settings.ts';
import { httpAddress, keyText } from '../config/values.ts';

const SHORTEST_SECRET = 24; // bytes, as Standard Webhooks has it

/**
 * Secrets separated by commas, in base64 with or without whsec_: the demo provider signs with the first; all are
 * accepted.
 */
function webhookSecrets(text: string, context: z.RefinementCtx): [string, ...string[]] {
  const secrets = text.split(',').map((each) => {
    const secret = each.trim().replace(/^whsec_/, '');
    const bytes = Buffer.from(secret, 'base64');
    if (bytes.length < SHORTEST_SECRET || bytes.toString('base64') !== secret)
      context.addIssue('each secret needs at least 24 bytes in base64; make one with: openssl rand -base64 32');
    return secret;
  });
  return secrets as [string, ...string[]];
}

export const partnerSettings = {
  PUBLIC_URL: {
    schema: httpAddress('this gateway').optional(),
    unset: '`http://localhost:PORT`',
    does: 'the public address of the gateway: the addresses of tickets begin with it',
  },
  TICKET_ISSUER_URL: {
    schema: partnerUrl().default('demo:'),
    unset: '`demo:`',
    does: "the ticket issuer: `demo:FOLDER?port=4202` is the demo's on this machine, `http://HOST:PORT` one elsewhere",
  },
  TICKET_ISSUER_KEY: {
    schema: keyText().optional(),
    unset: "made and kept with the demo's issuer",
    does: "the issuer's key; required for an issuer elsewhere",
    secret: 'hidden',
  },
  MAIL_URL: {
    schema: mailUrl().default('file:.data/mail'),
    unset: '`file:.data/mail`',
    does: 'where mail goes: a folder, or `smtp://` or `smtps://USER:PASSWORD@HOST:PORT?tls=on&ca=FILE`',
    secret: 'url',
  },
  MAIL_FROM: {
    schema: z
      .string()
      .regex(/^[^\r\n@]*@[^\s@>]+>?$/, 'give an address, as Fareloom <tickets@example.org>')
      .default('Fareloom <tickets@fareloom.example>'),
    unset: '`Fareloom <tickets@fareloom.example>`',
    does: 'the sender of mail',
  },
  PAYMENT_PROVIDER_URL: {
    schema: partnerUrl().default('demo:'),
    unset: '`demo:`',
    does: "the demo's provider in this process (`demo:FOLDER?port=4201&public=URL`, all parts optional), or `http://HOST:PORT`",
  },
  PAYMENT_PROVIDER_KEY: {
    schema: keyText().optional(),
    unset: "made and kept with the demo's provider",
    does: "the provider's API key; required for a provider elsewhere",
    secret: 'hidden',
  },
  PAYMENT_WEBHOOK_SECRET: {
    schema: z.string().transform(webhookSecrets).optional(),
    unset: "made and kept with the demo's provider",
    does: 'comma-separated base64 secrets, any of which may sign its webhooks; required for a provider elsewhere',
    secret: 'hidden',
  },
  PAYMENT_WEBHOOK_URL: {
    schema: httpAddress("this gateway's /webhooks/payments").optional(),
    unset: '`/webhooks/payments` at `PUBLIC_URL`',
    does: 'where the provider sends webhooks',
  },
  PAYMENT_RETURN_URL: {
    schema: httpAddress('the shop').optional(),
    unset: '`PUBLIC_URL`',
    does: 'where the provider sends payers afterwards',
  },
} as const;

/** The keys that are missing for partners elsewhere, a fault each. */
export const missingPartnerKeys = (
  partners: readonly { name: string; variable: string; secrets: object }[],
  settings: GivenSettings,
): string[] =>
  partners
    .filter(({ variable }) => !isEmbedded(settings[variable] ?? 'demo:'))
    .flatMap(({ name, secrets }) =>
      Object.keys(secrets)
        .filter((variable) => settings[variable] === undefined)
        .map((variable) => `- ${variable}: give it as the ${name.replace('-', ' ')} gave it to you`),
    );
