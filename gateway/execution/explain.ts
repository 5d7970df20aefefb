// extensions.explain: how a response was produced, for developers and operators who request it by a header.
import type { GatewayConfig } from '@apollo/gateway';
import { prettyFormatQueryPlan } from '@apollo/query-planner';
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { ASKED_BY, parseWork, type Work, WORK_HEADER } from '../../schema/wire/explaining.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import type { GatewayContext } from '../context.ts';

/** One call of a subgraph. Times are in ms; startedAt is relative to the start of the request. */
interface Fetch {
  service: string;
  startedAt: number;
  took: number;
  /** Size of the answer; null if there was none. */
  bytes: number | null;
  cache?: Work;
}

/** The parts of a subgraph's answer that are recorded. */
interface Told {
  headers: Headers;
  bytes: number;
}

/** The record of one request. */
export interface Explanation {
  plan: string | null;
  deprecated: string[];
  fetches: Fetch[];
  /** Calls a subgraph and records the call. */
  watch<A extends Told>(service: string, ask: () => Promise<A>): Promise<A>;
  /** Time since the start of the request, in ms. */
  age(): number;
}

export interface ExplainOptions {
  /** In production only an OPERATOR may use it. */
  production: boolean;
  /** The cost limit of an operation, shown beside its cost. */
  costLimit?: number | undefined;
}

/** Adds `explain` to the response's extensions, and to the request's context, if an authorized caller requests it. */
export function explain({ production, costLimit }: ExplainOptions): ApolloServerPlugin<GatewayContext> {
  const mayAsk = ({ roles }: Identity): boolean => !production || roles.includes('OPERATOR');
  return {
    async requestDidStart({ request, contextValue }) {
      if (request.http?.headers.get(ASKED_BY) !== '1' || !mayAsk(contextValue.identity)) return undefined;
      const explanation = openExplanation();
      contextValue.explain = explanation;
      return {
        async didResolveOperation({ document, schema }) {
          explanation.deprecated = deprecatedIn(document, schema);
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind !== 'single') return;
          const { plan, fetches, deprecated, age } = explanation;
          const cost = { of: contextValue.cost, ...(costLimit !== undefined && { limit: costLimit }) };
          const told = { took: age(), plan, fetches, cost, deprecated };
          body.singleResult.extensions = { ...body.singleResult.extensions, explain: told };
        },
      };
    },
  };
}

/** Records the plan of a request with explain. */
export const notePlan: NonNullable<GatewayConfig['experimental_didResolveQueryPlan']> = ({
  queryPlan,
  requestContext,
}) => {
  const { explain: explanation } = requestContext.context as GatewayContext;
  if (explanation) explanation.plan = prettyFormatQueryPlan(queryPlan);
};

function openExplanation(): Explanation {
  const begun = performance.now();
  const age = (): number => Math.round((performance.now() - begun) * 100) / 100;
  const fetches: Fetch[] = [];
  return {
    plan: null,
    deprecated: [],
    fetches,
    age,
    async watch(service, ask) {
      const fetch: Fetch = { service, startedAt: age(), took: 0, bytes: null };
      fetches.push(fetch);
      try {
        const answer = await ask();
        fetch.bytes = answer.bytes;
        const work = parseWork(answer.headers.get(WORK_HEADER));
        if (work) fetch.cache = work;
        return answer;
      } finally {
        fetch.took = Math.round((age() - fetch.startedAt) * 100) / 100;
      }
    },
  };
}

/** The deprecated fields, arguments and enum values that a document uses, each once, with the schema's reason. */
export function deprecatedIn(document: DocumentNode, schema: GraphQLSchema): string[] {
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  const note = (name: string, reason: string | null | undefined): void => {
    if (reason != null) found.add(`${name}: ${reason}`);
  };
  const parent = () => types.getParentType()?.name;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => note(`${parent()}.${types.getFieldDef()?.name}`, types.getFieldDef()?.deprecationReason),
      Argument: ({ name }) =>
        note(`${parent()}.${types.getFieldDef()?.name}(${name.value}:)`, types.getArgument()?.deprecationReason),
      EnumValue: ({ value }) => note(value, types.getEnumValue()?.deprecationReason),
      ObjectField: ({ name }) => {
        const input = types.getParentInputType();
        const fields = input && 'getFields' in input ? input.getFields() : {};
        note(`${String(input)}.${name.value}`, fields[name.value]?.deprecationReason);
      },
    }),
  );
  return [...found];
}
