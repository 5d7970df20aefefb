// The gateway refuses the fields that a caller may not use, before it calls a subgraph: with both executors.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GraphQLError } from 'graphql';
import { type Guarded, openGuarded, type Visitor } from '../made-up/guarded.ts';

const books = [
  { __typename: 'Book', id: 'b1', title: 'Maps', price: 7, cost: 3, parent: { name: 'Press', secret: 's1' } },
  { __typename: 'Book', id: 'b2', title: 'Charts', price: 9, cost: 4, parent: null },
];
const films = [{ __typename: 'Film', id: 'f1', title: 'Flight', price: 5 }];
const did: string[] = [];

const subgraphs: Readonly<Record<string, Guarded>> = {
  account: {
    sdl: `
      type Query {
        me: Account @access(to: "account")
        member(id: ID!): Account @access(to: "anyone")
        members: [Account] @access(to: "anyone")
      }
      type Account @key(fields: "id") @access(to: "anyone") { id: ID! name: String @access(to: "owner") }`,
    resolvers: {
      Query: {
        me: () => ({ __typename: 'Account', id: 'acc_1' }),
        member: (_: unknown, { id }: { id: string }) => ({ __typename: 'Account', id }),
        members: () => ['acc_1', 'acc_2', 'acc_3'].map((id) => ({ __typename: 'Account', id })),
      },
      Account: { __resolveReference: ({ id }: { id: string }) => ({ id }), name: () => 'Asha' },
    },
  },
  loyalty: {
    sdl: `
      extend type Account @key(fields: "id") @access(to: "owner") {
        id: ID!
        points: Int
        tier: String @access(to: "anyone")
      }
      extend type Book @key(fields: "id") @access(scopes: ["rights"]) { id: ID! @access(to: "anyone") holder: String }`,
    resolvers: {
      Account: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        points: ({ id }: { id: string }) => (id === 'acc_3' ? 3 : 10),
        tier: () => 'GOLD',
      },
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id }), holder: () => 'Rao' },
    },
  },
  media: {
    sdl: `
      type Query {
        shopping: Shelf @access(to: "anyone")
        book(id: ID!): Book @access(to: "anyone")
        report(on: String): Report @access(roles: ["OPERATOR"])
        audit: Report @access(roles: ["ADMIN", "OPERATOR"])
        shelf: Shelf @access(to: "anyone")
        media: [Media] @access(to: "anyone")
        certain: [Media!] @access(to: "anyone")
      }
      type Mutation {
        rate(stars: Int!): Int @access(to: "anyone")
        publish(title: String!): Book @access(roles: ["OPERATOR"])
        print: Receipt @access(to: "anyone")
      }
      type Receipt @access(to: "anyone") { number: Int signature: String! @access(to: "account") }
      type Report @access(roles: ["OPERATOR"]) { text: String }
      type Shelf @access(to: "anyone") {
        name: String
        note: String @access(to: "account")
        books: [Book!]
        best: Book
        sure: Book!
      }
      interface Media { id: ID! title: String price: Int! }
      type Book implements Media @key(fields: "id") @access(to: "anyone") {
        id: ID!
        title: String
        price: Int!
        cost: Int! @access(roles: ["OPERATOR"])
        parent: Publisher
      }
      type Publisher @access(to: "anyone") { name: String secret: String! @access(to: "account") }
      type Film implements Media @access(to: "anyone") {
        id: ID!
        title: String @access(scopes: ["films", "titles"])
        price: Int!
      }`,
    resolvers: {
      Query: {
        shopping: () => ({ name: 'A', note: 'n' }),
        book: (_: unknown, { id }: { id: string }) => books.find((each) => each.id === id),
        report: () => ({ text: 'r' }),
        audit: () => ({ text: 'a' }),
        shelf: () => ({ name: 'A', note: 'n' }),
        media: () => [...books, ...films],
        certain: () => [...books, ...films],
      },
      Mutation: {
        rate: (_: unknown, { stars }: { stars: number }) => (did.push(`rate ${stars}`), stars),
        publish: () => (did.push('publish'), books[0]),
        print: () => (did.push('print'), { number: 1, signature: 'x' }),
      },
      Shelf: { books: () => books, best: () => books[0], sure: () => books[0] },
      Book: { __resolveReference: ({ id }: { id: string }) => books.find((each) => each.id === id) },
    },
  },
};

