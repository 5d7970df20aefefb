// The ticket issuer over HTTP, with an API key.
import { Pool } from 'undici';
import { z } from 'zod';
import type { TicketIssuer } from './ticket-issuer.ts';

export interface IssuerAddress {
  url: string;
  key: string;
  /** How long a call may take, in ms. */
  timeout?: number;
}

const TIMEOUT = 5000; // ms; the caller tries again later
const CONNECTIONS = 8;
const CONNECT_WITHIN = 1000; // ms

const tickets = z.object({
  tickets: z.array(
    z.object({
      traveller: z.string(),
      number: z.string().regex(/^\d{3}-\d{10}$/),
      status: z.enum(['ISSUED', 'VOID']),
      issuedAt: z.iso.datetime(),
    }),
  ),
});
const stated = z.object({
  tickets: z.array(
    z.object({ order: z.string(), traveller: z.string(), number: z.string(), status: z.enum(['ISSUED', 'VOID']) }),
  ),
  next: z.string().nullable(),
});
const refusal = z.object({ error: z.string().max(100) });

/** The issuer at this address. 409 is a refusal; any other answer but 200 is a failure, and a retry may succeed. */
export function openHttpTicketIssuer({ url, key, timeout = TIMEOUT }: IssuerAddress): TicketIssuer {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_WITHIN },
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });

  async function ask(method: 'GET' | 'POST', path: string, body?: object) {
    const answer = await pool.request({
      method,
      path: `${pathname.replace(/\/$/, '')}${path}`,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(timeout),
    });
    const text = await answer.body.text();
    if (answer.statusCode === 200 || answer.statusCode === 409)
      return { isRefused: answer.statusCode === 409, content: JSON.parse(text) as unknown };
    throw new Error(`the ticket issuer answered ${answer.statusCode}`);
  }

  async function call(method: 'GET' | 'POST', order: string, what: string, body?: object) {
    const { isRefused, content } = await ask(method, `/orders/${encodeURIComponent(order)}${what}`, body);
    return isRefused ? { refused: refusal.parse(content).error } : tickets.parse(content);
  }

  async function granted(answer: ReturnType<typeof call>) {
    const given = await answer;
    if ('refused' in given) throw new Error(`the ticket issuer refused: ${given.refused}`);
    return given.tickets;
  }

  return {
    issue: ({ order, ...what }) => call('POST', order, '/tickets', what),
    async void(order, travellers) {
      await granted(call('POST', order, '/void', { travellers }));
    },
    ticketsOf: (order) => granted(call('GET', order, '')),
    statement: async (after) => {
      const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
      return stated.parse((await ask('GET', `/tickets${query}`)).content);
    },
    close: () => pool.destroy(),
  };
}
