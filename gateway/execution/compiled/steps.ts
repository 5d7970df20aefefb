// Compiles a query plan to steps.
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { Ask } from '../../subgraph-client/ask.ts';
import { compileFetch, type Step } from './fetch.ts';
import { newPlace, noteFetch, type Place } from './origins.ts';
import type { PlanPath } from './reach.ts';
import type { Types } from './types.ts';

export interface Steps {
  /** Runs the whole plan. */
  run: Step;
  /** The subgraphs of the fetches, by their numbers. */
  services: readonly string[];
  /** Which fetches give each field of the answer. */
  origins: Place;
}

export interface StepOptions {
  types: Types;
  askOf: (subgraph: string) => Ask;
  /** The client's name of a response name in the plan. */
  clientOf: (name: string) => string;
  /** Whether a variable of @skip or @include is true in a run. */
  isTrue: (variable: string, variables: Readonly<Record<string, unknown>>) => boolean;
}

const nothing: Step = async () => undefined;

export function compileSteps({ node: plan }: QueryPlan, { types, askOf, clientOf, isTrue }: StepOptions): Steps {
  const services: string[] = [];
  const origins = newPlace();

  function compile(node: PlanNode | undefined, path: PlanPath): Step {
    switch (node?.kind) {
      case undefined:
        return nothing;
      case 'Sequence':
        return inSequence(node.nodes.map((each) => compile(each, path)));
      case 'Parallel':
        return inParallel(node.nodes.map((each) => compile(each, path)));
      case 'Flatten':
        return compile(node.node, [...path, ...node.path.map(String)]);
      case 'Condition': {
        const [whenTrue, whenFalse] = [compile(node.ifClause, path), compile(node.elseClause, path)];
        return (run) => (isTrue(node.condition, run.variables) ? whenTrue(run) : whenFalse(run));
      }
      case 'Fetch': {
        const fetch = services.push(node.serviceName) - 1;
        noteFetch(origins, fetch, path, parse(node.operation, { noLocation: true }), types);
        return compileFetch(node, { fetch, path, types, clientOf, ask: askOf(node.serviceName) });
      }
      case 'Defer':
        throw new Error('The planner is not configured to defer.');
    }
  }

  if (plan?.kind === 'Subscription') throw new Error('A subscription is not executed by its plan.');
  return { run: compile(plan, []), services, origins };
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
