// The output of npm run start:apart: the adapters once, one line for each service, and at the end that it is ready,
// with the address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceNames } from '../../infra/system/service.ts';
import { openApart } from '../kit/apart.ts';
import { eventually } from '../kit/eventually.ts';

test('it names the adapters once and each service in one line with its address, then says that all are ready', async () => {
  await using apart = await openApart();
  await eventually(() => {
    if (!apart.lines.some((line) => line.startsWith('Fareloom is ready'))) throw new Error(apart.lines.join('\n'));
  });
  const lines = apart.lines.filter((line) => !/warn: |Redis is back/.test(line)); // a busy machine has slow queries and rebalances, and loses Redis for a moment
  const end = lines.findIndex((line) => line.startsWith('Fareloom is ready'));
  assert.equal(
    lines[end],
    `Fareloom is ready: ${apart.url.replace('127.0.0.1', 'localhost')}/graphql (open it in a browser, or paste this)`,
  );
  assert.match(lines[end + 1]!, /^curl -s http:\/\/localhost:/);
  assert.equal(lines.filter((line) => /^(database|cache|bus|payments|tickets|mail) /.test(line)).length, 6);
  for (const name of serviceNames) {
    const said = lines.slice(0, end).filter((line) => line.startsWith(name.padEnd(18)) && line.includes('http:'));
    assert.equal(said.length, 1, `${name}:\n${said.join('\n')}`);
    assert.match(said[0]!, /http:\/\/localhost:\d+\/(graphql|readyz)/);
  }
});
