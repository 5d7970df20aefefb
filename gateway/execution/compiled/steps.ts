// Compiles a query plan to steps.
import type { PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { Ask } from '../../subgraph-client/ask.ts';
import { compileFetch, type Step } from './fetch.ts';
import { newPlace, noteFetch, type Place, placeAt } from './origins.ts';
import type { PlanPath } from './reach.ts';
import { renamedBy } from './rewrites.ts';
import type { Types } from './possible-types.ts';

export interface Steps {
  /** Runs the whole plan. */
  run: Step;
  /** The subgraphs of the fetches, by their numbers. */
  services: readonly string[];
  /** Which fetches give each field of the answer. */
  origins: Place;
  /** By the number of a fetch: the fetches that it needs, directly or by others. */
  needs: (fetch: number) => ReadonlySet<number>;
}

export interface StepOptions {
  types: Types;
  askOf: (subgraph: string) => Ask;
  /** The client's name of a response name in the plan. */
  clientOf: (name: string) => string;
}

const nothing: Step = async () => undefined;

export function compileSteps({ node: plan }: QueryPlan, { types, askOf, clientOf }: StepOptions): Steps {
  const services: string[] = [];
  const origins = newPlace();
  const required: { path: PlanPath; fields: readonly QueryPlanSelectionNode[] }[] = [];

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
      case 'Condition':
        throw new Error('Conditions are decided before an operation is planned.');
      case 'Fetch': {
        const fetch = services.push(node.serviceName) - 1;
        required[fetch] = { path, fields: node.requires ?? [] };
        const renamed = renamedBy(node.outputRewrites);
        const nameOf = (name: string): string => clientOf(renamed(name));
        noteFetch(placeAt(origins, path), fetch, parse(node.operation, { noLocation: true }), renamed, types);
        return compileFetch(node, { fetch, path, types, clientOf: nameOf, ask: askOf(node.serviceName) });
      }
      case 'Defer':
        throw new Error('The planner is not configured to defer.');
    }
  }

  if (plan?.kind === 'Subscription') throw new Error('A subscription is not executed by its plan.');
  return { run: compile(plan, []), services, origins, needs: needsOf(origins, required) };
}

/** The fetches that give what a fetch sends, and what those need. */
function needsOf(
  origins: Place,
  required: readonly { path: PlanPath; fields: readonly QueryPlanSelectionNode[] }[],
): Steps['needs'] {
  function addGivers(place: Place, fields: readonly QueryPlanSelectionNode[], found: Set<number>): void {
    for (const field of fields) {
      const below = field.kind === 'Field' ? place.below.get(field.alias ?? field.name) : place;
      if (!below) continue;
      if (field.kind === 'Field') for (const { fetch } of below.givers) add(fetch, found);
      addGivers(below, field.selections ?? [], found);
    }
  }
  function add(fetch: number, found: Set<number>): void {
    if (found.has(fetch)) return;
    found.add(fetch);
    const { path, fields } = required[fetch] ?? { path: [], fields: [] };
    addGivers(placeAt(origins, path), fields, found);
  }
  return (fetch) => {
    const found = new Set<number>();
    add(fetch, found);
    return found;
  };
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
