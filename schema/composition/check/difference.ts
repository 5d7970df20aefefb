// What a change of the API schema means for clients: @graphql-inspector/core finds the differences, and this file weighs
// them.
import type { Change as Difference } from '@graphql-inspector/core';
import { diffSchema } from '@graphql-inspector/core/diff/schema';
import {
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  getNamedType,
} from 'graphql';
import { isDueAt, type Release } from '../deprecation.ts';
import type { Severity } from './finding.ts';
import { asSentence } from './reading.ts';

/** A change that clients can notice. */
export interface ClientChange {
  /** As the inspector names it: FIELD_REMOVED, ENUM_VALUE_ADDED and so on. */
  code: string;
  /** What changed: Type, Type.field, Type.field(argument:), Enum.VALUE, Input.field or @directive. */
  coordinate: string;
  severity: Extract<Severity, 'BREAKING' | 'DANGEROUS' | 'SAFE'>;
  message: string;
  /** Whether the element was deprecated for long enough to be removed. */
  isDue: boolean;
  /** All that makes this change the one it is, for its hash. */
  content: Readonly<Record<string, unknown>>;
}

/**
 * The changes from one API schema to the next, without those of descriptions. What a new type or field brings with it
 * is part of its own change.
 */
export function changesForClients(before: GraphQLSchema, after: GraphQLSchema, release: Release): ClientChange[] {
  return diffSchema(before, after)
    .filter((each) => isNoticed(each, before))
    .map((each) => {
      const coordinate = coordinateOf(each);
      const severity = severityOf(each, before);
      const isDue = severity === 'BREAKING' && /_REMOVED$/.test(typeOf(each)) && isDueAt(before, coordinate, release);
      const message = asSentence(each.message.trim());
      return {
        ...{ code: typeOf(each), coordinate, severity: isDue ? ('SAFE' as const) : severity, isDue },
        message: isDue ? `${message} It was deprecated, and its time is over.` : message,
        content: contentOf(each),
      };
    });
}

const typeOf = ({ type }: Difference): string => type as string;
const metaOf = ({ meta }: Difference): Readonly<Record<string, unknown>> => meta as Record<string, unknown>;

function isNoticed(each: Difference, before: GraphQLSchema): boolean {
  const type = typeOf(each);
  if (/DESCRIPTION/.test(type)) return false;
  if (type.startsWith('DIRECTIVE_USAGE_')) return isUsageNoticed(each);
  if (type === 'TYPE_ADDED') return true;
  if (type === 'OBJECT_TYPE_INTERFACE_ADDED')
    return before.getType(String(metaOf(each)['addedInterfaceName'])) !== undefined;
  if (type.startsWith('DIRECTIVE_')) return !/ADDED$/.test(type) || type === 'DIRECTIVE_ARGUMENT_ADDED';
  const [parent = '', member = ''] = (each.path ?? '').split('.');
  const known = before.getType(parent);
  if (!known) return type.startsWith('SCHEMA_');
  return !/^FIELD_ARGUMENT_ADDED$|^FIELD_DEPRECATION_ADDED$/.test(type) || hasField(known, member);
}

/** The deprecation of an argument or input field has no change of its own, unlike that of a field. */
const isUsageNoticed = (each: Difference): boolean =>
  metaOf(each)['addedToNewType'] !== true &&
  (isOneOf(each) || (/ARGUMENT_DEFINITION|INPUT_FIELD/.test(typeOf(each)) && directiveOf(each) === 'deprecated'));

const directiveOf = (each: Difference): unknown =>
  metaOf(each)['addedDirectiveName'] ?? metaOf(each)['removedDirectiveName'];
const isOneOf = (each: Difference): boolean => directiveOf(each) === 'oneOf';

const hasField = (type: GraphQLNamedType, field: string): boolean =>
  (isObjectType(type) || isInterfaceType(type)) && field in type.getFields();

function severityOf(each: Difference, before: GraphQLSchema): ClientChange['severity'] {
  const meta = metaOf(each);
  switch (typeOf(each)) {
    case 'FIELD_ARGUMENT_ADDED': // the inspector calls an optional one dangerous; its default is what the server did before
      return meta['isAddedFieldArgumentBreaking'] === true ? 'BREAKING' : 'SAFE';
    case 'INPUT_FIELD_ADDED':
      return levelOf(each) === 'BREAKING' ? 'BREAKING' : 'SAFE';
    case 'ENUM_VALUE_ADDED':
      return isReturned(before, String(meta['enumName'])) ? 'DANGEROUS' : 'SAFE';
    case 'OBJECT_TYPE_INTERFACE_ADDED': // a new type among those of a known interface, too
      return 'DANGEROUS';
    default:
      if (!typeOf(each).startsWith('DIRECTIVE_USAGE_')) return levelOf(each);
      return isOneOf(each) && typeOf(each).endsWith('_ADDED') ? 'BREAKING' : 'SAFE';
  }
}

function levelOf({ criticality }: Difference): ClientChange['severity'] {
  const level: string = criticality.level;
  return level === 'BREAKING' || level === 'DANGEROUS' ? level : 'SAFE';
}

/** Whether clients can receive values of this enum. */
const isReturned = (schema: GraphQLSchema, name: string): boolean =>
  isEnumType(schema.getType(name)) && fieldsReturning(schema, name).length > 0;

/** The fields, as Type.field, that return this type or lists of it. */
export const fieldsReturning = (schema: GraphQLSchema, name: string): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === name)
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );

/** A path of the inspector, Type.field.argument, as a schema coordinate. */
function coordinateOf(each: Difference): string {
  const { removedUnionMemberTypeName, addedUnionMemberTypeName } = metaOf(each);
  const [type = '', member, argument] = (each.path ?? SCHEMA_ROOTS[typeOf(each)] ?? '').split('.');
  if (removedUnionMemberTypeName !== undefined || addedUnionMemberTypeName !== undefined) return type;
  if (member === undefined || type.startsWith('@')) return type;
  return argument === undefined || argument.startsWith('@') ? `${type}.${member}` : `${type}.${member}(${argument}:)`;
}

const SCHEMA_ROOTS: Readonly<Record<string, string>> = {
  SCHEMA_QUERY_TYPE_CHANGED: 'Query',
  SCHEMA_MUTATION_TYPE_CHANGED: 'Mutation',
  SCHEMA_SUBSCRIPTION_TYPE_CHANGED: 'Subscription',
};

/** An approval holds while names and types are the same; a text or a deprecation beside them does not end it. */
const contentOf = (each: Difference): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(metaOf(each))
      .filter(([key]) => !/description|deprecat/i.test(key))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
