// What stands before a room's resolvers: the permissions table, field by field.
import { defaultFieldResolver, type DocumentNode, type GraphQLFieldResolver, Kind } from 'graphql';
import type { Identity } from '../../schema/wire/identity.ts';
import { needOf, permit } from '../../schema/composition/permissions.ts';

/** What the guard finds in every request's context. */
export interface Guarded {
  identity: Identity;
}

type FieldResolver = GraphQLFieldResolver<unknown, Guarded>;
type ResolverMap = Record<string, Record<string, FieldResolver>>;

/**
 * The resolvers, each behind the need that the permissions table names for its field. Throws an Error that lists the
 * fields that are not in the table, and those for the gateway alone that clients could see.
 */
export function guard(typeDefs: DocumentNode, resolvers: object): object {
  const guarded: ResolverMap = Object.fromEntries(
    Object.entries(resolvers as ResolverMap).map(([type, fields]) => [type, { ...fields }]),
  );
  const faults: string[] = [];
  for (const { type, name, isHidden } of fieldsOf(typeDefs)) {
    const field = `${type}.${name}`;
    const need = needOf(field);
    if (need === undefined) faults.push(`${field} is not in schema/composition/permissions.ts`);
    if (need === 'gateway' && !isHidden) faults.push(`${field} is for the gateway alone and not @inaccessible`);
    if (need === undefined || need === 'anyone' || need === 'owner') continue;
    const resolve = guarded[type]?.[name] ?? defaultFieldResolver;
    (guarded[type] ??= {})[name] = (source, args, context, info) => {
      permit(context.identity, field);
      return resolve(source, args, context, info);
    };
  }
  if (faults.length) throw new Error(faults.join('\n'));
  return guarded;
}

const fieldsOf = ({ definitions }: DocumentNode) =>
  definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
      ? (definition.fields ?? []).map(({ name, directives }) => ({
          type: definition.name.value,
          name: name.value,
          isHidden: [directives, definition.directives].some((some) =>
            some?.some((directive) => directive.name.value === 'inaccessible'),
          ),
        }))
      : [],
  );
