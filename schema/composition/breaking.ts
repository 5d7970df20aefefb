// What a new version of the schema takes from clients of the one before.
import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { isDue, type Release } from './deprecation.ts';

export interface Changes {
  /** Operations that were valid are no longer, or mean something else. */
  breaking: string[];
  /** Operations stay valid, but a client may meet what it does not expect, as a new enum value. */
  dangerous: string[];
}

/** The changes from one schema for clients to the next, a sentence each. What was deprecated and is due breaks nothing. */
export function changesBetween(before: GraphQLSchema, after: GraphQLSchema, release: Release): Changes {
  const announced = new Set(removalsDue(before, release));
  const sentences = (changes: readonly { description: string }[]) => changes.map(({ description }) => description);
  return {
    breaking: sentences(findBreakingChanges(before, after)).filter((sentence) => !announced.has(sentence)),
    dangerous: sentences(findDangerousChanges(before, after)),
  };
}

/** The sentences in which graphql-js reports the removal of each element that may be removed now. */
function removalsDue(schema: GraphQLSchema, release: Release): string[] {
  const due = <Element extends { deprecationReason?: string | null | undefined }>(elements: readonly Element[]) =>
    elements.filter(({ deprecationReason }) => isDue(deprecationReason, release));
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type))
      return due(type.getValues()).map(({ name }) => `${name} was removed from enum type ${type.name}.`);
    if (isInputObjectType(type))
      return due(Object.values(type.getFields())).map(({ name }) => `${type.name}.${name} was removed.`);
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const fields = Object.values(type.getFields());
    return [
      ...due(fields).map(({ name }) => `${type.name}.${name} was removed.`),
      ...fields.flatMap(({ name, args }) =>
        due(args).map((arg) => `${type.name}.${name} arg ${arg.name} was removed.`),
      ),
    ];
  });
}
