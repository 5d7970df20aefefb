// Authorization of a subgraph: checks each field against @access of its own SDL before its resolver runs. The gateway has
// checked it before; the subgraph does not rely on that.
import { defaultFieldResolver, type DocumentNode, type GraphQLFieldResolver, Kind } from 'graphql';
import { accessIn } from '../../schema/composition/access.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { permit } from '../../schema/wire/need.ts';

/** The part of a request context that the guard reads. */
export interface Guarded {
  identity: Identity;
}

type FieldResolver = GraphQLFieldResolver<unknown, Guarded>;
type ResolverMap = Record<string, Record<string, FieldResolver>>;

/**
 * Wraps each resolver in the check of its field's @access. Throws an Error that lists the fields without one, and each
 * @access that is wrong.
 */
export function guard(subgraph: string, typeDefs: DocumentNode, resolvers: object): object {
  const guarded: ResolverMap = Object.fromEntries(
    Object.entries(resolvers as ResolverMap).map(([type, fields]) => [type, { ...fields }]),
  );
  const { permissions, faults } = accessIn([{ name: subgraph, document: typeDefs }]);
  if (faults.length)
    throw new Error(faults.map(({ coordinate, message }) => `${subgraph}: ${coordinate}: ${message}`).join('\n'));
  const interfaces = interfacesIn(typeDefs);
  for (const [field, need] of Object.entries(permissions)) {
    const [type, name] = field.split('.') as [string, string];
    if (need === 'anyone' || need === 'owner' || interfaces.has(type)) continue;
    const resolve = guarded[type]?.[name] ?? defaultFieldResolver;
    (guarded[type] ??= {})[name] = (source, args, context, info) => {
      permit(context.identity, field, need);
      return resolve(source, args, context, info);
    };
  }
  return guarded;
}

/** Their fields have no resolvers: those of the types that implement them answer. */
const interfacesIn = ({ definitions }: DocumentNode): ReadonlySet<string> =>
  new Set(
    definitions.flatMap((each) =>
      each.kind === Kind.INTERFACE_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_EXTENSION
        ? each.name.value
        : [],
    ),
  );
