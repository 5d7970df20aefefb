// One subgraph fails, the others answer: fare and travel are called in parallel, and each part is null independently.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode, QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examples } from '../../gateway/routes/examples.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { eventually } from '../kit/eventually.ts';
import { type Answer, aFare, NOON, openWorld } from '../kit/world.ts';

type Shopping = Record<'price' | 'calendar' | 'offers' | 'travel', object | null>;
type Result = Answer<{ shopping: Shopping | null } | null>;
type Fault = (call: Call) => Call;

const SHOPPING = examples(new Date(NOON))[0]!.query; // the contract's query
const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };

/** A world with a fare on sale, whose queries can run with faults injected into some subgraphs. */
async function openShop(env: Record<string, string> = {}) {
  let faults: Record<string, Fault> = {};
  const world = await openWorld({
    env,
    between: (name, call) => (request) => (faults[name]?.(call) ?? call)(request),
  });
  const ask = async (inTheWay: Record<string, Fault> = {}): Promise<Result> => {
    faults = inTheWay;
    return world.graph(SHOPPING, variables);
  };
  await world.file([aFare({ capacity: 5 })]);
  await eventually(async () => (await ask()).text.includes('"seatsLeft":5'));
  return { ask, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}
type Shop = Awaited<ReturnType<typeof openShop>>;

const answering = (status: number, body: string, type = 'application/json') => (): Call => async () => ({ status, body, headers: { 'content-type': type } }); // prettier-ignore

const away: Fault = () => () => Promise.reject(new Error('connect ECONNREFUSED subgraph://fare hunter2'));

/** Every way in which a subgraph can fail. */
const failures: [what: string, fault: Fault][] = [
  ['is away', away],
  ['answers a page of HTML', answering(502, '<html>hunter2</html>', 'text/html')],
  ['answers nothing', answering(200, '')],
  ['answers a truncated reply', answering(200, '{"data":{"shopping":{"tra')],
  ['answers 500', answering(500, '{"hunter2":"select 1"}')],
  ['answers a list', answering(200, '[]')],
  ['answers null', answering(200, 'null')],
  ['answers no data and no errors', answering(200, '{"data":null}')],
  ['answers data of another kind', answering(200, '{"data":"hunter2"}')],
  ['answers errors of another kind', answering(200, '{"errors":5}')],
  ['answers a list of errors of another kind', answering(200, '{"errors":[null,{"path":5}]}')],
  ['answers null without an error', answering(200, '{"data":{"shopping":null}}')],
  ['answers other fields than requested', answering(200, '{"data":{"_entities":[]}}')],
  ['answers another kind of thing', answering(200, '{"data":{"shopping":"hunter2","_entities":"hunter2"}}')],
];
const hanging: Fault = () => () => new Promise(() => undefined);

const SECRET = /\bat .+:\d+|select |insert |\.ts\b|\/work\/|node_modules|subgraph:\/\/|stacktrace|hunter2|ECONN/i;

/** The errors, asserted to name only what failed. */
function errorsIn({ errors, text }: Result) {
  assert.doesNotMatch(text.replace(/"(offerToken|id|cursor|endCursor)":"[^"]+"/g, ''), SECRET);
  return errors?.map(({ path, extensions }) => {
    assert.match(extensions['traceId'] as string, /^[0-9a-f]{32}$/);
    return { code: extensions['code'], service: extensions['service'], path };
  });
}

/** The fields of each service that are null when it fails. */
const LOST = {
  travel: ['travel'],
  fare: ['price', 'calendar', 'offers'],
  stock: ['offers.edges.0.node.seatsLeft'],
};
const pathOf = (place: string) => ['shopping', ...place.split('.').map((each) => (each === '0' ? 0 : each))];

let shop: Shop;
before(async () => (shop = await openShop()));
after(() => shop[Symbol.asyncDispose]());

describe('fare and travel are called in parallel', () => {
  for (const [held, other] of [
    ['fare', 'travel'],
    ['travel', 'fare'],
  ] as const) {
    // prettier-ignore
    test(`${other} is called before ${held} has answered`, async () => {
      const asked = Promise.withResolvers<void>();
      const calls: string[] = [];
      const watched =
        (name: string): Fault =>
        (call) =>
        async (request) => {
          calls.push(name);
          if (name === other) asked.resolve();
          if (name === held) await asked.promise;
          return call(request);
        };
      const names = ['fare', 'travel', 'stock'];
      const { data, errors } = await shop.ask(Object.fromEntries(names.map((name) => [name, watched(name)])));
      assert.equal(errors, undefined);
      assert.ok(data?.shopping?.price && data.shopping.travel);
      assert.deepEqual(calls.slice(0, 2).sort(), ['fare', 'travel']);
      assert.deepEqual(calls.slice(2), ['stock']); // and each subgraph once
    });
  }

  test('the plan has both in one parallel node, with nothing before them', () => {
    const supergraph = Supergraph.build(
      readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8'),
    );
    const operation = operationFromDocument(supergraph.apiSchema(), parse(SHOPPING));
    const { node } = new QueryPlanner(supergraph).buildQueryPlan(operation);
    assert.equal(node?.kind, 'Parallel');
    const branches = (node as { nodes: PlanNode[] }).nodes.map(servicesIn);
    assert.deepEqual(branches.toSorted(), [['fare', 'stock'], ['travel']]);
  });

  /** The services that a part of a plan fetches from, in order. */
  function servicesIn(node: PlanNode): string[] {
    if (node.kind === 'Fetch') return [node.serviceName];
    if (node.kind === 'Sequence' || node.kind === 'Parallel') return node.nodes.flatMap(servicesIn);
    return node.kind === 'Flatten' ? servicesIn(node.node) : [node.kind];
  }
});

/** Lets three services fail one after another, and asserts each time that the rest is returned. */
async function failInTurn({ ask }: Shop, fault: Fault, code: string): Promise<void> {
  for (const service of ['travel', 'fare', 'stock'] as const) {
    const result = await ask({ [service]: fault });
    const { price, calendar, offers, travel } = result.data!.shopping!;
    const fares = [price, calendar, offers];
    if (service === 'fare') assert.deepEqual(fares, [null, null, null]);
    else assert.ok(fares.every(Boolean), service);
    assert.equal(travel === null, service === 'travel');
    if (service !== 'fare') {
      const [edge] = (offers as { edges: { node: { seatsLeft: number | null; total: object } }[] }).edges;
      assert.equal(edge!.node.seatsLeft, service === 'stock' ? null : 5);
      assert.deepEqual(edge!.node.total, { amount: '3897.00', currency: 'INR' });
    }
    const errors = LOST[service].map((place) => ({ code, service, path: pathOf(place) }));
    assert.deepEqual(errorsIn(result), errors); // one for each field, with its path
  }
}

describe('when travel, fare or stock fails, its fields are null and the rest is returned', () => {
  for (const [what, fault] of failures) {
    test(`one that ${what}`, () => failInTurn(shop, fault, 'DOWNSTREAM_ERROR'));
  }

  test('a service that hangs fails at its timeout', async () => {
    await using hasty = await openShop({ SUBGRAPH_TIMEOUT: '1000' });
    await failInTurn(hasty, hanging, 'DOWNSTREAM_TIMEOUT');
  });

  test('when both fare and travel fail, each has its error', async () => {
    const { data, errors } = await shop.ask({ fare: away, travel: away });
    assert.equal(data?.shopping ?? null, null);
    assert.deepEqual(errors!.map(({ extensions }) => extensions['service']).sort(), ['fare', 'travel']);
  });

  test('and nothing is missing once the service is back', async () => {
    const { data, errors, text } = await shop.ask();
    assert.equal(errors, undefined);
    assert.ok(Object.values(data!.shopping!).every(Boolean));
    assert.match(text, /"seatsLeft":5/);
  });
});

describe('a field that fails inside its subgraph', () => {
  const failed = (data: object, path: readonly (string | number)[]) => {
    const stacktrace = ['Error', ' at /work/store.ts:1:1'];
    const error = { message: 'select hunter2', path, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace } };
    return answering(200, JSON.stringify({ data, errors: [error] }));
  };
  for (const [service, data, path, seen] of [
    ['travel', { shopping: { travel: null } }, ['shopping', 'travel'], ['shopping', 'travel']],
    ['fare', { shopping: null }, ['shopping', 'price'], ['shopping', 'price']],
    [
      'stock',
      { _entities: [{ seatsLeft: null }] },
      ['_entities', 0, 'seatsLeft'],
      ['shopping', 'offers', 'edges', 0, 'node', 'seatsLeft'],
    ],
  ] as const) {
    // prettier-ignore
    test(`in ${service} is named by its path in the query, and the cause is not exposed`, async () => {
      const errors = errorsIn(await shop.ask({ [service]: failed(data, path) }));
      assert.deepEqual(errors, [{ code: 'DOWNSTREAM_ERROR', service, path: [...seen] }]);
    });
  }
});
