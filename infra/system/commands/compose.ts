// npm run compose: writes the files derived from the schemas of the subgraphs; refuses breaking changes without
// --breaking.
import { buildSchema, type GraphQLSchema } from 'graphql';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenBy } from '../../../gateway/documents/push-documents.ts';
import { changesBetween } from '../../../schema/composition/breaking.ts';
import { API_FILE, root, subgraphSdls } from '../../../schema/composition/checkout.ts';
import { stale } from '../../../schema/composition/compose.ts';
import type { Release } from '../../../schema/composition/deprecation.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { type Output, printingTo } from '../../logging/printable.ts';

const USAGE = `usage: npm run compose                              write the files derived from the subgraphs' schemas
       npm run compose -- --breaking                also when that breaks clients
       npm run compose -- --check                   only compare: exit with 1 when a file is stale
       npm run compose -- --against FILE            with or without --check: the clients are those of the schema in
                                                    FILE, an older schema/api.graphql`;

export interface Composing {
  parts: SubgraphSdl[];
  /** The folder that the files are written to. */
  folder: string;
  /** The folder of trusted documents. */
  documents: string;
  release: Release;
  out: Output;
  err: Output;
}

/** Runs the command and returns its exit code. */
export async function runCompose(args: readonly string[], composing: Composing): Promise<0 | 1> {
  const { parts, folder, out, err } = composing;
  const { check, breaking, against } = optionsIn(args);
  if (against !== undefined && !existsSync(against)) throw new Error(`There is no file ${against}.`);
  const files = await stale(parts, folder);
  const before = against ?? join(folder, API_FILE);
  const api = files.find(({ file }) => file === API_FILE)?.content ?? readFileSync(join(folder, API_FILE), 'utf8');
  const broken = existsSync(before) ? await compare(readFileSync(before, 'utf8'), api, composing) : [];
  for (const line of broken) err.write(`${line}\n`);
  if (check) {
    for (const { file } of files) err.write(`${file} is stale: run npm run compose and commit it.\n`);
    return files.length || broken.length ? 1 : 0;
  }
  if (broken.length && !breaking) {
    err.write(
      'Nothing was written. Deprecate what clients use for two releases, or run npm run compose -- --breaking.\n',
    );
    return 1;
  }
  for (const { file, content } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  out.write(files.length ? `Wrote ${files.map(({ file }) => file).join(', ')}.\n` : 'Nothing to write.\n');
  return 0;
}

function optionsIn(args: readonly string[]) {
  try {
    const boolean = { type: 'boolean', default: false } as const;
    const options = { check: boolean, breaking: boolean, against: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new Error(USAGE);
  }
}

/** The breaking changes between two SDLs, a line each: elements of the schema, then trusted documents. */
async function compare(before: string, after: string, { documents, release, out }: Composing): Promise<string[]> {
  if (before === after) return [];
  const schema: GraphQLSchema = buildSchema(after);
  const { breaking, dangerous } = changesBetween(buildSchema(before), schema, release);
  for (const sentence of dangerous) out.write(`Clients may not expect this: ${sentence}\n`);
  const lost = await brokenBy(schema, documents);
  return [...breaking.map((sentence) => `This breaks clients: ${sentence}`), ...lost];
}

function fromEnvironment(): Composing {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const today = new Date().toISOString().slice(0, 10);
  const [out, err] = [printingTo(process.stdout), printingTo(process.stderr)];
  const documents = readConfig(process.env).TRUSTED_DOCUMENTS_FOLDER;
  return { parts: subgraphSdls(), folder: root, documents, release: { today, version }, out, err };
}

if (import.meta.main) await runCommand(() => runCompose(process.argv.slice(2), fromEnvironment()));
