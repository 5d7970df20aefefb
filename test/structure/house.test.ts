// Rules of the repository: imports, generated files, schema descriptions, file length.
import { cruise } from 'dependency-cruiser';
import {
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLInterfaceType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
} from 'graphql';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { compose, stale } from '../../schema/composition/compose.ts';
import { publicQueries } from '../../gateway/documents/public-queries.ts';
import { permissions } from '../../schema/permissions.ts';
import { forbidden } from './import-rules.ts';

const root = join(import.meta.dirname, '../..');
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

test('no file imports what the rules forbid', (t) => {
  const of = (rule: string) => summary.violations.filter((each) => each.rule.name === rule).length;
  t.diagnostic(`${of('no-circles')} circles of imports, ${summary.violations.length} forbidden arrows`);
  assert.deepEqual(
    summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    [],
  );
});

test('a worker imports one subgraph at most', () => {
  const workers = modules.filter(({ source }) => source.startsWith('workers/'));
  assert.ok(workers.length > 3, 'the workers were found');
  for (const { source, dependencies } of workers) {
    const subgraphs = new Set(
      dependencies.map(({ resolved }) => /^subgraphs\/([^/]+)\//.exec(resolved)?.[1]).filter(Boolean),
    );
    assert.ok(subgraphs.size <= 1, `${source} imports ${[...subgraphs].join(' and ')}`);
  }
});

test('the supergraph and the resolver types are up to date with the subgraphs', async () => {
  assert.deepEqual(
    (await stale()).map(({ file }) => file),
    [],
    'run npm run compose and commit',
  );
});

test('subgraphs that do not compose are refused with the reason', () => {
  const broken = subgraphSdls().map(({ name, sdl }) => ({
    name,
    sdl:
      name === 'travel'
        ? sdl.replace('type Money @access(to: "anyone") @shareable', 'type Money @access(to: "anyone")')
        : sdl,
  }));
  assert.throws(() => compose(broken), /do not compose:\n- .*Money\.amount.*fare.*travel/s);
});

test('only public fields are cacheable, and every public query has a maximum age', () => {
  const hinted = subgraphSdls().flatMap(({ sdl }) =>
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
    Object.entries(permissions).filter(
      ([field, need]) => need !== 'anyone' && (hinted.includes(field) || hinted.includes(field.split('.')[0] ?? '')),
    ),
    [],
  );
  const queries = hinted.flatMap((name) => (name.startsWith('Query.') ? [name.slice('Query.'.length)] : []));
  assert.deepEqual(new Set([...queries, '__typename']), new Set(publicQueries));
});

test('every type, field, argument and enum value of the graph has a description, every scalar a specification', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !/^__|^join__|^link__/.test(type.name) && !isSpecifiedScalarType(type),
  );
  const described: { name: string; description?: string | null | undefined }[] = types.flatMap((type) => {
    const within = (of: string, parts: readonly { name: string; description?: string | null | undefined }[]) =>
      parts.map(({ name, description }) => ({ name: `${of}.${name}`, description }));
    if (isEnumType(type)) return [type, ...within(type.name, type.getValues())];
    if (isInputObjectType(type)) return [type, ...within(type.name, Object.values(type.getFields()))];
    if (!isObjectType(type) && !isInterfaceType(type)) return [type];
    const fields = Object.values(type.getFields());
    const args = fields.flatMap((field) => within(`${type.name}.${field.name}`, field.args));
    return [type, ...within(type.name, fields), ...args];
  });
  assert.ok(described.length > 600, 'the graph was read');
  const bare = described.filter(({ description }) => !description).map(({ name }) => name);
  assert.deepEqual(bare, []);
  const scalars = types.filter(isScalarType);
  assert.ok(scalars.length >= 5);
  assert.deepEqual(
    scalars.filter(({ specifiedByURL }) => !specifiedByURL).map(({ name }) => name),
    [],
  );
});

test('every refusal implements Refusal', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'));
  const refusals = Object.keys(schema.getTypeMap()).filter((name) => /.Refusal$/.test(name));
  assert.ok(refusals.length >= 6);
  const implementing = schema.getPossibleTypes(schema.getType('Refusal') as GraphQLInterfaceType);
  assert.deepEqual(implementing.map(({ name }) => name).toSorted(), refusals.toSorted());
});

test('every entry point runs as a command: its output may fail without ending it', () => {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const files = execFileSync('git', ['ls-files', '--', '*.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = Object.values(scripts).flatMap((script) => script.match(/\S+\.ts\b/g) ?? []);
  const supervised = [...read('infra/system/run/start-apart.ts').matchAll(/script\('(.+?)'\)/g)].map(
    ([, file]) => `infra/${file}`,
  );
  const started = files.filter((file) => /import\.meta\.main/.test(read(file)));
  const entries = [...new Set([...named, ...supervised, ...started])].filter((file) => !/^'?test\//.test(file));
  assert.ok(entries.length > 13, 'the entry points were found');
  assert.deepEqual(
    entries.filter((file) => !/^if \(import\.meta\.main\) (\{[^]*?\s)?await runCommand\(/m.test(read(file))),
    [],
  );
});

test('a checkout has the same bytes with core.autocrlf as without', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'checkout-'));
  const files = ['README.md', 'package.json', 'infra/start.ts', 'schema/supergraph.graphql', '.ci/run'];
  const git = ['-c', 'core.autocrlf=true', 'checkout-index', '-f', `--prefix=${dir.path}/`, '--', ...files];
  execFileSync('git', git, { cwd: root });
  for (const file of files) assert.ok(!readFileSync(join(dir.path, file), 'utf8').includes('\r'), file);
});

test('files stay short enough to read in one go', (t) => {
  const files = execFileSync('git', ['ls-files', '--', '*.ts'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file && !file.endsWith('.generated.ts'));
  const lengths = files.map((file) => readFileSync(join(root, file), 'utf8').split('\n').length).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)]!;
  t.diagnostic(`median file length ${median} lines, longest ${lengths.at(-1)}, of ${lengths.length} files`);
  assert.ok(median <= 150);
});
