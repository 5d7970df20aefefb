// The house keeps its own rules: who imports whom, what is generated, how long files grow.
import { cruise } from 'dependency-cruiser';
import {
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInputField,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compose, stale, subgraphs } from '../schema/compose.ts';
import { needOf, publicQueries } from '../schema/permissions.ts';
import { forbidden } from './import-rules.ts';

const root = join(import.meta.dirname, '..');
const folders = ['gateway', 'infra', 'schema', 'subgraphs', 'workers', 'test'];

async function cruised() {
  const { output } = await cruise(folders, {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'], conditionNames: ['import', 'node', 'default'] },
  });
  assert.ok(typeof output === 'object' && output.summary.totalCruised > 50, 'the files were found');
  return output;
}

const { modules, summary } = await cruised();

test('nobody imports what the house forbids', () => {
  assert.deepEqual(
    summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    [],
  );
});

test('a worker knows one room at most', () => {
  const workers = modules.filter(({ source }) => source.startsWith('workers/'));
  assert.ok(workers.length > 3, 'the workers were found');
  for (const { source, dependencies } of workers) {
    const rooms = new Set(
      dependencies.map(({ resolved }) => /^subgraphs\/([^/]+)\//.exec(resolved)?.[1]).filter(Boolean),
    );
    assert.ok(rooms.size <= 1, `${source} imports ${[...rooms].join(' and ')}`);
  }
});

test('the supergraph and the resolver types are what the subgraphs compose to', async () => {
  assert.deepEqual(
    (await stale()).map(({ file }) => file),
    [],
    'run npm run compose and commit',
  );
});

test('subgraphs that do not compose are refused with the reason', () => {
  const broken = subgraphs().map(({ name, sdl }) => ({
    name,
    sdl: name === 'travel' ? sdl.replace('type Money @shareable', 'type Money') : sdl,
  }));
  assert.throws(() => compose(broken), /do not compose:\n- .*Money\.amount.*fare.*travel/s);
});

test('what caches may keep is public, and every public query says for how long', () => {
  const hinted = subgraphs().flatMap(({ sdl }) =>
    parse(sdl).definitions.flatMap((type) => {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
      const isHinted = ({ directives }: { directives?: readonly ConstDirectiveNode[] | undefined }) =>
        directives?.some(({ name }) => name.value === 'cacheControl');
      const fields = (type.fields ?? []).filter(isHinted).map(({ name }) => `${type.name.value}.${name.value}`);
      return isHinted(type) ? [type.name.value, ...fields] : fields;
    }),
  );
  assert.ok(hinted.length > 30, 'the hints were found');
  assert.deepEqual(
    hinted.filter((name) => needOf(name) !== 'anyone'),
    [],
  );
  const queries = hinted.flatMap((name) => (name.startsWith('Query.') ? [name.slice('Query.'.length)] : []));
  assert.deepEqual(new Set([...queries, '__typename']), new Set(publicQueries));
});

test('every type and argument of the graph has a description, and every field whose name does not say it all', () => {
  const obvious = new Set(
    'airport brand cabin carrier city code conditions count country currency cursor date departureDate destination edges filter id kind location name node origin pageInfo perTraveller rating refundable reviewCount text travellers type'.split(
      ' ',
    ),
  );
  const schema = buildSchema(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(
    ({ name }) => !/^__|^join__|^link__|^(String|Int|Float|Boolean|ID)$/.test(name),
  );
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInputObjectType(type)
      ? Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields()).map((field) => ({
          name: `${type.name}.${field.name}`,
          field,
        }))
      : [],
  );
  assert.ok(fields.length > 80, 'the graph was read');
  assert.deepEqual(
    [
      ...types.filter(({ description }) => !description).map(({ name }) => name),
      ...fields.flatMap(({ name, field }) =>
        ('args' in field ? field.args : []).filter((arg) => !arg.description).map((arg) => `${name}(${arg.name})`),
      ),
      ...fields.filter(({ field }) => !field.description && !obvious.has(field.name)).map(({ name }) => name),
    ],
    [],
  );
});

test('files stay short enough to be read at once', (t) => {
  const files = execFileSync('git', ['ls-files', '--', '*.ts'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file && !file.endsWith('.generated.ts'));
  const lengths = files.map((file) => readFileSync(join(root, file), 'utf8').split('\n').length).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)]!;
  t.diagnostic(`median file length ${median} lines, longest ${lengths.at(-1)}, of ${lengths.length} files`);
  assert.ok(median <= 150);
});
