// The check on the committed graph: it has nothing to say, finds what is done to it, and says the same each time.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkProposal } from '../../../schema/composition/check/check.ts';
import type { Proposal } from '../../../schema/composition/check/finding.ts';
import { lintSubgraph } from '../../../schema/composition/check/lint.ts';
import { root, subgraphSdls } from '../../../schema/composition/checkout.ts';
import { permissions } from '../../../schema/permissions.ts';
import { codesOf, NOW, operation, RELEASE } from './proposals.ts';

const committed = (file: string) => readFileSync(join(root, 'schema', file), 'utf8');
const served = subgraphSdls();
const clients = committed('api.graphql');
const check = (changed: Proposal['changed'], more: Partial<Proposal> = {}) =>
  checkProposal({ served, clients, changed, operations: [], countedSince: null, approvals: [], release: RELEASE, now: NOW, ...more }); // prettier-ignore

const sdlOf = (name: string) => served.find((each) => each.name === name)?.sdl ?? '';

describe('the committed graph', () => {
  test('passes against itself without a finding, and composes to what is committed', () => {
    const { passed, findings, supergraph } = check(served);
    assert.deepEqual([passed, findings], [true, []]);
    assert.equal(supergraph?.supergraphSdl, committed('supergraph.graphql'));
    assert.equal(supergraph?.apiSdl, clients);
    assert.deepEqual(supergraph?.permissions, permissions);
    assert.deepEqual(
      Object.keys(supergraph?.errorCodes ?? {}).toSorted(),
      served.map(({ name }) => name),
    );
  });

  test('has no finding in a lint of each subgraph', () => {
    for (const part of served) assert.deepEqual(lintSubgraph(part, served), [], part.name);
  });

  test('loses a subgraph only against its clients', () => {
    const search = operation(readFileSync(join(root, 'gateway/operations/shopping.graphql'), 'utf8'), {
      id: 'shopping',
    });
    const { passed, findings } = check([{ name: 'travel', sdl: null }], { operations: [search] });
    assert.equal(passed, false);
    assert.ok(findings.some(({ code, severity, operations }) => severity === 'BREAKING' && code.endsWith('_REMOVED') && operations[0]?.id === 'shopping')); // prettier-ignore
  });

  test('says what node does not find any longer', () => {
    const { findings } = check([{ name: 'travel', sdl: null }]);
    const lost = findings.filter(({ code }) => code === 'NODE_LOST').map(({ message }) => message);
    assert.deepEqual(lost.map((each) => /finds no (\w+) any longer/.exec(each)?.[1]), ['Review', 'Sight', 'Stay']); // prettier-ignore
  });
});

test('a check says the same each time, whatever was done to the SDL, and never throws', () => {
  const sdl = sdlOf('travel');
  const lines = sdl.split('\n');
  const edit = fc.record({ at: fc.nat(lines.length - 1), to: fc.constantFrom('', '}', '{', '"', '@secret', 'type Node { a: Int }', '  x: [Float!]!', '\0', '#') }); // prettier-ignore
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const edited = lines.map((line, n) => edits.find(({ at }) => at === n)?.to ?? line).join('\n');
      const changed = [{ name: 'travel', sdl: edited }];
      const first = check(changed);
      assert.deepEqual(check(changed), first);
      assert.ok(codesOf(first.findings).every((each) => /^[A-Z]+ [A-Z_0-9]+$/.test(each)));
      const all = edited.split('\n');
      for (const { line, column } of first.findings)
        assert.ok(
          line === null || (column !== null && column <= (all[line - 1] ?? '').length + 1),
          `${line}:${column}`,
        );
    }),
    { numRuns: 8, seed: 16 },
  );
});
