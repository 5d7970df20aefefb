// How easy the code is to enter, in numbers: each with the limit that it must not pass again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { dialect } from './dialect.ts';

const root = join(import.meta.dirname, '../..');

const files = execFileSync('git', ['ls-files', '--', '*.ts'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !file.endsWith('.generated.ts'));
const product = files.filter((file) => !file.startsWith('test/'));
const parsed = new Map(
  product.map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
  ]),
);

/** The names that the frame of a subgraph has in each of them. */
const FRAME = /^(context|Context|resolvers|refusal|routes|\w+Source)$/;

/** The exported names of a file. */
function exportsOf(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
    return named.flatMap((declared) => {
      const name = 'name' in declared ? (declared.name as ts.Node | undefined) : undefined;
      return name && ts.isIdentifier(name) ? [name.text] : [];
    });
  });
}

function countOf(tree: ts.SourceFile, is: (node: ts.Node) => boolean): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (is(node)) count++;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return count;
}

test('an exported name stands in one file', (t) => {
  const places = new Map<string, Set<string>>();
  for (const [file, tree] of parsed) {
    for (const name of exportsOf(tree)) places.set(name, (places.get(name) ?? new Set()).add(file));
  }
  const repeated = [...places].filter(([name, of]) => of.size > 1 && !FRAME.test(name));
  t.diagnostic(`${repeated.length} exported names stand in several files`);
  assert.deepEqual(
    repeated.map(([name, of]) => `${name}: ${[...of].join(', ')}`),
    [],
  );
});

test('a folder has few enough files to be read as a list', (t) => {
  const counts = [...Map.groupBy(product, (file) => dirname(file))].map(([folder, of]) => ({
    folder,
    count: of.length,
  }));
  const sorted = counts.toSorted((a, b) => a.count - b.count);
  const median = sorted[Math.floor(sorted.length / 2)]!.count;
  const largest = sorted.at(-1)!;
  t.diagnostic(`files in a folder: median ${median}, largest ${largest.count} (${largest.folder})`);
  assert.ok(median <= 6);
  assert.ok(largest.count <= 18, `${largest.folder} has ${largest.count} files`);
});

const MOST_WIRING = 1330; // with the servers that subgraphs have beside the graph, and the counting of usage

const linesOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length, 0);

/** What is read first, with its most lines. */
const first = [
  ['README.md', 180],
  ['infra/config/settings.ts', 120],
  ['infra/system/services.ts', 60],
] as const;

for (const [path, most] of first) {
  test(`${path} has at most ${most} lines`, (t) => {
    t.diagnostic(`${path}: ${linesOf([path])} lines of at most ${most}`);
    assert.ok(linesOf([path]) <= most);
  });
}

test('the system is not wired by more lines than today', (t) => {
  const wiring = product.filter((path) => /^infra\/system\/([^/]+|run\/[^/]+)\.ts$/.test(path));
  t.diagnostic(`${linesOf(wiring)} lines of wiring in ${wiring.length} files; the aim is 600`);
  assert.ok(linesOf(wiring) <= MOST_WIRING);
});

test('few values are claimed to be there by a non-null assertion', (t) => {
  const count = [...parsed.values()].reduce((sum, tree) => sum + countOf(tree, ts.isNonNullExpression), 0);
  t.diagnostic(`${count} non-null assertions in the product`);
  assert.ok(count <= 60);
});

test('prose is plain English: few lines have a word of the dialect', (t) => {
  const found = dialect();
  t.diagnostic(`${found.length} lines of dialect`);
  assert.ok(found.length < 30, found.map(({ file, line, text }) => `${file}:${line}: ${text}`).join('\n'));
});
