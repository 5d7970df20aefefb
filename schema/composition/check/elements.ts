// The elements that an SDL defines, by their schema coordinates, with their places.
import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  print,
} from 'graphql';

export type TypeNodeOfSdl = TypeDefinitionNode | TypeExtensionNode;

/** A type, a field of it, an argument of a field, or an enum value. */
export interface Element {
  /** Type, Type.field, Type.field(argument:), Enum.VALUE, Input.field */
  coordinate: string;
  /** The type that has it. */
  type: TypeNodeOfSdl;
  node: TypeNodeOfSdl | FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;
}

/** All elements in the order of the SDL. A type that is extended comes several times. */
export const elementsIn = (document: DocumentNode): Element[] =>
  document.definitions.flatMap((type) => {
    if (!isTypeDefinitionNode(type) && !isTypeExtensionNode(type)) return [];
    const name = type.name.value;
    const fields = 'fields' in type ? (type.fields ?? []) : [];
    const values = 'values' in type ? (type.values ?? []) : [];
    return [
      { coordinate: name, type, node: type },
      ...fields.flatMap((node) => {
        const coordinate = `${name}.${node.name.value}`;
        const args = 'arguments' in node ? (node.arguments ?? []) : [];
        const argumentOf = (arg: InputValueDefinitionNode) => ({
          ...{ coordinate: `${coordinate}(${arg.name.value}:)`, type, node: arg },
        });
        return [{ coordinate, type, node }, ...args.map(argumentOf)];
      }),
      ...values.map((node) => ({ coordinate: `${name}.${node.name.value}`, type, node })),
    ];
  });

/** What an element promises: its definition without descriptions and without the elements below it. */
export const signatureOf = ({ node }: Element): string =>
  print(Object.fromEntries(Object.entries(node).filter(([key]) => !BELOW.has(key))) as unknown as ASTNode);

const BELOW: ReadonlySet<string> = new Set(['description', 'fields', 'values', 'arguments', 'loc']);

/**
 * The SDL without what federation's libraries print into it: `_Service`, `Query._entities` and the like are in no API.
 */
export const withoutMachinery = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.flatMap((definition): DefinitionNode[] => {
    if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) return [definition];
    if (MACHINERY.test(definition.name.value)) return [];
    if (definition.name.value !== 'Query' || !('fields' in definition)) return [definition];
    const fields = (definition.fields ?? []).filter(({ name }) => !/^_(?:entities|service)$/.test(name.value));
    return fields.length ? [{ ...definition, fields } as DefinitionNode] : [];
  }),
});

const MACHINERY = /^(?:_Any|_Entity|_Service|_FieldSet|link__(?:Import|Purpose)|federation__\w+)$/;
