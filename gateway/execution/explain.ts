// extensions.explain: how an answer came about, for developers and operators who ask for it by a header; for nobody else.
import type { GatewayConfig } from '@apollo/gateway';
import { prettyFormatQueryPlan } from '@apollo/query-planner';
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { ASKED_BY, parseWork, type Work, WORK_HEADER } from '../../schema/wire/explaining.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import type { GatewayContext } from '../context.ts';

/** One call of a subgraph. Times are ms, since the request was begun with. */
interface Fetch {
  service: string;
  startedAt: number;
  took: number;
  /** Of its answer; null where there was none. */
  bytes: number | null;
  cache?: Work;
}

/** What a subgraph's answer tells of itself. */
interface Told {
  headers: Headers;
  bytes: number;
}

/** What is noted of one request on its way. */
export interface Explanation {
  plan: string | null;
  deprecated: string[];
  fetches: Fetch[];
  /** Asks a subgraph, and notes how it went. */
  watch<A extends Told>(service: string, ask: () => Promise<A>): Promise<A>;
  /** Since the request was begun with, in ms. */
  age(): number;
}

export interface ExplainOptions {
  /** In production nobody but an OPERATOR is told. */
  production: boolean;
  /** What an operation may cost; it is shown beside what it does. */
  costLimit?: number | undefined;
}

/** Whoever may ask and asks finds `explain` among the extensions of the answer, and the mark on the request's context. */
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

/** Notes the plan of a request that is explained. */
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

/** The deprecated fields, arguments and enum values that a document uses, each once, with the reason that the schema gives. */
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
