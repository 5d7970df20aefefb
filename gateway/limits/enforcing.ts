// Enforces the request limits: each before the work that it limits; each refusal states the request's value and the
// limit.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationContext,
} from 'graphql';
import { graphqlFault as fault } from '../errors/graphql-fault.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import type { GatewayContext } from '../context.ts';
import { costFunction } from './cost.ts';
import { CircularFragment, fragmentsOf, measureDocument } from './document.ts';
import type { DocumentLimits, Limits } from './limits.ts';
import { isTooMuchToPlan, planningWork } from './planning.ts';
import type { Prices } from './prices.ts';
import { measureValue, partsOfJson } from './values.ts';

const words: Readonly<Record<keyof DocumentLimits, [of: string, instead: string]>> = {
  depth: ['levels of fields', 'Ask for what lies deeper by its id.'],
  selections: ['fields and fragments, with each fragment written out where it is spread', 'Ask in several requests.'],
  aliases: ['aliases', 'Ask in several requests.'],
  queries: ['fields of Query in one operation', 'Ask in several requests.'],
  mutations: ['fields of Mutation in one operation', 'Send each mutation in a request of its own.'],
  directives: ['directives', 'Leave out the fields instead.'],
  repeats: ['times the same field', 'Write it once.'],
  listItems: ['items in one list', 'Send it in parts.'],
  nesting: ['lists and objects within each other', 'Send a flatter value.'],
  name: ['characters in one name', 'Take a shorter one.'],
};

const number = new Intl.NumberFormat('en');

function tooMuch(what: keyof DocumentLimits, asked: number, allowed: number): string {
  const [of, instead] = words[what];
  return `${number.format(asked)} ${of} are too many: ${number.format(allowed)} are allowed. ${instead}`;
}

/** A validation error: the document exceeds a limit. */
class DocumentTooLarge extends GraphQLError {}

/**
 * A validation rule that runs before the other rules do any work that grows with the document: if the document exceeds
 * a limit, the other rules do not see it.
 */
export const limitDocuments =
  (limits: Limits) =>
  (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      const errors = excessOf(() => measureDocument(document, limits.selections), limits);
      for (const error of errors) context.reportError(error);
      return errors.length ? null : undefined;
    },
  });

function excessOf(measured: () => DocumentLimits, limits: Limits): GraphQLError[] {
  try {
    const asked = measured();
    const kinds = Object.keys(words) as (keyof DocumentLimits)[];
    const exceeded = kinds.filter((what) => asked[what] > limits[what]);
    return exceeded.map((what) => new DocumentTooLarge(tooMuch(what, asked[what], limits[what])));
  } catch (error) {
    if (error instanceof CircularFragment) return [new GraphQLError(error.message)];
    throw error;
  }
}

type Resolved = Pick<
  GraphQLRequestContextDidResolveOperation<GatewayContext>,
  'request' | 'document' | 'operation' | 'schema' | 'contextValue'
>;

/**
 * Limits the variables, the planning work and the cost of an operation, and stores the cost in the request's context.
 * Must run before all plugins that read the variables or the cost.
 */
export function limitOperations(
  limits: Limits,
  pricesOf: (schema: GraphQLSchema) => Prices,
): ApolloServerPlugin<GatewayContext> {
  /** What is computed once for each operation of a schema. */
  interface Measured {
    planning: number;
    costOf: (variables: Readonly<Record<string, unknown>>) => number;
  }
  // by schema first: two versions of the supergraph with equal schemas share documents, and their prices may differ
  const measured = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, Measured>>();
  function measure(operation: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema): Measured {
    const ofSchema = measured.get(schema) ?? new WeakMap<OperationDefinitionNode, Measured>();
    const before = ofSchema.get(operation);
    if (before) return before;
    const fragments = fragmentsOf(document);
    const work = {
      planning: planningWork(operation, fragments, schema, limits.planning),
      costOf: costFunction({ operation, fragments, schema, prices: pricesOf(schema) }),
    };
    measured.set(schema, ofSchema.set(operation, work));
    return work;
  }

  function charge({ request: { variables = {} }, document, operation, schema, contextValue }: Resolved): void {
    limitVariables(variables, limits);
    if (!operation || !schema.getRootType(operation.operation)) return; // operations.ts refuses it
    const { planning, costOf } = measure(operation, document, schema);
    if (planning > limits.planning) throw toPlan(limits.planning);
    const cost = costOf(variables);
    contextValue.cost = cost;
    if (cost <= limits.cost) return;
    const [asked, allowed] = [number.format(cost), number.format(limits.cost)];
    throw tooCostly(`This costs ${asked}: ${allowed} is allowed. Ask for smaller pages, or in several requests.`);
  }
  return {
    async requestDidStart() {
      return {
        didResolveOperation: async (request) => charge(request),
        async didEncounterErrors({ errors }) {
          for (const error of errors) {
            if (error.originalError instanceof DocumentTooLarge) error.extensions['code'] = TOO_LARGE;
            if (TOO_MANY_TOKENS.test(error.message)) {
              error.message = tooManyTokens(limits.tokens);
              error.extensions['code'] = TOO_LARGE;
            }
            if (isTooMuchToPlan(error)) Object.assign(error, toPlan(limits.planning));
          }
        },
      };
    },
  };
}

const TOO_LARGE = 'OPERATION_TOO_LARGE' satisfies ErrorCode;

const TOO_MANY_TOKENS = /Document contains more tha[tn] \d+ tokens/; // by GraphQL's parser

const tooManyTokens = (allowed: number): string =>
  `The document has more than ${number.format(allowed)} words and signs, which are as many as are allowed. Ask in several requests.`;

const tooCostly = (message: string): GraphQLError => fault('QUERY_TOO_COSTLY', message, { http: { status: 400 } });

const toPlan = (allowed: number): GraphQLError =>
  tooCostly(
    `This takes more than ${number.format(allowed)} steps to plan, which are as many as are allowed: ` +
      'ask for fewer fields of interfaces, or in several requests.',
  );

function limitVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  let all = 0;
  for (const [name, value] of Object.entries(variables)) {
    const { values, ...size } = measureValue(value, partsOfJson);
    all += values;
    for (const what of ['listItems', 'nesting'] as const)
      if (size[what] > limits[what]) throw variableTooLarge(name, tooMuch(what, size[what], limits[what]));
  }
  if (all <= limits.values) return;
  const message = `${number.format(all)} values in variables are too many: ${number.format(limits.values)} are allowed. Send them in parts.`;
  throw fault(TOO_LARGE, message, { http: { status: 400 } });
}

const variableTooLarge = (argument: string, message: string): GraphQLError =>
  fault(TOO_LARGE, `${argument}: ${message}`, { argument, http: { status: 400 } });
