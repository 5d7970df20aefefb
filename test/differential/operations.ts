// Draws valid operations for a schema: aliases, fragments, variables, conditions, repeated and merged fields.
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import type { Random } from './random.ts';

export interface Operation {
  document: string;
  variables: Record<string, unknown>;
}

const DEEPEST = 5; // levels of fields
const MOST = 30; // selections
const TRIES = 12; // documents until the names are kept apart in all fragments

/** Names that a plan, an executor or JavaScript may use for itself. */
const TRICKY = ['__typename', '__proto__', 'constructor', '_entities', 'representations', 'toString', 'x'];

/** A valid operation for this schema. */
export function drawOperation(schema: GraphQLSchema, random: Random): Operation {
  for (let attempt = 0; attempt < 100; attempt++) {
    const drawn = new Draw(schema, random.fork(String(attempt)), attempt < TRIES && random.chance(0.5)).operation();
    if (!validate(schema, parse(drawn.document)).length) return drawn;
  }
  throw new Error('no valid operation was drawn');
}

/** What each response name of one place in the answer means. */
type Scope = Map<string, { meaning: string; written: string; type: string; below: Scope }>;

class Draw {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  /** Whether a name may have another meaning on another type. */
  readonly #isLoose: boolean;
  readonly #names: readonly string[];
  readonly #fragments: { name: string; on: string; text: string }[] = [];
  readonly #variables: { name: string; type: string; declared: string }[] = [];
  readonly #values: Record<string, unknown> = {};
  #left = MOST;

  constructor(schema: GraphQLSchema, random: Random, isLoose: boolean) {
    this.#schema = schema;
    this.#random = random;
    this.#isLoose = isLoose;
    this.#names = [...new Set(fieldNames(schema)), ...TRICKY];
  }

  operation(): Operation {
    const mutation = this.#schema.getMutationType();
    const query = this.#schema.getQueryType();
    const isMutation = mutation && this.#random.chance(0.2);
    const root = isMutation ? mutation : query;
    if (!root) throw new Error('the schema has no Query');
    const set = this.#set(root, new Map(), DEEPEST);
    const declared = this.#variables.length ? `(${this.#variables.map((each) => each.declared).join(', ')})` : '';
    const fragments = this.#fragments.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`);
    const head = `${isMutation ? 'mutation' : 'query'}${this.#random.chance(0.2) ? ' Asked' : ''}`;
    return { document: [`${head}${declared} ${set}`, ...fragments].join(' '), variables: this.#values };
  }

  #set(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const count = 1 + this.#random.below(depth === DEEPEST ? 4 : 5);
    const drawn = Array.from({ length: count }, () => (this.#left-- > 0 ? this.#selection(type, scope, depth) : ''));
    const text = drawn.filter(Boolean).join(' ');
    return `{ ${text || '__typename'} }`;
  }

  #selection(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const isAbstract = isAbstractType(type);
    if (depth > 0 && this.#random.chance(isAbstract ? 0.5 : 0.15)) return this.#fragment(type, scope, depth);
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const repeated = this.#random.chance(0.15) ? this.#again(type, scope, depth) : undefined;
    if (repeated !== undefined) return repeated;
    const fitting = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
    const deep = fitting.filter((field) => isCompositeType(getNamedType(field.type)));
    if (!fitting.length || this.#random.chance(0.1)) return this.#typename(scope);
    return this.#field(type, this.#random.one(deep.length && this.#random.chance(0.3) ? deep : fitting), scope, depth);
  }

  /** The same field again, with other fields below. */
  #again(type: GraphQLCompositeType, scope: Scope, depth: number): string | undefined {
    const before = [...scope.values()].filter((each) => each.type === type.name);
    if (!before.length || isUnionType(type)) return undefined;
    const { written, meaning, below } = this.#random.one(before);
    const of = type.getFields()[meaning.replace(/\W.*/s, '')];
    if (!of) return undefined;
    const named = getNamedType(of.type);
    const set = isCompositeType(named) ? ` ${this.#set(named, below, depth - 1)}` : '';
    return `${written}${this.#condition()}${set}`;
  }

  #typename(scope: Scope): string {
    const alias = this.#random.chance(0.25) ? this.#random.one(this.#names) : '__typename';
    const found = scope.get(alias);
    if (found && found.meaning !== '__typename') return '__typename';
    const written = alias === '__typename' ? alias : `${alias}: __typename`;
    scope.set(alias, { meaning: '__typename', written, type: '', below: new Map() });
    return `${written}${this.#condition()}`;
  }

  #field(type: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, scope: Scope, depth: number): string {
    const name = this.#random.chance(0.35) ? this.#random.one(this.#names) : field.name;
    const call = `${field.name}${this.#arguments(field.args)}`;
    const meaning = `${call}: ${String(field.type)}`;
    const found = scope.get(name);
    if (found && found.meaning !== meaning) return '';
    const written = name === field.name ? call : `${name}: ${call}`;
    const entry = found ?? { meaning, written, type: type.name, below: new Map<string, never>() };
    scope.set(name, entry);
    const named = getNamedType(field.type);
    const set = isCompositeType(named) ? ` ${this.#set(named, entry.below, depth - 1)}` : '';
    return `${written}${this.#condition()}${set}`;
  }