const traveller: Visitor = { account: 'acc_1' };
const operator: Visitor = { account: 'acc_2', roles: ['TRAVELLER', 'OPERATOR'] };
const filmFan: Visitor = { account: 'acc_1', scope: 'openid titles films' };

for (const executor of ['compiled', 'apollo'] as const) {
  describe(`with the executor ${executor}`, () => {
    let graph: Awaited<ReturnType<typeof openGuarded>>;
    before(async () => (graph = await openGuarded(subgraphs, { executor })));
    after(() => graph[Symbol.asyncDispose]());

    /** What a caller sees, and which subgraphs were called. */
    async function see(query: string, who: Visitor | null = null, variables: object = {}) {
      graph.asked.length = 0;
      did.length = 0;
      const { data, errors, text } = await graph.ask(query, who, variables);
      assert.doesNotMatch(text, /_forbidden\d/, 'no marker leaks');
      const called = graph.asked.map((each) => each.split(':')[0]);
      return { data, errors: errors.map(({ code, path }) => `${String(code)} ${path}`), called, text };
    }

    test('a forbidden root field is null with the error of its subgraph, and no subgraph is called', async () => {
      const { data, errors, called, text } = await see('{ me { id } r: report { text } }');
      assert.deepEqual(data, { me: null, r: null });
      assert.deepEqual(errors, ['UNAUTHENTICATED me', 'UNAUTHENTICATED r']);
      assert.deepEqual(called, []);
      assert.match(text, /me: sign in first\./);
      const signedIn = await see('query($on: String) { r: report(on: $on) { text } __typename }', traveller, {
        on: 'x',
      });
      assert.deepEqual(signedIn.data, { r: null, __typename: 'Query' });
      assert.deepEqual(signedIn.errors, ['FORBIDDEN r']);
      assert.match(signedIn.text, /report: this needs the role OPERATOR\./);
      assert.deepEqual(signedIn.called, []);
      assert.deepEqual((await see('{ report { text } }', operator)).data, { report: { text: 'r' } });
    });

    test('the other fields are answered in the order of the document', async () => {
      const { data, errors, called } = await see(
        '{ report { text } shelf { name note best { title } } me { id } x: __typename }',
      );
      assert.equal(
        JSON.stringify(data),
        '{"report":null,"shelf":{"name":"A","note":null,"best":{"title":"Maps"}},"me":null,"x":"Query"}',
      );
      assert.deepEqual(errors.toSorted(), [
        'UNAUTHENTICATED me',
        'UNAUTHENTICATED report',
        'UNAUTHENTICATED shelf.note',
      ]);
      assert.deepEqual(called, ['media']);
    });

    test('a field of another subgraph is refused before that subgraph is called, in each item of a list', async () => {
      const { data, errors, called } = await see('{ shelf { books { title holder } } }', traveller);
      assert.deepEqual(data, {
        shelf: {
          books: [
            { title: 'Maps', holder: null },
            { title: 'Charts', holder: null },
          ],
        },
      });
      assert.deepEqual(errors, ['FORBIDDEN shelf.books.0.holder', 'FORBIDDEN shelf.books.1.holder']);
      assert.deepEqual(called, ['media']);
      const allowed = await see('{ shelf { books { title holder } } }', { account: 'acc_1', scope: 'rights' });
      assert.deepEqual(allowed.errors, []);
      assert.deepEqual(allowed.called, ['media', 'loyalty']);
    });

    test('a forbidden non-null field makes the object around it null, as far as the schema allows no null', async () => {
      const cases: [query: string, data: object, errors: string[]][] = [
        ['{ book(id: "b1") { title cost } }', { book: null }, ['book.cost']],
        ['{ shelf { name sure { cost } } }', { shelf: null }, ['shelf.sure.cost']],
        ['{ shelf { name books { title cost } } }', { shelf: { name: 'A', books: null } }, ['shelf.books.0.cost', 'shelf.books.1.cost']],
        ['{ media { price ... on Book { cost } } }', { media: [null, null, { price: 5 }] }, ['media.0.cost', 'media.1.cost']],
        ['{ certain { price ... on Book { cost } } }', { certain: null }, ['certain.0.cost', 'certain.1.cost']],
        ['{ certain { price ... on Book @skip(if: true) { cost } } }', { certain: [{ price: 7 }, { price: 9 }, { price: 5 }] }, []],
      ]; // prettier-ignore
      for (const [query, data, errors] of cases) {
        const seen = await see(query, traveller);
        assert.deepEqual(seen.data, data, query);
        assert.deepEqual(seen.errors, errors.map((path) => `FORBIDDEN ${path}`), query); // prettier-ignore
        assert.ok(!graph.asked.some((each) => each.includes('cost')), 'the field is never fetched');
      }
    });

    test('an object that is null in any case is not fetched, and its mutation not made', async () => {
      const seen = await see('{ book(id: "b1") { title cost } }', traveller);
      assert.deepEqual(seen.called, []);
      const printed = await see('mutation { print { number } print { signature } rate(stars: 1) }');
      assert.deepEqual(printed.data, { print: null, rate: 1 });
      assert.deepEqual(printed.errors, ['UNAUTHENTICATED print.signature']);
      assert.deepEqual(did, ['rate 1']);
    });

    test('@skip and @include decide about a forbidden field like about any other', async () => {
      const query = `query($a: Boolean!) {
        shelf { name note @include(if: $a) sure { title cost @skip(if: $a) } ... @include(if: $a) { best { cost } } }
      }`;
      const [yes, no] = [await see(query, null, { a: true }), await see(query, null, { a: false })];
      const sure = { title: 'Maps' };
      assert.deepEqual(yes.data, { shelf: { name: 'A', note: null, sure, best: null } });
      assert.deepEqual(yes.errors.toSorted(), ['UNAUTHENTICATED shelf.best.cost', 'UNAUTHENTICATED shelf.note']);
      assert.deepEqual(no.data, { shelf: null });
      assert.deepEqual(no.errors, ['UNAUTHENTICATED shelf.sure.cost']);
      const bad = await see('query($a: Boolean!) { me @skip(if: $a) { id } }', null, { a: 'x' });
      assert.equal(bad.data, null);
      assert.match(bad.errors.join(), /BAD_USER_INPUT/);
    });

    test('a field that is selected twice is null if one of the two selections makes it so', async () => {
      const { data, errors } = await see(
        `{ shelf { best { title } ...Cost } book(id: "b1") { parent { name } parent @include(if: true) { secret } } }
        fragment Cost on Shelf { best { cost } }`,
      );
      assert.deepEqual(data, { shelf: { best: null }, book: { parent: null } });
      assert.deepEqual(errors.toSorted(), ['UNAUTHENTICATED book.parent.secret', 'UNAUTHENTICATED shelf.best.cost']);
    });

    test('an interface needs the rights of every type that it can be; a fragment those of its own', async () => {
      const whole = await see('{ media { __typename title } }', traveller);
      assert.deepEqual(
        whole.data,
        { media: ['Book', 'Book', 'Film'].map((__typename) => ({ __typename, title: null })) },
      ); // prettier-ignore
      assert.equal(whole.errors.length, 3);
      const own = await see('{ media { ... on Book { title } ...F } } fragment F on Film { t: title id }', traveller);
      assert.deepEqual(own.data, { media: [{ title: 'Maps' }, { title: 'Charts' }, { t: null, id: 'f1' }] });
      assert.deepEqual(own.errors, ['FORBIDDEN media.2.t']);
      assert.match(own.text, /title: this needs the scope films and titles\./);
      const all = await see('{ media { title } }', filmFan);
      assert.deepEqual(
        [all.errors, all.data],
        [[], { media: [{ title: 'Maps' }, { title: 'Charts' }, { title: 'Flight' }] }],
      );
      assert.equal((await see('{ media { title } }', { account: 'acc_1', scope: 'films' })).errors.length, 3);
    });

    test('an interface needs no rights of types that are not possible where it is selected', async () => {
      const inBook = await see('{ media { ... on Book { ... on Media { title } } } }', traveller);
      assert.deepEqual([inBook.errors, inBook.data], [[], { media: [{ title: 'Maps' }, { title: 'Charts' }, {}] }]);
      const ofBook = await see('{ book(id: "b1") { ...M } } fragment M on Media { title }');
      assert.deepEqual([ofBook.errors, ofBook.data], [[], { book: { title: 'Maps' } }]);
      const inFilm = await see('{ media { ... on Film { ... on Media { title } } } }', traveller);
      assert.deepEqual(
        [inFilm.errors, inFilm.data],
        [['FORBIDDEN media.2.title'], { media: [{}, {}, { title: null }] }],
      );
    });

    test('a client may use the names of markers', async () => {
      const { data, errors, text } = await graph.ask(
        '{ _forbidden0: shelf { _forbidden1: name _forbidden2: note _forbidden_: __typename } _forbidden3: me { id } }',
      );
      assert.deepEqual(data, {
        _forbidden0: { _forbidden1: 'A', _forbidden2: null, _forbidden_: 'Shelf' },
        _forbidden3: null,
      });
      assert.deepEqual(errors.map(({ path }) => path).toSorted(), ['_forbidden0._forbidden2', '_forbidden3']);
      assert.doesNotMatch(text, /_forbidden__/);
    });

    test('a forbidden mutation is not made; the others are, in their order', async () => {
      const { data, errors } = await see(
        'mutation { a: rate(stars: 1) publish(title: "x") { id } b: rate(stars: 2) } ',
        traveller,
      );
      assert.equal(JSON.stringify(data), '{"a":1,"publish":null,"b":2}');
      assert.deepEqual(errors, ['FORBIDDEN publish']);
      assert.deepEqual(did, ['rate 1', 'rate 2']);
      await see('mutation { a: rate(stars: 1) publish(title: "x") { id } b: rate(stars: 2) } ', operator);
      assert.deepEqual(did, ['rate 1', 'publish', 'rate 2']);
    });

    test('one document has one answer for each set of rights', async () => {
      const query = '{ report { text } audit { text } shelf { note } }';
      const admin: Visitor = { account: 'acc_4', roles: ['TRAVELLER', 'ADMIN'] };
      const expected = new Map<Visitor | null, string[]>([
        [null, ['UNAUTHENTICATED audit', 'UNAUTHENTICATED report', 'UNAUTHENTICATED shelf.note']],
        [traveller, ['FORBIDDEN audit', 'FORBIDDEN report']],
        [admin, ['FORBIDDEN audit.text', 'FORBIDDEN report']],
        [operator, []],
      ]);
      for (const round of [1, 2]) {
        for (const [who, errors] of expected)
          assert.deepEqual(
            (await see(query, who)).errors.toSorted(),
            errors,
            `${round} ${who?.account ?? 'anonymous'}`,
          );
      }
    });

    test('introspection is answered beside what is forbidden', async () => {
      const { data, errors } = await see(
        '{ me { id } __schema { queryType { ...T } } t: __type(name: "Book") { ...T } } fragment T on __Type { name }',
      );
      assert.deepEqual(data, { me: null, __schema: { queryType: { name: 'Query' } }, t: { name: 'Book' } });
      assert.deepEqual(errors, ['UNAUTHENTICATED me']);
      const { text } = await see('{ __schema { directives { name } types { name } } }');
      assert.doesNotMatch(text, /"access"|errorCodes/);
    });

    test('a deferred fragment with a forbidden field comes at once', async () => {
      const query = '{ shelf { name ... @defer { note best { title } } } }';
      const accept = { accept: 'multipart/mixed;deferSpec=20220824, application/json' };
      const refused = await graph.ask(query, null, {}, accept);
      assert.match(String(refused.headers['content-type']), /json/);
      assert.deepEqual(refused.data, { shelf: { name: 'A', note: null, best: { title: 'Maps' } } });
      assert.deepEqual(refused.errors.map(({ path }) => path), ['shelf.note']); // prettier-ignore
      const allowed = await graph.ask(query, traveller, {}, accept);
      if (executor === 'compiled') assert.match(String(allowed.headers['content-type']), /multipart/);
    });

    test("fields for an account's owner are not fetched for the accounts of others", async () => {
      const query = 'query($id: ID!) { member(id: $id) { id points } }';
      const own = await see(query, traveller, { id: 'acc_1' });
      assert.deepEqual([own.data, own.errors], [{ member: { id: 'acc_1', points: 10 } }, []]);
      const foreign = await see(query, traveller, { id: 'acc_2' });
      assert.deepEqual(foreign.data, { member: { id: 'acc_2', points: null } });
      assert.match(foreign.errors.join(), /^FORBIDDEN member(\.points)?$/);
      assert.match(foreign.text, /points: this belongs to another account\./);
      assert.deepEqual(foreign.called, ['account']);
      const anonymous = await see(query, null, { id: 'acc_2' });
      assert.match(anonymous.errors.join(), /^UNAUTHENTICATED member(\.points)?$/);
      const list = await see('{ members { points } }', { account: 'acc_3' });
      assert.deepEqual(list.data, { members: [{ points: null }, { points: null }, { points: 3 }] });
      assert.equal(list.errors.length, 2);
      assert.match(graph.asked.at(-1)!, /^loyalty: .*"representations":\[\{"__typename":"Account","id":"acc_3"\}\]/);
      const open = await see('{ members { tier } }');
      assert.deepEqual(
        [open.data, open.errors],
        [{ members: [{ tier: 'GOLD' }, { tier: 'GOLD' }, { tier: 'GOLD' }] }, []],
      );
    });
  });
}

