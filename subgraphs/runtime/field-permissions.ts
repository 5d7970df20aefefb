// Authorization of a subgraph: checks each field against the permissions table before its resolver runs.
import { defaultFieldResolver, type DocumentNode, type GraphQLFieldResolver, Kind } from 'graphql';
import type { Identity } from '../../schema/wire/identity.ts';
import { needOf, permit } from '../../schema/composition/permissions.ts';

/** The part of a request context that the guard reads. */
export interface Guarded {
  identity: Identity;
}

type FieldResolver = GraphQLFieldResolver<unknown, Guarded>;
type ResolverMap = Record<string, Record<string, FieldResolver>>;

/**
 * Wraps each resolver in the permission check of its field. Throws an Error that lists the fields missing from the
 * table.
 */
export function guard(typeDefs: DocumentNode, resolvers: object): object {
  const guarded: ResolverMap = Object.fromEntries(
    Object.entries(resolvers as ResolverMap).map(([type, fields]) => [type, { ...fields }]),
  );
  const faults: string[] = [];
  for (const { type, name } of fieldsOf(typeDefs)) {
    const field = `${type}.${name}`;
    const need = needOf(field);
    if (need === undefined) faults.push(`${field} is not in schema/composition/permissions.ts`);
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
      ? (definition.fields ?? []).map(({ name }) => ({ type: definition.name.value, name: name.value }))
      : [],
  );
