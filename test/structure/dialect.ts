// Words of a dialect that a stranger has to read twice, in prose: comments, sentences in strings, descriptions, documents.
// node test/structure/dialect.ts [PREFIX...] lists them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Each has a plain English word, or a term of the field, in its place. */
const WORDS = [
  /\b(?:nobody|somebody|whoever|whomever|anybody)\b/,
  /\b(?:for|of|to|by|from) who\b/,
  /\bwho (?:asks?|asked|may|is not|has|was|calls?|looks?|comes?|goes|dies|reads?|sends?)\b/,
  /\banew\b/,
  /\b(?:is|are|was|were|be|been) told\b/,
  /\btells? of\b/,
  /\bso (?:many|much)\b/,
  /\bjust then\b/,
  /\bthat there (?:is|are|was) (?:not|none)\b/,
  /\b(?:has|have|had) it not\b/,
  /\btak(?:es?|en|ing) in\b/,
  /\bby (?:himself|herself)\b/,
  /\b(?:doorkeeper|front door|a door onto|the house|of the house)\b/,
  /\bis no more\b/,
  /\bthere it is\b/,
  /\bas (?:good as|it (?:is|was) then)\b/,
  /\b(?:held up|is at an end|comes to nothing|goes on)\b/,
];
const DIALECT = new RegExp(WORDS.map(({ source }) => source).join('|'), 'i');

export interface Found {
  file: string;
  line: number;
  text: string;
}

/** A piece of prose, and the line on which it begins. */
interface Prose {
  line: number;
  text: string;
}

const SENTENCE = /\S \S+ \S/; // a string of fewer words is a name or a value

/** The comments and sentences of a TypeScript file. */
function proseOf(file: string, source: string): Prose[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lineOf = (at: number) => tree.getLineAndCharacterOfPosition(at).line + 1;
  const found = new Map<number, Prose>();
  const visit = (node: ts.Node): void => {
    const around = [
      ...(ts.getLeadingCommentRanges(source, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.end) ?? []),
    ];
    for (const { pos, end } of around) found.set(pos, { line: lineOf(pos), text: source.slice(pos, end) });
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && SENTENCE.test(node.text))
      found.set(node.getStart(tree), { line: lineOf(node.getStart(tree)), text: node.text });
    node.getChildren(tree).forEach(visit);
  };
  visit(tree);
  return [...found.values()];
}

/** Every line of prose in the repository that has a word of the dialect. */
export function dialect(): Found[] {
  const files = execFileSync('git', ['ls-files', '--', '*.ts', '*.graphql', '*.md', '*.yml'], {
    cwd: root,
    encoding: 'utf8',
  });
  const named = files
    .split('\n')
    .filter((file) => file && !/\.generated\.ts$|^schema\/(supergraph|api)\.graphql$|^test\/upgrade\/|structure\/dialect\.ts$/.test(file)); // prettier-ignore
  return named.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const prose = file.endsWith('.ts') ? proseOf(file, source) : [{ line: 1, text: source }];
    return prose.flatMap(({ line, text }) =>
      text.split('\n').flatMap((each, n) => (DIALECT.test(each) ? [{ file, line: line + n, text: each.trim() }] : [])),
    );
  });
}

if (import.meta.main) {
  const prefixes = process.argv.slice(2);
  const found = dialect().filter(({ file }) => !prefixes.length || prefixes.some((prefix) => file.startsWith(prefix)));
  for (const { file, line, text } of found) console.log(`${file}:${line}: ${text}`);
  console.log(`${found.length} lines`);
}
