// Mutants: small changes of rules and stores, drawn at random by a seed, that a test must notice.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { seeded } from '../kit/chance.ts';
import { root } from './bugs.ts';
import type { Mutant } from './mutant.ts';

// files without rules or stores: generated types, demo data, columns, and connecting code
const NEITHER = /(schema\.generated|demo[^/]*|tables|subgraph|context|resolvers)\.ts$/;

/** The files of all rules and stores. */
export const mutated = (): string[] =>
  globSync('subgraphs/*/{graph,rules,store}/*.ts', { cwd: root })
    .filter((file) => !NEITHER.test(file))
    .sort();

/** Every mutant of a file, in source order. */
export function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(join(root, file), 'utf8');
  const lines = source.split('\n');
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    for (const { at, kind, text } of changes(node)) {
      const [start, end] = [at.getStart(tree), at.getEnd()];
      const line = tree.getLineAndCharacterOfPosition(start).line + 1;
      const was = source.slice(start, end);
      found.push({ file, line, source: lines[line - 1]!.trim(), kind, start, end, text, was });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

interface Change {
  at: ts.Node;
  kind: string;
  text: string;
}

const { SyntaxKind } = ts;

const operators = new Map<ts.SyntaxKind, readonly string[]>([
  [SyntaxKind.LessThanToken, ['<=', '>=']],
  [SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [SyntaxKind.AmpersandAmpersandToken, ['||']],
  [SyntaxKind.BarBarToken, ['&&']],
  [SyntaxKind.PlusToken, ['-']],
  [SyntaxKind.MinusToken, ['+']],
  [SyntaxKind.AsteriskToken, ['/']],
  [SyntaxKind.SlashToken, ['*']],
]);

const names = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['$lte', '$gt'],
  ['$lt', '$gte'],
  ['$gte', '$lt'],
  ['$gt', '$lte'],
  ['$in', '$nin'],
  ['asc', 'desc'],
]);

/** The possible changes of one node. */
function changes(node: ts.Node): Change[] {
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    if (operatorToken.kind === SyntaxKind.QuestionQuestionToken) {
      return [{ at: node, kind: 'takes no default', text: `(${left.getText()})` }, { at: node, kind: 'takes the default', text: `(${right.getText()})` }]; // prettier-ignore
    }
    return (operators.get(operatorToken.kind) ?? []).map((text) => ({
      at: operatorToken,
      kind: 'another operator',
      text,
    }));
  }
  if (ts.isIfStatement(node)) {
    return ['true', 'false'].map((text) => ({ at: node.expression, kind: `a condition is ${text}`, text }));
  }
  if (ts.isConditionalExpression(node)) {
    return ['true', 'false'].map((text) => ({ at: node.condition, kind: `a condition is ${text}`, text }));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    return [{ at: node, kind: 'is not negated', text: node.operand.getText() }];
  }
  if (ts.isExpressionStatement(node)) return [{ at: node, kind: 'drops a statement', text: ';' }];
  if (ts.isNumericLiteral(node)) return [{ at: node, kind: 'another number', text: `(${node.getText()} + 1)` }];
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) {
    return [{ at: node, kind: 'the other truth', text: node.kind === SyntaxKind.TrueKeyword ? 'false' : 'true' }];
  }
  if (ts.isPropertyAccessExpression(node)) return renamed(node.name);
  if (ts.isPropertyAssignment(node)) return [...renamed(node.name), ...dropped(node), ...words(node.initializer)];
  if (ts.isShorthandPropertyAssignment(node)) return dropped(node);
  return [];
}

function renamed(name: ts.Node): Change[] {
  const text = names.get(name.getText());
  return text === undefined ? [] : [{ at: name, kind: 'another function', text }];
}

/** A property of an object argument of a call: a condition of a query, a column that is written. */
const dropped = (node: ts.ObjectLiteralElementLike): Change[] =>
  ts.isCallExpression(node.parent.parent) ? [{ at: node, kind: 'drops a property', text: '...{}' }] : [];

function words(node: ts.Expression): Change[] {
  const text = ts.isStringLiteral(node) ? names.get(node.text) : undefined;
  return text === undefined ? [] : [{ at: node, kind: 'another order', text: `'${text}'` }];
}

/** All mutants in an order that the seed decides, one per line: tests that kill one usually decide for its line. */
export function* drawn(seed: number): Generator<Mutant> {
  const chance = seeded(seed);
  const all = mutated().flatMap(mutantsOf);
  const lines = new Set<string>();
  while (all.length) {
    const mutant = all.splice(chance(all.length), 1)[0]!;
    const line = `${mutant.file}:${mutant.line}`;
    if (!lines.has(line)) yield mutant;
    lines.add(line);
  }
}
