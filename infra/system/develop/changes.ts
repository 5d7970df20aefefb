// What a saved file means for a running system: whether it is source, can be read, and changes the composed schema.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The folders of the product. */
export const SOURCE_FOLDERS = ['gateway', 'infra', 'schema', 'subgraphs', 'workers'] as const;

const GENERATED: ReadonlySet<string> = new Set([
  'schema/supergraph.graphql',
  'schema/api.graphql',
  'schema/permissions.ts',
]);

/** Whether a system that runs has loaded the file. Generated files follow others, and are written before a start. */
export const isSource = (file: string): boolean =>
  /\.(ts|graphql|sql)$/.test(file) && !/\.generated\.ts$/.test(file) && !GENERATED.has(file);

/** Whether generated files may differ after the change. */
export const changesComposition = (file: string): boolean =>
  /^subgraphs\/\w+\/(schema\.graphql|graph\/sources\.ts)$/.test(file) || file.startsWith('schema/');

/** The syntax errors of a TypeScript file below `root`, with lines and columns. A file that is gone has none. */
export function syntaxFaults(file: string, root: string): string[] {
  const path = join(root, file);
  if (!file.endsWith('.ts') || !existsSync(path)) return [];
  const { diagnostics = [] } = ts.transpileModule(readFileSync(path, 'utf8'), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map((each) => ts.formatDiagnostic(each, FORMAT).trimEnd());
}

const FORMAT: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => '',
  getNewLine: () => '\n',
};
