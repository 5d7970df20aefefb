// A subgraph that answers nonsense: its part is null with one coded error, and what others answered is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/upstream.ts';
import { openWorld } from '../world.ts';

const QUERY = `query($no: Boolean = false) {
  airport(code: "DEL") @skip(if: $no) { city }
  fares: __typename
}`;

const answering =
  (body: string): Call =>
  async () => ({ status: 200, body, headers: {} });

const broken: [string, Call][] = [
  [
    'throws at once',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['answers no JSON', answering('<html>')],
  ['answers data without a field', answering('{"data":{}}')],
  ['answers no data and no errors', answering('{}')],
];

for (const [what, travel] of broken) {
  test(`a subgraph that ${what} is a DOWNSTREAM_ERROR`, async () => {
    await using world = await openWorld({ between: (name, call) => (name === 'travel' ? travel : call) });
    const { status, data, errors } = await world.graph('{ airport(code: "DEL") { city } __typename }');
    assert.deepEqual([status, data], [200, { airport: null, __typename: 'Query' }]);
    assert.deepEqual(
      errors?.map(({ extensions: { code, service } }) => [code, service]),
      [['DOWNSTREAM_ERROR', 'travel']],
    );
  });
}

test('a field that the client left out is no failure', async () => {
  await using world = await openWorld();
  const { data, errors } = await world.graph(QUERY, { no: true });
  assert.deepEqual([data, errors], [{ fares: 'Query' }, undefined]);
});
