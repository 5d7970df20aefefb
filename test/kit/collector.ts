// An OTLP collector for tests: accepts traces over HTTP as a real one does, and shows the received spans.
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';

/** A received span, with its service. */
export interface SpanSeen {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Record<string, string | number | boolean>;
  links: string[];
  /** The span's events and the message of its status, which may quote anything. */
  said: unknown[];
  startTimeUnixNano: string;
}

interface Value {
  stringValue?: string;
  intValue?: number;
  doubleValue?: number;
  boolValue?: boolean;
}
type Attributes = { key: string; value: Value }[];
interface Sent {
  resourceSpans: {
    resource: { attributes: Attributes };
    scopeSpans: {
      spans: (Omit<SpanSeen, 'service' | 'attributes' | 'links' | 'said'> & {
        attributes: Attributes;
        links?: { traceId: string }[];
        events?: unknown[];
        status: { message?: string };
      })[];
    }[];
  }[];
}

const plain = (attributes: Attributes): SpanSeen['attributes'] =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as string]));

export async function openCollector() {
  const spans: SpanSeen[] = [];
  const bodies: string[] = [];
  const collector = { away: false };
  const app = fastify({ bodyLimit: 50_000_000, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post<{ Body: string }>('/v1/traces', async ({ body }, reply) => {
    if (collector.away) return reply.code(400).send();
    bodies.push(body);
    for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans) {
      const service = String(plain(resource.attributes)['service.name']);
      for (const { attributes, links = [], events = [], status, ...span } of scopeSpans.flatMap((each) => each.spans)) {
        const said = [...events, ...(status.message ? [status.message] : [])];
        spans.push({ ...span, service, attributes: plain(attributes), links: links.map((at) => at.traceId), said });
      }
    }
    return reply.send({});
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    spans,
    /** All received bodies, as text. */
    text: () => bodies.join('\n'),
    goAway: () => void (collector.away = true),
    [Symbol.asyncDispose]: () => app.close(),
  };
}

/** The spans from the root to this one. */
export function wayTo(span: SpanSeen, spans: readonly SpanSeen[]): SpanSeen[] {
  const way = [span];
  for (;;) {
    const parent = spans.find(({ spanId }) => spanId === way[0]!.parentSpanId);
    if (!parent) return way;
    way.unshift(parent);
  }
}
