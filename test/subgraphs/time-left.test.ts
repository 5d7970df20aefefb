// Deadlines in a subgraph: after the deadline it answers 504, starts no further resolver, and finishes running ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { openLog } from '../../infra/logging/log.ts';
import { keysFor, readIdentity } from '../../schema/wire/internal-identity.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { complete } from '../../schema/composition/shared.ts';
import { eventually } from '../kit/eventually.ts';
import { keeping, signed } from '../kit/signed.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const typeDefs = parse(
  complete(`
  type Query { airport(code: String!): Airport @access(to: "anyone") }
  type Mutation { signUp: Int @access(to: "anyone") signIn: Int @access(to: "anyone") }
  type Airport @key(fields: "code") @access(to: "anyone") { code: String! city: String }
`),
);

/** A subgraph whose first resolver waits for `go`, and a record of what ran. */
async function openSlowSubgraph() {
  const did: string[] = [];
  const go = Promise.withResolvers<void>();
  const slow = (what: string) => async () => {
    did.push(`${what} begins`);
    await go.promise;
    did.push(`${what} ends`);
    return 1;
  };
  const subgraph = await serve(
    {
      name: 'travel',
      typeDefs,
      resolvers: {
        Query: { airport: async () => slow('airport')().then(() => ({ code: 'DEL' })) },
        Mutation: { signUp: slow('signUp'), signIn: slow('signIn') },
        Airport: { city: slow('city'), __resolveReference: slow('reference') },
      },
      context: () => ({}),
    },
    { ...keeping('travel', () => NOW), log: openLog({ level: 'nothing', json: false }) },
  );
  const ask = (query: string, timeLeft?: string, signal?: AbortSignal) => {
    const headers = timeLeft === undefined ? {} : { [TIME_LEFT_HEADER]: timeLeft };
    return subgraph.handle({ ...signed('travel', { query }, { now: NOW, headers }), ...(signal && { signal }) });
  };
  return { did, ask, go: go.resolve, [Symbol.asyncDispose]: () => subgraph.close() };
}

const QUERY = '{ airport(code: "DEL") { city } }';
const MUTATION = 'mutation { signUp signIn }';

for (const [what, query, begun] of [
  ['a query', QUERY, 'airport'],
  ['a mutation', MUTATION, 'signUp'],
] as const) {
  test(`${what} past its deadline is answered 504; the running resolver finishes and no other starts`, async () => {
    await using subgraph = await openSlowSubgraph();
    const { status, body } = await subgraph.ask(query, '50');
    assert.equal(status, 504);
    assert.match(String(body), /DOWNSTREAM_TIMEOUT/);
    subgraph.go();
    await eventually(() => subgraph.did.includes(`${begun} ends`));
    await new Promise(setImmediate);
    assert.deepEqual(subgraph.did, [`${begun} begins`, `${begun} ends`]);
  });
}

test('a caller that disconnects has the same effect', async () => {
  await using subgraph = await openSlowSubgraph();
  const caller = new AbortController();
  const answer = subgraph.ask(QUERY, '60000', caller.signal);
  await eventually(() => subgraph.did.length === 1);
  caller.abort();
  assert.equal((await answer).status, 504);
});

test('a request within its deadline, or without one, is answered in full', async () => {
  for (const timeLeft of ['60000', undefined]) {
    await using subgraph = await openSlowSubgraph();
    const answer = subgraph.ask(MUTATION, timeLeft);
    subgraph.go();
    assert.deepEqual(JSON.parse(String((await answer).body)), { data: { signUp: 1, signIn: 1 } });
  }
});

test('only the gateway can set a deadline: the header is signed', () => {
  const request = signed('travel', { query: QUERY }, { now: NOW, headers: { [TIME_LEFT_HEADER]: '5000' } });
  const keys = keysFor('travel', [signingKey(Buffer.alloc(32, 'test'))]);
  const read = (timeLeft: string) =>
    readIdentity({ ...request, headers: { ...request.headers, [TIME_LEFT_HEADER]: timeLeft } }, 'travel', keys, NOW);
  assert.ok(read('5000'));
  assert.equal(read('50000'), null);
});
