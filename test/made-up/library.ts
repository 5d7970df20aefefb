// A test library in three subgraphs: interfaces, different unions, nested and multiple keys, and `@requires` with arguments.
import { type Parts, ref, refs } from './supergraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])'; // prettier-ignore

const catalogue = `${link}
  type Query { items: [Item!]! item(id: ID!): Item found(first: Int = 4): [Found!]! shelf: Shelf }
  interface Item { id: ID! name: String! price(currency: String = "INR"): Int writer: Person more(first: Int = 2): [Item!]! }
  type Book implements Item @key(fields: "id") {
    id: ID! name: String! price(currency: String = "INR"): Int writer: Person more(first: Int = 2): [Item!]!
    weight(unit: String = "g"): Int pages: Int! shelf: Shelf size: Size }
  type Film implements Item @key(fields: "id") @key(fields: "code") {
    id: ID! code: String! name: String! price(currency: String = "INR"): Int writer: Person more(first: Int = 2): [Item!]!
    weight(unit: String = "g"): Int pages: Int size: Size }
  type Size { height: Int! depth(unit: String = "mm"): Int! }
  union Found = Book | Film | Person | Shelf
  type Person @key(fields: "name { first last }") { name: FullName! wrote: [Item!]! }
  type FullName @shareable { first: String! last: String! }
  type Shelf @key(fields: "floor row") { floor: Int! row: String! items(first: Int = 9): [Item!]! }`;

const stock = `${link}
  type Query { kept: [Kept!]! }
  interface Kept { left: Int label: String! }
  type Book implements Kept @key(fields: "id") { id: ID! left: Int label: String!
    price(currency: String = "INR"): Int @external weight(unit: String = "g"): Int @external size: Size @external
    postage(to: String = "IN"): Int @requires(fields: "weight(unit: \\"kg\\") price(currency: \\"USD\\")")
    box: Int @requires(fields: "size { height depth(unit: \\"cm\\") }")
    twin: Film }
  type Film implements Kept @key(fields: "code") { code: String! left: Int label: String!
    name: String! @external
    title: String @requires(fields: "name") }
  type Size { height: Int! @external depth(unit: String = "mm"): Int! @external }
  type Shelf implements Kept @key(fields: "floor row") { floor: Int! row: String! left: Int label: String! }`;

const people = `${link}
  type Query { people: [Person!]! somebody(last: String): Person }
  type Person @key(fields: "name { first last }") { name: FullName! born: Int email(masked: Boolean = true): String
    friends(first: Int = 2): [Person!]! favourite: Favourite secret: String }
  type FullName @shareable { first: String! last: String! }
  union Favourite = Book | Person | Film
  type Book @key(fields: "id", resolvable: false) { id: ID! }
  type Film @key(fields: "code", resolvable: false) { code: String! }`;

const ada = { __typename: 'Person', name: { first: 'Ada', last: 'Byron' } };
const mary = { __typename: 'Person', name: { first: 'Mary', last: 'Shelley' } };

/** A number that depends on the argument. */
const shift = (value: number, by: string): number =>
  value + 1000 * [...by].reduce((sum, sign) => sum + sign.charCodeAt(0), 0);
const first =
  (key: string) =>
  (source: Record<string, unknown>, { first: n }: { first: number }) =>
    (source[key] as unknown[]).slice(0, n);
const price = ({ cents }: { cents: number }, { currency }: { currency: string }) => shift(cents, currency);
const weight = ({ grams }: { grams: number }, { unit }: { unit: string }) => shift(grams, unit);
const depth = ({ mm }: { mm: number }, { unit }: { unit: string }) => shift(mm, unit);

interface Required {
  price: number;
  weight: number;
  size: { height: number; depth: number };
  name: string;
}

/** The required fields of a whole row, as the plan requests them. */
const required = (all: {
  cents: number;
  grams: number;
  name: string;
  size: { height: number; mm: number };
}): Required => ({
  ...all,
  price: price(all, { currency: 'USD' }),
  weight: weight(all, { unit: 'kg' }),
  size: { height: all.size.height, depth: depth(all.size, { unit: 'cm' }) },
});

