// Compares two versions of the schema and lists changes that affect clients.
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
  /** Changes that invalidate existing operations or change their meaning. */
  breaking: string[];
  /** Changes that keep operations valid, but can return unexpected values, as a new enum value. */
  dangerous: string[];
}

/**
 * The changes from one API schema to the next, a sentence each. Removing deprecated elements that are due is not
 * breaking.
 */
export function changesBetween(before: GraphQLSchema, after: GraphQLSchema, release: Release): Changes {
  const announced = new Set(removalsDue(before, release));
  const sentences = (changes: readonly { description: string }[]) => changes.map(({ description }) => description);
  return {
    breaking: sentences(findBreakingChanges(before, after)).filter((sentence) => !announced.has(sentence)),
    dangerous: sentences(findDangerousChanges(before, after)),
  };
}

/** graphql-js's messages for the removal of each element that may be removed now. */
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
