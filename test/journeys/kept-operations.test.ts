// The operations that stay planned: which of them, and how much each keeps.
import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import { compiledExecutor } from '../../gateway/execution/compiled/compiled-executor.ts';
import { compileOperation, type CompilerOptions } from '../../gateway/execution/compiled/operation.ts';
import { typesOf } from '../../gateway/execution/compiled/possible-types.ts';
import type { ExecutionRequest } from '../../gateway/execution/executor.ts';
import { operationIn } from '../../gateway/limits/document.ts';
import { addedNames } from '../../gateway/response-names/added-names.ts';
import { compose } from '../../schema/composition/compose.ts';

const sdl = `type Query { shelf: Shelf! things: [Thing!] } type Shelf { a: Int b: Int c: Int d: Int e: Int f: Int g: Int }
  interface Thing { id: ID } type Book implements Thing { id: ID pages: Int } type Lamp implements Thing { id: ID }`;
const supergraphSdl = compose([{ name: 'shelves', sdl }]);
const supergraph = Supergraph.build(supergraphSdl);
const shelf = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 };
const things = [{ __typename: 'Book', id: '1', pages: 3 }];

const options: CompilerOptions = {
  planner: new QueryPlanner(supergraph),
  schema: supergraph.apiSchema().toGraphQLJSSchema(),
  types: typesOf(supergraphSdl),
  addedNames: addedNames(supergraphSdl),
  askOf: () => async () => ({
    result: { data: { shelf: { ...shelf }, things: structuredClone(things) } },
    cacheControl: undefined,
  }),
};

/** A request as Apollo Server passes it on: each has parsed its document. */
function requestOf(text: string, variables: object = {}): ExecutionRequest {
  const document = parse(text);
  const overallCachePolicy = { restrict: () => undefined };
  const context = { deadline: { left: () => Infinity } };
  const operation = operationIn(document);
  return { document, operation, queryHash: hashOf(text), request: { variables }, context, overallCachePolicy } as never;
}

/** Executes documents; returns whether the plan was known. */
function openExecutor(mostBytes?: number) {
  const wasKnown: boolean[] = [];
  const { execute } = compiledExecutor(options, (_context, _plan, known) => wasKnown.push(known), mostBytes);
  return async (text: string, variables?: object) => {
    const executing = execute(requestOf(text, variables));
    const known = wasKnown.at(-1); // it is planned at once
    const { data } = await executing;
    return { data, wasKnown: known };
  };
}

const sizeOf = (text: string): number => {
  const { document, operation } = requestOf(text);
  const compiled = compileOperation(document, operation, options);
  compiled.variantFor({}, false);
  return compiled.bytes();
};

test('a document that many clients send at once is planned once', async () => {
  const ask = openExecutor();
  const asked = await Promise.all(Array.from({ length: 20 }, () => ask('{ shelf { a b } }')));
  assert.equal(asked.filter(({ wasKnown }) => !wasKnown).length, 1);
  for (const { data } of asked) assert.deepEqual({ ...data }, { shelf: { a: 1, b: 2 } });
});

test('two operations of one document are planned separately', async () => {
  const { execute } = compiledExecutor(options, () => undefined);
  const request = requestOf('query A { shelf { a } } query B { shelf { b } }');
  const answers = [];
  for (const operation of request.document.definitions) answers.push(await execute({ ...request, operation } as never));
  assert.deepEqual(
    answers.map(({ data }) => ({ ...data })),
    [{ shelf: { a: 1 } }, { shelf: { b: 2 } }],
  );
});

test('the operations that were executed last stay planned, as many as fit', async () => {
  const named = (n: number) => `query Q${n} { shelf { a b } }`;
  const ask = openExecutor(3.5 * sizeOf(named(0)));
  for (const n of [0, 1, 2, 0, 3]) await ask(named(n));
  assert.equal((await ask(named(0))).wasKnown, true, 'it was executed again');
  assert.equal((await ask(named(1))).wasKnown, false, 'it was the oldest');
});

test('an operation grows by the fields of the types that a reply states', async () => {
  const request = requestOf('{ things { ... on Book { pages } ... on Lamp { id } } }');
  let grown = 0;
  const compiled = compileOperation(request.document, request.operation, options, () => grown++);
  const { variant } = compiled.variantFor({}, false);
  const [before, times] = [compiled.bytes(), grown];
  const { data } = await variant.execute(request);
  assert.deepEqual({ ...data }, { things: [{ pages: 3 }] });
  assert.deepEqual([compiled.bytes() > before, grown - times], [true, 1]);
});

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;

test('an operation with more combinations of conditions than are kept answers each rightly', async () => {
  const declared = LETTERS.map((letter) => `$${letter}: Boolean!`).join(' ');
  const fields = LETTERS.map((letter) => `${letter} @include(if: $${letter})`).join(' ');
  const text = `query(${declared}) { shelf { ${fields} } }`;
  const ask = openExecutor();
  const combination = (n: number) => LETTERS.filter((_, i) => n & (1 << i));
  const asking = async (n: number) => {
    const included = combination(n);
    const { data, wasKnown } = await ask(
      text,
      Object.fromEntries(LETTERS.map((each) => [each, included.includes(each)])),
    );
    assert.deepEqual({ ...data }, { shelf: Object.fromEntries(included.map((each) => [each, shelf[each]])) });
    return wasKnown;
  };
  const all = Array.from({ length: 70 }, (_, n) => n);
  for (const n of all) assert.equal(await asking(n), false);
  for (const n of all.slice(-30)) assert.equal(await asking(n), true, `combination ${n} is one of the last`);
  assert.equal(await asking(0), false, 'the oldest is planned again');
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('a planned operation keeps neither its source nor its comments', () => {
  const taken = (comment: string): number => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 40 }, (_, n) => {
      const { document, operation } = requestOf(`query AnOperationWithALongName${n} { shelf { a } } ${comment}`);
      const compiled = compileOperation(document, operation, options);
      compiled.variantFor({}, false);
      return compiled;
    });
    collect();
    return (process.memoryUsage().heapUsed - before) / kept.length;
  };
  taken('');
  const plain = taken('');
  for (const comment of [`# ${'x'.repeat(90_000)}`, '#\n'.repeat(45_000)]) {
    const more = taken(comment) - plain;
    assert.ok(more < comment.length / 3, `beside a comment of ${comment.length} bytes it takes ${more} more`);
  }
});
