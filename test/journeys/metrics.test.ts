// The gateway's metrics: the numbers match the requests that were made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { scraped } from '../kit/scraping.ts';

const input = 'input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }';
const counted = (operation: string, outcome: string) =>
  `fareloom_operation_duration_seconds_count{operation="${operation}",outcome="${outcome}"}`;
const fetched = (subgraph: string, outcome: string) =>
  `fareloom_subgraph_fetch_duration_seconds_count{subgraph="${subgraph}",outcome="${outcome}"}`;

test('an operation is counted under its name, with its outcome; an invalid operation has no name', async () => {
  const between = (name: string, call: Call): Call =>
    name === 'travel' ? async () => Promise.reject(new Error('down')) : call;
  await using scrape = await scraped({ between });
  const { world, number } = scrape;
  await world.graph(`query Whole { shopping(${input}) { price { total { amount } } } }`);
  await world.graph(`query Part { shopping(${input}) { calendar { days { date } } travel { summary } } }`);
  await world.graph(`query Bad { airports(search: "del", first: 1000) { edges { cursor } } }`);
  await world.graph('query Nonsense { nonsense }');
  await world.graph('{ __typename }');
  assert.equal(await number(counted('Whole', 'ok')), 1);
  assert.equal(await number(counted('Part', 'partial')), 1);
  assert.equal(await number(counted('(invalid)', 'refused')), 1);
  assert.equal(await number(counted('Nonsense', 'refused')), undefined);
  assert.equal(await number(counted('(anonymous)', 'ok')), 1);
  assert.ok((await number(fetched('fare', 'ok')))! >= 2);
  assert.ok((await number(fetched('travel', 'failed')))! >= 1);
  assert.ok((await number('fareloom_graphql_errors_total{code="DOWNSTREAM_ERROR",service="travel"}'))! >= 1);
  assert.equal(await number('fareloom_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED",service="gateway"}'), 1);
  const graphql = (status: number) =>
    number(`fareloom_http_request_duration_seconds_count{method="POST",route="/graphql",status="${status}"}`);
  assert.deepEqual([await graphql(400), (await graphql(200))! >= 3], [2, true]);
});

test('made-up operation names cannot fill the memory: after a hundred names, and for a long name, the label is (other)', async () => {
  await using scrape = await scraped();
  const { world, number } = scrape;
  for (let i = 0; i < 105; i++) await world.graph(`query Made${i} { __typename }`);
  await world.graph(`query ${'Long'.repeat(20)} { __typename }`);
  await world.graph(`query Shopping { shopping(${input}) { price { asOf } } }`);
  assert.equal(await number(counted('Made99', 'ok')), 1);
  assert.equal(await number(counted('Made100', 'ok')), undefined);
  assert.equal(await number(counted('(other)', 'ok')), 6);
  assert.equal(await number(counted('Shopping', 'ok')), 1, 'an example operation always keeps its name');
  await world.gateway.inject({ url: '/made-up/by/somebody' });
  assert.equal(
    await number('fareloom_http_request_duration_seconds_count{method="GET",route="(none)",status="404"}'),
    1,
  );
});

test('a query plan is created once and then read from the cache', async () => {
  await using scrape = await scraped();
  const { world, number } = scrape;
  for (let i = 0; i < 3; i++) await world.graph(`{ shopping(${input}) { price { asOf } } }`);
  const plans = (cache: string) => number(`fareloom_query_plan_duration_seconds_count{cache="${cache}"}`);
  assert.deepEqual([await plans('miss'), await plans('hit')], [1, 2]);
});

test('a refusal that has not occurred yet is 0, so that the first one shows as an increase', async () => {
  await using scrape = await scraped();
  const refused = (reason: string) => scrape.number(`fareloom_shed_total{reason="${reason}"}`);
  assert.equal(await refused('heap'), 0);
  scrape.world.wiring.metrics.gateway.shed('heap');
  assert.deepEqual([await refused('heap'), await refused('in_flight')], [1, 0]);
});