const postage = ({ price, weight }: Required, { to }: { to: string }) => shift(price * 7 + weight, to);
const box = ({ size }: Required) => size.height * 3 + size.depth;
const title = ({ name }: Required) => `${name}, the film`;

export const library: Parts = {
  subgraphs: {
    catalogue: {
      sdl: catalogue,
      rows: {
        tales: { __typename: 'Book', id: 'b1', name: 'Tales', cents: 120, grams: 300, pages: 90, writer: ref('mary'), all: refs('notes', 'reel', 'tales'), shelf: ref('low'), size: { height: 20, mm: 12 } }, // prettier-ignore
        notes: { __typename: 'Book', id: 'b2', name: 'Notes', cents: 70, grams: 150, pages: 40, writer: ref('ada'), all: refs('tales'), shelf: null, size: { height: 15, mm: 4 } }, // prettier-ignore
        reel: { __typename: 'Film', id: 'f1', code: 'F-1', name: 'Reel', cents: 200, grams: 90, pages: null, writer: ref('mary'), all: refs('tales', 'notes'), size: { height: 9, mm: 1 } }, // prettier-ignore
        low: { __typename: 'Shelf', floor: 1, row: 'A', all: refs('reel', 'tales') },
        ada: { ...ada, wrote: refs('notes') },
        mary: { ...mary, wrote: refs('tales', 'reel') },
      },
      fields: {
        'Query.items': () => refs('tales', 'notes', 'reel'),
        'Query.item': (_, { id }: { id: string }) => ref({ b1: 'tales', b2: 'notes', f1: 'reel' }[id] ?? 'none'),
        'Query.found': (_, { first: n }: { first: number }) => refs('ada', 'reel', 'low', 'tales', 'mary').slice(0, n),
        'Query.shelf': () => ref('low'),
        'Book.more': first('all'),
        'Film.more': first('all'),
        'Shelf.items': first('all'),
        'Book.price': price,
        'Film.price': price,
        'Book.weight': weight,
        'Film.weight': weight,
        'Size.depth': depth,
      },
    },
    stock: {
      sdl: stock,
      rows: {
        tales: { __typename: 'Book', id: 'b1', left: 3, label: 'b-tales', twin: ref('reel') },
        notes: { __typename: 'Book', id: 'b2', left: null, label: 'b-notes', twin: null },
        reel: { __typename: 'Film', code: 'F-1', left: 7, label: 'f-reel' },
        low: { __typename: 'Shelf', floor: 1, row: 'A', left: 11, label: 's-low' },
      },
      fields: {
        'Query.kept': () => refs('low', 'notes', 'reel', 'tales'),
        'Book.postage': postage,
        'Book.box': box,
        'Film.title': title,
      },
    },
    people: {
      sdl: people,
      rows: {
        ada: { ...ada, born: 1815, at: 'ada@example.com', all: refs('mary'), favourite: ref('tales') },
        mary: { ...mary, born: 1797, at: 'mary@example.com', all: refs('ada', 'mary'), favourite: ref('ada') },
        tales: { __typename: 'Book', id: 'b1' },
        reel: { __typename: 'Film', code: 'F-1' },
      },
      fields: {
        'Query.people': () => refs('ada', 'mary'),
        'Query.somebody': (_, { last }: { last?: string }) => ref(last === 'Byron' ? 'ada' : 'mary'),
        'Person.friends': first('all'),
        'Person.email': ({ at }: { at: string }, { masked }: { masked: boolean }) => (masked ? `${at[0]}…` : at),
        'Person.secret': () => {
          throw new Error('it is one');
        },
      },
    },
  },
  joined: {
    'Book.postage': (all: Parameters<typeof required>[0], to: { to: string }) => postage(required(all), to),
    'Book.box': (all: Parameters<typeof required>[0]) => box(required(all)),
  },
};
