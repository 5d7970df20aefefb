// extensions.explain: how a response was produced, for developers and operators who request it by a header.
import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { ASKED_BY } from '../../schema/wire/explaining.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import type { GatewayContext } from '../context.ts';
import { openExplanation } from './explanation.ts';

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
          const cost = { of: contextValue.cost, ...(costLimit !== undefined && { limit: costLimit }) };
          const told = () => {
            const { plan, fetches, deprecated, age } = explanation;
            return { explain: { took: age(), plan, fetches, cost, deprecated } };
          };
          if (contextValue.parts?.rest)
            contextValue.parts.extensions = told; // calls of later parts are still to come
          else body.singleResult.extensions = { ...body.singleResult.extensions, ...told() };
        },
      };
    },
  };
}

/** Records the plan of a request with explain. */
export function notePlan({ explain: explanation }: GatewayContext, plan: QueryPlan): void {
  if (explanation) explanation.plan = prettyFormatQueryPlan(plan);
}

/** The deprecated fields, arguments and enum values that a document uses, each once, with the schema's reason. */
export function deprecatedIn(document: DocumentNode, schema: GraphQLSchema): string[] {
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  const note = (name: string, reason: string | null | undefined): void => {
    if (reason != null) found.add(`${name}: ${reason}`);
  };
  const field = (): string => [types.getParentType()?.name, types.getFieldDef()?.name].join('.');
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => note(field(), types.getFieldDef()?.deprecationReason),
      Argument: ({ name }) => note(`${field()}(${name.value}:)`, types.getArgument()?.deprecationReason),
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
