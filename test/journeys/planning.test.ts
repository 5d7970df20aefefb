// A short query cannot make the planner think for long: over a graph whose interface has many types in two subgraphs.
import { composeServices } from '@apollo/composition';
import type { FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PLANS } from '../../gateway/limits/limits.ts';
import { ownArtifact } from '../../gateway/supergraph/committed.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { openToAll } from '../kit/permissions.ts';
import type { Answer } from '../kit/world.ts';

const TYPES = 12;
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/** A subgraph in which each type of the interface refers to every other. */
function graphOf(fields: string, ofEach: string, more = ''): string {
  const types = Array.from(
    { length: TYPES },
    (_, i) => `type T${i} implements Node @key(fields: "id") { id: ID! next: Node @shareable ${ofEach} }`,
  );
  return `${link} ${more} interface Node { id: ID! next: Node ${fields} } ${types.join(' ')}`;
}

const { supergraphSdl = '' } = composeServices([
  { name: 'walk', url: 'subgraph://walk', typeDefs: parse(graphOf('', '', 'type Query { start: Node }')) },
  { name: 'name', url: 'subgraph://name', typeDefs: parse(graphOf('name: String', 'name: String')) },
]);

describe('a short query over an interface of many types', () => {
  let gateway: FastifyInstance;
  before(async () => {
    gateway = await openFurtherGateway(
      gatewayWiring({ REQUEST_TIMEOUT: '1000' }),
      {},
      { artifact: ownArtifact(supergraphSdl, openToAll(supergraphSdl)), production: true },
    );
  });
  after(() => gateway?.close());

  async function ask(steps: number) {
    const query = `{ start { ${'next { '.repeat(steps)} name ${'}'.repeat(steps)} } }`;
    const before = process.cpuUsage();
    const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query } });
    const { user, system } = process.cpuUsage(before);
    return { ...response.json<Answer>(), status: response.statusCode, ms: (user + system) / 1000, query };
  }

  test('is refused before planning when it grows with each level', async (t) => {
    for (const steps of [2, 4, 8, 16]) {
      const { status, errors, ms, query } = await ask(steps);
      t.diagnostic(`${query.length} characters: refused in ${ms.toFixed(1)} ms of CPU`);
      assert.deepEqual([status, errors?.map(({ extensions }) => extensions['code'])], [400, ['QUERY_TOO_COSTLY']]);
      assert.match(errors![0]!.message, /more than 1,500 steps to plan/);
    }
  });

  test('is refused during planning when a field has too many paths', async (t) => {
    const { status, errors, ms, query } = await ask(1);
    t.diagnostic(`${query.length} characters: refused in ${ms.toFixed(1)} ms of CPU, at ${PLANS.paths} ways`);
    assert.deepEqual([status, errors?.map(({ extensions }) => extensions['code'])], [400, ['QUERY_TOO_COSTLY']]);
  });

  test('is planned when it is small', async () => {
    const { status, errors } = await ask(0);
    assert.deepEqual([status, errors?.map(({ extensions }) => extensions['code'])], [200, ['DOWNSTREAM_ERROR']]);
  });
});
