// Random documents that are valid for a schema, with names that clients may choose.
import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  print,
  validate,
  visit,
} from 'graphql';

export interface Choices {
  /** Argument values by argument name, literals or variables; an argument without values is left out. */
  values: Readonly<Record<string, readonly string[]>>;
  /** Root fields of Query; all by default. */
  roots?: readonly string[];
  depth: number;
  /** Types and defaults of variables, in addition to `yes` and `no`. */
  variables?: Readonly<Record<string, string>>;
}

const MOST = 16; // selections per document, so that most documents are valid

const TRICKY = [
  '__typename',
  '__proto__',
  'constructor',
  '_entities',
  'representations',
  'alias1_id',
  'id__alias_0',
  'x',
];

/** Documents of one operation with aliases, many of them names of fields. All variables have defaults. */
export function documents(schema: GraphQLSchema, choices: Choices): fc.Arbitrary<string> {
  const names = [...new Set(fieldsIn(schema))].concat(TRICKY);
  const variables = { yes: 'Boolean = true', no: 'Boolean = false', ...choices.variables };
  const build = (g: GeneratorValue): string => {
    const fragments: string[] = [];
    let left = MOST; // selections
    const chance = (of: number): boolean => g(fc.nat, { max: of - 1 }) === 0;
    const one = <T>(all: readonly T[]): T => all[g(fc.nat, { max: all.length - 1 })]!;

    function set(type: GraphQLCompositeType, depth: number, isRoot = false): string {
      const count = 1 + g(fc.nat, { max: 3 });
      const used = new Map<string, string>(); // one meaning per response name, as few documents would be valid by chance
      const selections = Array.from({ length: count }, () => (left-- > 0 ? selection(type, depth, isRoot, used) : ''));
      return `{ ${selections.join(' ').trim() || '__typename'} }`;
    }

    function selection(type: GraphQLCompositeType, depth: number, isRoot: boolean, used: Map<string, string>): string {
      if (depth > 0 && chance(isAbstractType(type) ? 2 : 8)) return fragment(type, depth, isRoot);
      const fields = isUnionType(type) ? [] : Object.values(type.getFields());
      const candidates = fields.filter(
        ({ name, type: of }) =>
          (depth > 1 || !isCompositeType(getNamedType(of))) &&
          (!isRoot || !choices.roots || choices.roots.includes(name)),
      );
      const alias = chance(2) ? `${one(names)}: ` : '';
      const field = candidates.length && !chance(12) ? one(candidates) : undefined;
      const written = field ? `${field.name}${given(field)}` : '__typename';
      const name = alias ? alias.slice(0, -2) : (field?.name ?? '__typename');
      if ((used.get(name) ?? written) !== written) return '';
      used.set(name, written);
      const of = field && getNamedType(field.type);
      const below = isCompositeType(of) ? ` ${set(of, depth - 1)}` : '';
      return `${alias}${written}${directive()}${below}`;
    }

    function fragment(type: GraphQLCompositeType, depth: number, isRoot: boolean): string {
      const possible = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
      const on = one([type, ...possible, ...possible.flatMap((each) => each.getInterfaces())]);
      const below = set(on, depth - 1, isRoot);
      if (chance(2)) return `... on ${on.name}${directive()} ${below}`;
      fragments.push(`fragment F${fragments.length} on ${on.name} ${below}`);
      return `...F${fragments.length - 1}${directive()}`;
    }

    function given({ args }: GraphQLField<unknown, unknown>): string {
      const written = args.flatMap(({ name, type }) => {
        const values = choices.values[name] ?? [];
        return values.length && (isNonNullType(type) || chance(2)) ? [`${name}: ${one(values)}`] : [];
      });
      return written.length ? `(${written.join(', ')})` : '';
    }

    const directive = (): string =>
      chance(12) ? ` @${one(['include(if: $yes)', 'skip(if: $no)', 'include(if: $no)', 'skip(if: false)'])}` : '';

    const query = set(schema.getQueryType()!, choices.depth, true);
    const text = `${query} ${fragments.join(' ')}`;
    const used = Object.entries(variables).filter(([name]) => text.includes(`$${name}`));
    const declared = used.length ? `(${used.map(([name, type]) => `$${name}: ${type}`).join(', ')})` : '';
    return `query${declared} ${text}`;
  };
  return fc.gen().map((g) => {
    for (;;) {
      const document = build(g);
      if (isValid(schema, document)) return document;
    }
  });
}

export const isValid = (schema: GraphQLSchema, document: string): boolean => !validate(schema, parse(document)).length;

const fieldsIn = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isCompositeType(type) && !isUnionType(type) && !type.name.startsWith('__') ? Object.keys(type.getFields()) : [],
  );

/** The document with aliases that no field has, wherever it has an alias or arguments, and the client's name for each. */
export function withHarmlessAliases(document: string): { text: string; clients: Map<string, string> } {
  const aliases = new Map<string, string>();
  const clients = new Map<string, string>();
  const text = print(
    visit(parse(document), {
      Field(field) {
        const client = (field.alias ?? field.name).value;
        if (client === field.name.value && !field.arguments?.length) return undefined;
        const key = [client, field.name.value, ...(field.arguments ?? []).map(print)].join(' ');
        const alias = aliases.get(key) ?? `harmless${aliases.size}`;
        aliases.set(key, alias);
        clients.set(alias, client);
        return { ...field, alias: { kind: Kind.NAME, value: alias } };
      },
    }),
  );
  return { text, clients };
}

/** The same data under the client's names. */
export const underClients = (data: unknown, clients: ReadonlyMap<string, string>): unknown =>
  Array.isArray(data)
    ? data.map((each) => underClients(each, clients))
    : typeof data === 'object' && data !== null
      ? Object.fromEntries(
          Object.entries(data).map(([name, value]) => [clients.get(name) ?? name, underClients(value, clients)]),
        )
      : data;
