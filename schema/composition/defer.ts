// @defer: clients may use it, and composition does not know it.
import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';

export const DEFER = 'defer';

const directive = new GraphQLDirective({
  name: DEFER,
  description: 'The fields of this fragment may come in a later part of the answer, if the client accepts parts.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    label: { type: GraphQLString, description: 'Names the part. No two fragments of a document have the same label.' },
    if: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: true,
      description: 'With false the fields come with those around them.',
    },
  },
});

/** The API schema with @defer; it shares the types. */
export const withDefer = (schema: GraphQLSchema): GraphQLSchema =>
  new GraphQLSchema({ ...schema.toConfig(), directives: [...schema.getDirectives(), directive] });
