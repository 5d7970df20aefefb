// Deprecations: each names its replacement, the release that announced it, and the date from which removal is allowed.
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { SubgraphSdl } from './nullability.ts';

/** A release's date and version. */
export interface Release {
  /** As 2027-06-01. */
  today: string;
  /** As 0.4.0. */
  version: string;
}

const REASON = /^\S.* Since (\d+)\.(\d+)\.\d+, until (\d{4}-\d\d-\d\d)\.$/s;
const RELEASES = 2; // for which a deprecated element stays: clients with a slow roll-out may skip one

/** Whether an element with this deprecation reason may be removed: two releases and its date have passed. */
export function isDue(reason: string | null | undefined, { today, version }: Release): boolean {
  const [, sinceMajor, sinceMinor, until] = REASON.exec(reason ?? '') ?? [];
  if (until === undefined || until > today) return false;
  const [major, minor] = version.split('.').map(Number) as [number, number];
  return major > Number(sinceMajor) || (major === Number(sinceMajor) && minor >= Number(sinceMinor) + RELEASES);
}

/** The deprecations whose reason lacks the release or the date, a sentence each. */
export const deprecationFaults = (parts: readonly SubgraphSdl[]): string[] =>
  parts.flatMap(({ name, sdl }) => undatedIn(parse(sdl)).map(({ message }) => `${name}: ${message}`));

/** The deprecations whose reason lacks the release or the date, with their places. */
export function undatedIn(document: DocumentNode): { node: DirectiveNode; message: string }[] {
  const undated: { node: DirectiveNode; message: string }[] = [];
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'deprecated') return;
      const reason = reasonOf(node as ConstDirectiveNode);
      if (REASON.test(reason)) return;
      const message =
        `@deprecated(reason: ${JSON.stringify(reason)}) has to say what to use, since when and until when, ` +
        'as "Use seatsLeft. Since 0.2.0, until 2027-06-01."';
      undated.push({ node, message });
    },
  });
  return undated;
}

function reasonOf({ arguments: [reason] = [] }: ConstDirectiveNode): string {
  return reason ? String(valueFromASTUntyped(reason.value)) : '';
}

/** Whether the element may be removed; a type if every field, argument and input field that has it may be. */
export function isDueAt(schema: GraphQLSchema, coordinate: string, release: Release): boolean {
  const {
    type = '',
    member,
    argument,
  } = /^(?<type>\w+)(?:\.(?<member>\w+))?(?:\((?<argument>\w+):\))?$/.exec(coordinate)?.groups ?? {};
  if (member === undefined) return isTypeDue(schema, type, release);
  const parent = schema.getType(type);
  if (isEnumType(parent)) return isDue(parent.getValue(member)?.deprecationReason, release);
  if (isInputObjectType(parent)) return isDue(parent.getFields()[member]?.deprecationReason, release);
  if (!isObjectType(parent) && !isInterfaceType(parent)) return false;
  const field = parent.getFields()[member];
  const due = argument === undefined ? field : field?.args.find(({ name }) => name === argument);
  return isDue(due?.deprecationReason, release);
}

/** A member of a union is not: what returns the union would return other types from then on. */
function isTypeDue(schema: GraphQLSchema, name: string, release: Release): boolean {
  const types = Object.values(schema.getTypeMap());
  if (types.some((type) => isUnionType(type) && type.getTypes().some((each) => each.name === name))) return false;
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const inputs = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
  const uses = ({ type }: { type: GraphQLType }) => getNamedType(type).name === name;
  const isOver = (each: { deprecationReason?: string | null | undefined }) => isDue(each.deprecationReason, release);
  const places = [
    ...[...fields, ...inputs].filter(uses).map(isOver),
    ...fields.flatMap((field) => field.args.filter(uses).map((arg) => isOver(field) || isOver(arg))),
  ];
  return places.length > 0 && places.every(Boolean);
}
