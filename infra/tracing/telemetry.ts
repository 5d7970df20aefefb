// Records traces and sends them to a collector by OTLP over HTTP. Loaded only if there is one.
import { type Attributes, isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { randomUUID } from 'node:crypto';
import type { Log } from '../logging/log.ts';
import { openOutage } from '../process/outage.ts';
import { isFromOutside } from './spans.ts';
import { serviceIn } from './trace.ts';

export interface TelemetryOptions {
  /** The collector, as http://localhost:4318. */
  endpoint: string;
  /** The share of traces, begun here or coming from outside, that is recorded: 0 to 1. */
  sampling: number;
  /** The service of spans outside of any service's work. */
  service: string;
  log: Log;
}

export interface Telemetry {
  /** Sends the remaining spans, and stops. Never rejects. */
  close(): Promise<void>;
}

const SEND_WITHIN = 3000; // ms; a stopping process has 15 seconds in total

/**
 * The attributes that may leave the system: names, counts and our own ids. Attributes that a library adds later are
 * dropped.
 */
const shown: ReadonlySet<string> = new Set([
  ...['http.request.method', 'http.route', 'http.response.status_code', 'error.type', 'peer.service', 'service'],
  ...['graphql.operation.name', 'graphql.operation.type', 'graphql.field.name', 'graphql.field.type'],
  ...['db.namespace', 'cache.keys', 'cache.hits', 'order.id', 'due.id'],
  ...['messaging.destination.name', 'messaging.consumer.group.name', 'messaging.batch.message_count'],
]);

/** The service of the current work, until the span is exported under that service. */
const AT_WORK = 'fareloom.service';

/** Starts recording, once a process. Faults on the way to the collector are only logged. */
export function openTelemetry({ endpoint, sampling, service, log }: TelemetryOptions): Telemetry {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: SEND_WITHIN,
  });
  const batches = new BatchSpanProcessor(guarded(exporter, service, log));
  const processor: SpanProcessor = {
    onStart(span, at) {
      span.setAttribute(AT_WORK, serviceIn(at) ?? service);
      batches.onStart(span, at);
    },
    onEnd: (span) => batches.onEnd(span),
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
  const provider = new BasicTracerProvider({ sampler: samplerOf(sampling), spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  return { close: () => provider.shutdown().catch(() => undefined) };
}

/**
 * A trace that began in the system is recorded whole or not at all; for others the ratio decides, whatever the client
 * sets.
 */
function samplerOf(ratio: number): Sampler {
  const byRatio = new TraceIdRatioBasedSampler(ratio);
  return {
    shouldSample(at, traceId, name) {
      const parent = trace.getSpanContext(at);
      if (!parent && name.startsWith('graphql.')) return { decision: SamplingDecision.NOT_RECORD }; // schema parsing at startup
      const isOurs = parent && isSpanContextValid(parent) && !(parent.isRemote && isFromOutside(at));
      if (!isOurs) return byRatio.shouldSample(at, traceId);
      const isRecorded = parent.traceFlags & TraceFlags.SAMPLED;
      return { decision: isRecorded ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
    },
    toString: () => `traces that begin here: ${ratio}`,
  };
}

/** The only exporter, which filters every span. */
function guarded(exporter: SpanExporter, service: string, log: Log): SpanExporter {
  const absent = openOutage(log.child({ service: 'telemetry' }), 'the trace collector accepts traces again');
  const instance = randomUUID();
  const resources = new Map<string, ReadableSpan['resource']>();

  function resourceOf(name: string): ReadableSpan['resource'] {
    const known = resources.get(name);
    if (known) return known;
    const said = { 'service.namespace': 'fareloom', 'service.name': name, 'service.instance.id': instance };
    const resource = resourceFromAttributes(said);
    resources.set(name, resource);
    return resource;
  }

  /** The span as exported: only listed attributes, and no event or message, which may quote anything. */
  const leaving = (span: ReadableSpan): ReadableSpan =>
    Object.create(span, {
      attributes: { value: onlyShown(span.attributes) },
      events: { value: [] },
      status: { value: { code: span.status.code } },
      resource: { value: resourceOf(String(span.attributes[AT_WORK] ?? service)) },
    }) as ReadableSpan;

  return {
    export: (spans, done) =>
      exporter.export(spans.map(leaving), (result) => {
        if (result.error) absent.began('the trace collector accepts no traces; they are lost', result.error);
        else absent.ended();
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

const onlyShown = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => shown.has(name)));
