// The store of valid documents is bounded by what they take in memory.
import { parse } from 'graphql';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocumentStore } from '../../gateway/documents/document-store.ts';

test('documents with large comments do not fill the memory', async () => {
  const store = openDocumentStore();
  const kept = async (texts: readonly string[]): Promise<number> => {
    for (const text of texts) await store.set(text, parse(text));
    const found = await Promise.all(texts.map((text) => store.get(text)));
    return found.filter(Boolean).length;
  };
  const texts = (count: number, comment: string) => Array.from({ length: count }, (_, n) => `{ a${n} } ${comment}`);
  assert.equal(await kept(texts(300, '')), 300);
  const large = await kept(texts(300, `# ${'x'.repeat(90_000)}`));
  assert.ok(large > 0 && large * 90_000 <= 30_000_000, `${large} are kept`);
  assert.equal(await kept(texts(3, '#\n'.repeat(45_000))), 0, '4 MB each');
});
