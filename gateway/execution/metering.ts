// Metrics of each operation: its outcome, its plan, its subgraph calls, its errors. Every label has a bounded set of
// values.
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { FetchOutcome, GatewayMetrics, OperationOutcome } from '../../infra/metrics/front-door.ts';
import type { Client, GatewayContext } from '../context.ts';
import { OURS } from '../errors/masking.ts';
import type { Ask } from '../subgraph-client/ask.ts';

export interface Meter {
  plugin: ApolloServerPlugin<GatewayContext>;
  /** Called when the plan of an operation is known: it was cached, or it was made for this request. */
  planned(context: GatewayContext, wasCached: boolean): void;
  /** Counts the errors of a later part of an answer. */
  errors(errors: readonly GraphQLFormattedError[]): void;
  /** The same source, with its calls counted. */
  source(subgraph: string, ask: Ask): Ask;
}

const MOST_NAMES = 100; // operations with their own series, besides the known ones
const LONGEST_NAME = 64; // characters

/** Measures all operations; `known` operations always have their own label. */
export function openMeter(metrics: GatewayMetrics, known: Iterable<string>): Meter {
  const nameOf = boundedNames(known);
  const count = (errors: readonly GraphQLFormattedError[]): void => {
    for (const { extensions } of errors) metrics.error(...labelsOf(extensions));
  };
  const planningSince = new WeakMap<Client, number>(); // by client: a shared execution has another context
  return {
    plugin: {
      async requestDidStart() {
        const since = performance.now();
        return {
          async executionDidStart({ contextValue }) {
            planningSince.set(contextValue.client, performance.now());
          },
          async willSendResponse({ response: { body }, operation, operationName }) {
            if (body.kind !== 'single') return;
            const { errors = [], data } = body.singleResult;
            count(errors);
            // only valid operations within the limits get here: invalid requests use up no names
            const name = operation ? nameOf(operationName) : '(invalid)';
            metrics.operation(name, outcomeOf(data, errors), secondsSince(since));
          },
        };
      },
    },

    errors: count,

    planned({ client }, wasCached) {
      const since = planningSince.get(client);
      if (since !== undefined) metrics.planned(wasCached, secondsSince(since));
    },

    source: (subgraph, ask) => async (question, context) => {
      const since = performance.now();
      const count = (outcome: FetchOutcome) => metrics.fetched(subgraph, outcome, secondsSince(since));
      try {
        const reply = await ask(question, context);
        count(reply.result.errors?.length ? 'errors' : 'ok');
        return reply;
      } catch (error) {
        count(codeOf(error) === 'DOWNSTREAM_TIMEOUT' ? 'timeout' : 'failed');
        throw error;
      }
    },
  };
}

const secondsSince = (since: number): number => (performance.now() - since) / 1000;

const codeOf = (error: unknown) => (error as { extensions?: { code?: unknown } } | null)?.extensions?.code;

/** The code of a masked error, which is one of a closed list, and the error's subgraph. */
const labelsOf = (extensions: GraphQLFormattedError['extensions']): [code: string, service?: string] => {
  const { code, service } = extensions ?? {};
  return [String(code), ...(typeof service === 'string' ? [service] : [])] as [string, string?];
};

function outcomeOf(data: unknown, errors: readonly GraphQLFormattedError[]): OperationOutcome {
  if (!errors.length) return 'ok';
  if (data !== null && data !== undefined && Object.values(data).some((value) => value !== null)) return 'partial';
  return errors.some((error) => OURS.has(codeOf(error))) ? 'failed' : 'refused';
}

/** An operation's name as a label: the name itself up to a number of names, then (other). */
function boundedNames(known: Iterable<string>): (name: string | null | undefined) => string {
  const always = new Set(known);
  const first = new Set<string>();
  return (name) => {
    if (!name) return '(anonymous)';
    if (always.has(name) || first.has(name)) return name;
    if (first.size === MOST_NAMES || name.length > LONGEST_NAME) return '(other)';
    first.add(name);
    return name;
  };
}
