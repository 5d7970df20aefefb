// Which known operations a change affects.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  validate,
} from 'graphql';
import { coordinatesOf } from '../usage.ts';
import { type ClientChange, fieldsReturning } from './difference.ts';
import type { Finding, KnownOperation } from './finding.ts';

/** An operation with what it uses of the schema before the change. */
export interface Use {
  operation: KnownOperation;
  /** Null if only its coordinates are known. */
  document: DocumentNode | null;
  uses: ReadonlySet<string>;
}

/** Reads the operations on the schema before the change. A text that is not GraphQL uses nothing. */
export const usesOn = (before: GraphQLSchema, operations: readonly KnownOperation[]): Use[] =>
  operations.map((operation) => {
    const document = documentOf(operation.text);
    const uses = new Set([...operation.coordinates, ...(document ? coordinatesOf(document, before) : [])]);
    return { operation, document, uses };
  });

function documentOf(text: string | null): DocumentNode | null {
  try {
    return text === null ? null : parse(text);
  } catch {
    return null;
  }
}

/** Selects the operations that the change affects. Written for one change, asked for many operations. */
export function affectedBy({ code, coordinate, content }: ClientChange, before: GraphQLSchema): (use: Use) => boolean {
  const [owner = ''] = coordinate.split(/[.(]/);
  const field = coordinate.replace(/\(.*/, '');
  switch (code) {
    case 'FIELD_ARGUMENT_ADDED':
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
      return usesOne([field]);
    case 'INPUT_FIELD_ADDED':
    case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
      return usesMemberOf(owner);
    case 'ENUM_VALUE_ADDED':
    case 'UNION_MEMBER_ADDED':
      return usesOne(fieldsReturning(before, owner));
    case 'OBJECT_TYPE_INTERFACE_ADDED':
      return usesOne(fieldsReturning(before, String(content['addedInterfaceName'])));
    case 'UNION_MEMBER_REMOVED':
      return usesBoth(fieldsReturning(before, owner), String(content['removedUnionMemberTypeName']));
    case 'OBJECT_TYPE_INTERFACE_REMOVED':
      return usesBoth(fieldsReturning(before, String(content['removedInterfaceName'])), owner);
    default:
      return coordinate.includes('.') ? usesOne([coordinate]) : usesType(owner, before);
  }
}

const usesOne =
  (coordinates: readonly string[]) =>
  ({ uses }: Use) =>
    coordinates.some((each) => uses.has(each));

const usesMemberOf =
  (type: string) =>
  ({ uses }: Use) =>
    uses.has(type) || [...uses].some((each) => each.startsWith(`${type}.`));

const usesBoth = (fields: readonly string[], type: string) => (use: Use) =>
  usesOne(fields)(use) && usesMemberOf(type)(use);

function usesType(type: string, before: GraphQLSchema) {
  const returning = usesOne(fieldsReturning(before, type));
  const members = usesMemberOf(type);
  const given = usesOne(argumentsOf(before, type));
  return (use: Use) => members(use) || returning(use) || given(use);
}

/** The arguments of this type, as Type.field(argument:). */
const argumentsOf = (schema: GraphQLSchema, name: string): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args
            .filter((arg) => getNamedType(arg.type).name === name)
            .map((arg) => `${type.name}.${field.name}(${arg.name}:)`),
        )
      : [],
  );

/** The operations that are valid on the schema before the change and not after it, with the first reason. */
export const invalidAfter = (
  uses: readonly Use[],
  before: GraphQLSchema,
  after: GraphQLSchema,
): { use: Use; reason: string }[] =>
  uses.flatMap((use) => {
    const [error] = use.document ? validate(after, use.document, undefined, { maxErrors: 1 }) : [];
    if (!error || !use.document || validate(before, use.document, undefined, { maxErrors: 1 }).length) return [];
    return [{ use, reason: error.message }];
  });

const MOST_LISTED = 20; // operations of one finding

/** The name of a document's first operation; empty if it has none. */
const operationName = (document: DocumentNode | null): string =>
  document?.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)?.name?.value ?? '';

/** The most frequent operations first, pushed ones before them. */
export const listed = (uses: readonly Use[]): Finding['operations'] =>
  uses
    .map(({ operation: { text: _text, coordinates: _coordinates, ...rest }, document }) => ({
      ...rest,
      name: rest.name || operationName(document),
    }))
    .toSorted((a, b) => Number(b.isPushed) - Number(a.isPushed) || b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_LISTED);