  #fragment(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const possible = isObjectType(type) ? [type] : this.#schema.getPossibleTypes(type);
    const on = this.#random.one([type, ...possible, ...possible, ...possible.flatMap((each) => each.getInterfaces())]);
    const known = this.#fragments.filter((each) => each.on === on.name);
    if (known.length && this.#random.chance(0.2)) return `...${this.#random.one(known).name}${this.#condition()}`;
    const isApart = this.#isLoose && isObjectType(on) && on !== type;
    const inside = isApart ? (new Map<string, never>() as Scope) : scope;
    const text = this.#set(on, inside, depth - 1);
    const kind = this.#random.below(4);
    if (kind === 0 && on === type) return `...${this.#condition()} ${text}`;
    if (kind < 3) return `... on ${on.name}${this.#condition()} ${text}`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push({ name, on: on.name, text });
    return `...${name}${this.#condition()}`;
  }

  #condition(): string {
    if (!this.#random.chance(0.1)) return '';
    const one = () => `@${this.#random.one(['skip', 'include'])}`;
    const [first, second] = [one(), one()];
    const value = () => (this.#random.chance(0.5) ? this.#variable('Boolean!', () => this.#random.chance(0.5)) : String(this.#random.chance(0.5))); // prettier-ignore
    const both = first !== second && this.#random.chance(0.2) ? ` ${second}(if: ${value()})` : '';
    return ` ${first}(if: ${value()})${both}`;
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args.flatMap(({ name, type, defaultValue }) => {
      const isOptional = !isNonNullType(type) || defaultValue !== undefined;
      return isOptional && this.#random.chance(0.4) ? [] : [`${name}: ${this.#input(type, 2)}`];
    });
    return given.length ? `(${given.join(', ')})` : '';
  }

  /** A value as the document writes it, or a variable. */
  #input(type: GraphQLInputType, depth: number): string {
    if (this.#random.chance(0.3)) return this.#variable(String(type), () => this.#json(type, depth));
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    return this.#random.chance(0.1) ? 'null' : this.#literal(type, depth);
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    if (isListType(type)) {
      if (!isListType(type.ofType) && this.#random.chance(0.2)) return this.#literal(type.ofType, depth); // a single item is a list
      return `[${Array.from({ length: this.#random.below(3) }, () => this.#input(type.ofType, depth - 1)).join(', ')}]`; // prettier-ignore
    }
    if (!isInputObjectType(type)) return isEnumType(type) ? String(this.#json(type, 0)) : JSON.stringify(this.#json(type, 0)); // prettier-ignore
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || (depth > 0 && this.#random.chance(0.4))); // prettier-ignore
    return `{ ${fields.map((field) => `${field.name}: ${this.#input(field.type, depth - 1)}`).join(', ')} }`;
  }

  /** A value as a client sends it. */
  #json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, depth) ?? this.#json(type, depth);
    if (depth > 0 && this.#random.chance(0.1)) return null;
    if (isListType(type)) {
      return Array.from({ length: this.#random.below(3) }, () => this.#json(type.ofType, 0));
    }
    if (isEnumType(type)) return this.#random.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || (depth > 0 && this.#random.chance(0.4)),
      );
      return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type, depth - 1)]));
    }
    const number = this.#random.below(9);
    if (type.name === 'Boolean') return number % 2 === 0;
    return type.name === 'Int' || (type.name === 'ID' && number % 2 === 0) ? number : `w"${number}`;
  }

  /** A variable of this type, one that is there or a new one: given, absent, or with a default. */
  #variable(type: string, value: () => unknown): string {
    const known = this.#variables.filter((each) => each.type === type);
    if (known.length && this.#random.chance(0.5)) return `$${this.#random.one(known).name}`;
    const name =
      this.#random.chance(0.1) && !this.#values['representations'] ? 'representations' : `v${this.#variables.length}`;
    const isUsed = this.#variables.some((each) => each.name === name);
    const own = isUsed ? `v${this.#variables.length}` : name;
    const hasDefault = !type.endsWith('!') && /^(Int|Boolean|String)$/.test(type) && this.#random.chance(0.4);
    const fallback = hasDefault ? ` = ${{ Int: '6', Boolean: 'true' }[type] ?? '"d"'}` : '';
    this.#variables.push({ name: own, type, declared: `$${own}: ${type}${fallback}` });
    if (type.endsWith('!') || this.#random.chance(0.7)) this.#values[own] = value();
    return `$${own}`;
  }
}

/** The names of all fields of a schema, each once. */
export const fieldNames = (schema: GraphQLSchema): string[] => [
  ...new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isCompositeType(type) && !isUnionType(type) && !type.name.startsWith('__') ? Object.keys(type.getFields()) : [],
    ),
  ),
];
