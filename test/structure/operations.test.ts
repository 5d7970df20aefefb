// The operations of gateway/operations: the same files for the explorer, the demo, the commands and the READMEs.
import { buildSchema, Kind, parse, validate, visit } from 'graphql';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleOperations } from '../../gateway/operations/operations.ts';
import { examples } from '../../gateway/routes/examples.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const tracked = (pattern: string) =>
  execFileSync('git', ['ls-files', '--', pattern], { cwd: root, encoding: 'utf8' }).trim().split('\n');

/** The operation without the comments before it. */
const bare = (text: string): string => text.replace(/^(#.*\n)+/, '').trim();
const kebab = (name: string): string => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** The GraphQL blocks of all READMEs. */
const blocks = tracked('*README.md').flatMap(
  (file) =>
    [...read(file).matchAll(/^```graphql\n([^]*?)^```/gm)]
      .map(([, block]) => ({ file, block: block!.trim() }))
      .filter(({ block }) => /^(query|mutation|subscription|\{)/.test(block)), // others are schemas
);

test('each operation is valid in the schema of clients', () => {
  const schema = buildSchema(read('schema/api.graphql'), { assumeValidSDL: true });
  assert.ok(exampleOperations.size > 20);
  for (const [name, text] of exampleOperations) assert.deepEqual(validate(schema, parse(text)), [], name);
});

test('each file has one operation, by whose name it is called, and takes its texts as variables', () => {
  for (const [name, text] of exampleOperations) {
    const { definitions } = parse(text);
    const [only] = definitions;
    assert.equal(definitions.length, 1, name);
    assert.equal(only!.kind === Kind.OPERATION_DEFINITION && kebab(only.name?.value ?? ''), name);
    visit(only!, { StringValue: ({ value }) => assert.fail(`${name} has the text ${value}`) });
  }
});

test('the GraphQL blocks of the READMEs consist of these operations', () => {
  const known = [...exampleOperations.values()].map(bare);
  assert.ok(blocks.length >= 5);
  for (const { file, block } of blocks) {
    for (const shown of block.split(/\n\n(?=query|mutation)/)) assert.ok(known.includes(shown), `${file}: ${shown}`);
  }
});

test('each operation is shown in the explorer or a README, or is sent by a command', () => {
  const tabs = examples(new Date()).map(({ query }) => query);
  const sources = tracked('infra/*.ts').map(read);
  const unused = [...exampleOperations].filter(
    ([name, text]) =>
      !tabs.includes(text) &&
      !blocks.some(({ block }) => block.includes(bare(text))) &&
      !sources.some((source) => source.includes(`operation('${name}')`)),
  );
  assert.deepEqual(
    unused.map(([name]) => name),
    [],
  );
});
