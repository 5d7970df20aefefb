// Records the steps of GraphQL: parsing, validation and resolvers.
import { GraphQLInstrumentation } from '@opentelemetry/instrumentation-graphql';

/** Call it before anything imports graphql: it replaces functions of that package while they are loaded. */
export function recordGraphqlSteps(): void {
  // fields that are only read off an object are numerous and not informative
  new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true, mergeItems: true });
}
