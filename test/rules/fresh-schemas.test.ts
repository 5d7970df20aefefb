// Which committed schemas a start of the registry publishes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fresh, isServed, type KnownVersion } from '../../subgraphs/registry/rules/fresh.ts';
import type { Members } from '../../subgraphs/registry/rules/served.ts';

const known: KnownVersion[] = [
  { subgraph: 'fare', version: 1, hash: 'one' },
  { subgraph: 'fare', version: 2, hash: 'two' },
];
const members = (version: number): Members => ({ fare: { version, generation: 1, urls: [], errorCodes: [] } });
const part = (hash: string) => ({ name: 'fare', sdl: `# ${hash}`, hash });
const none: ReadonlySet<string> = new Set();

/** Whether a start publishes the schema with this hash while `served` is. */
const publishes = (hash: string, served: Members, history: { withdrawn?: ReadonlySet<string>; again?: boolean } = {}) =>
  fresh([part(hash)], served, { known, withdrawn: none, again: false, ...history }).length === 1;

describe('a start', () => {
  test('publishes a schema that was never published, also over another one', () => {
    assert.ok(publishes('three', {}));
    assert.ok(publishes('three', members(2)));
    assert.ok(fresh([{ ...part('one'), name: 'travel' }], members(2), { known, withdrawn: none, again: false }).length);
  });

  test('publishes no schema that is served', () => {
    assert.ok(!publishes('two', members(2)));
    assert.ok(!publishes('two', members(2), { again: true }));
    assert.ok(isServed(part('two'), members(2), known));
    assert.ok(!isServed(part('one'), members(2), known));
  });

  test('of an older release does not bring its schema back where other processes share the database', () => {
    assert.ok(!publishes('one', members(2)));
    assert.ok(publishes('one', members(2), { again: true }), 'a developer goes back to an earlier schema');
  });

  test('never publishes what a rollback took back', () => {
    const withdrawn = new Set(['fare@2']);
    for (const again of [false, true]) assert.ok(!publishes('two', members(1), { withdrawn, again }));
  });
});
