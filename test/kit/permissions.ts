// Permissions of a supergraph whose subgraphs say nothing about their callers.
import { buildSchema, isObjectType } from 'graphql';
import type { Permissions } from '../../schema/wire/need.ts';

/** Every field is open to every caller. */
export const openToAll = (supergraphSdl: string): Permissions =>
  Object.fromEntries(
    Object.values(buildSchema(supergraphSdl, { assumeValidSDL: true }).getTypeMap()).flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => [`${type.name}.${field}`, 'anyone']) : [],
    ),
  );