test('a response with a forbidden field is never taken for one without, nor for the same with other fields', async () => {
  await using graph = await openGuarded(subgraphs, { env: { ANSWER_CACHE: 'on' } });
  const [whole, other] = ['{ shopping { name note } }', '{ shopping { name } }'];
  for (const round of [1, 2]) {
    const anonymous = await graph.ask(whole);
    assert.deepEqual(anonymous.data, { shopping: { name: 'A', note: null } }, `round ${round}`);
    assert.deepEqual(anonymous.errors.map(({ path }) => path), ['shopping.note']); // prettier-ignore
    assert.deepEqual((await graph.ask(whole, traveller)).data, { shopping: { name: 'A', note: 'n' } });
    assert.deepEqual((await graph.ask(other)).text, '{"data":{"shopping":{"name":"A"}}}\n');
    const typed = await graph.ask('{ shopping { name _forbidden0: __typename } }');
    assert.deepEqual(typed.data, { shopping: { name: 'A', _forbidden0: 'Shelf' } });
  }
  const both = await Promise.all([graph.ask(whole), graph.ask(whole)]);
  for (const { data } of both) assert.deepEqual(data, { shopping: { name: 'A', note: null } });
});

test('a supergraph with a field without a permission is not served', async () => {
  const graph = await openGuarded(subgraphs);
  await graph[Symbol.asyncDispose]();
  const { fieldNeeds } = await import('../../gateway/access/field-needs.ts');
  const { buildSchema } = await import('graphql');
  const { 'Report.text': _, ...rest } = graph.permissions;
  const schema = buildSchema('type Query { report: Report } type Report { text: String }');
  assert.throws(() => fieldNeeds(rest, schema), /fields without a permission: Report\.text\./);
});

test('a client sees the error codes that a subgraph declares, of that subgraph alone, and no others', async () => {
  const failing = (code: string) => () => {
    throw new GraphQLError(`${code}: the points are locked.`, { extensions: { code } });
  };
  const codes = { declared: failing('POINTS_LOCKED'), other: failing('SEAT_TAKEN'), ours: failing('BAD_USER_INPUT') };
  const fields = (name: string) =>
    Object.keys(codes)
      .map((each) => `${name}_${each}: Int @access(to: "anyone")`)
      .join(' ');
  const named = (name: string) =>
    Object.fromEntries(Object.entries(codes).map(([each, resolve]) => [`${name}_${each}`, resolve]));
  await using graph = await openGuarded({
    loyalty: {
      sdl: `extend schema @errorCodes(codes: ["POINTS_LOCKED", "POINTS_EXPIRED"]) type Query { ${fields('a')} }`,
      resolvers: { Query: named('a') },
    },
    media: { sdl: `type Query { ${fields('b')} }`, resolvers: { Query: named('b') } },
  });
  const seen = async (name: string) => {
    const { errors } = await graph.ask(`{ ${name}_declared ${name}_other ${name}_ours }`);
    return Object.fromEntries(errors.map(({ path, code, message }) => [path, [code, message]]));
  };
  const masked = (name: string) => ['DOWNSTREAM_ERROR', `The ${name} service failed.`];
  assert.deepEqual(await seen('a'), {
    a_declared: ['POINTS_LOCKED', 'POINTS_LOCKED: the points are locked.'],
    a_other: masked('loyalty'),
    a_ours: ['BAD_USER_INPUT', 'BAD_USER_INPUT: the points are locked.'],
  });
  const { b_declared, b_other } = await seen('b');
  assert.deepEqual([b_declared, b_other], [masked('media'), masked('media')]);
});
