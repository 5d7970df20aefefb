// Manages trusted documents, whether or not the system runs: npm run documents -- push FILE... | list | remove HASH...
import { buildSchema, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentsIn, putDocument, readDocument, removeDocument } from './document-folder.ts';
import { type Output, printingTo } from '../../infra/logging/printable.ts';
import { checkValues } from '../../schema/terms/scalars.ts';
import { faultsIn, invalid, type Listed, listedIn, namesIn } from './manifest.ts';

const USAGE = `usage: npm run documents -- push FILE...     manifests of the client preset or of Apollo
       npm run documents -- list
       npm run documents -- remove HASH...`;

export interface Surroundings {
  folder: string;
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

/** Runs the command and returns its exit code. If a manifest has a fault, nothing is pushed. */
export async function runDocuments(
  [command, ...rest]: readonly string[],
  { folder, ...streams }: Surroundings,
): Promise<0 | 1> {
  const [out, err] = [printingTo(streams.out), printingTo(streams.err)];
  try {
    if (command === 'push' && rest.length) out.write(await push(folder, rest));
    else if (command === 'list' && !rest.length) return await list(folder, out);
    else if (command === 'remove' && rest.length) for (const hash of rest) out.write(await remove(folder, hash));
    else throw new Error(USAGE);
    return 0;
  } catch (error) {
    err.write(`${(error as Error).message}\n`);
    return 1;
  }
}

async function push(folder: string, files: readonly string[]): Promise<string> {
  const faults: string[] = [];
  const documents: Listed[] = [];
  const schema = schemaOfClients();
  for (const file of files) {
    try {
      const inFile = listedIn(await readFile(file, 'utf8'));
      documents.push(...inFile);
      faults.push(...faultsIn(inFile, schema));
    } catch (error) {
      faults.push(`${file}: ${(error as Error).message}`);
    }
  }
  if (faults.length) throw new Error(`Nothing was pushed:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  const known = new Set(await documentsIn(folder));
  const texts = new Set(documents.map(({ text }) => text));
  for (const text of texts) await putDocument(folder, text);
  const after = await documentsIn(folder);
  return `${texts.size} pushed, ${after.length - known.size} of them new: ${after.length} are trusted in ${folder}.\n`;
}

/**
 * Writes a line per document: its hash, its operations, and why gateways do not run it. Returns 1 if there is such a
 * reason.
 */
async function list(folder: string, out: Output): Promise<0 | 1> {
  const documents = await checked(folder, schemaOfClients());
  for (const { hash, names, faults, isDamaged } of documents) {
    const reason = isDamaged ? '  IS LEFT OUT: ' : '  CANNOT BE RUN: ';
    out.write(`${hash}${names && `  ${names}`}${faults.length ? `${reason}${faults.join(' ')}` : ''}\n`);
  }
  const trusted = documents.filter(({ isDamaged }) => !isDamaged).length;
  out.write(trusted === 1 ? '1 document is trusted.\n' : `${trusted} documents are trusted.\n`);
  return documents.some(({ faults }) => faults.length) ? 1 : 0;
}

/** A document in the folder, and the reasons why gateways do not run it. */
interface Checked {
  hash: string;
  /** The names of its operations. */
  names: string;
  faults: string[];
  /** Whether the file's content does not match its name. */
  isDamaged: boolean;
}

async function checked(folder: string, schema: GraphQLSchema): Promise<Checked[]> {
  const all: Checked[] = [];
  for (const hash of await documentsIn(folder)) {
    const text = await readDocument(folder, hash).catch((error: unknown) => ({ error }));
    all.push(
      typeof text === 'string'
        ? { hash, names: namesIn(text), faults: invalid(text, schema), isDamaged: false }
        : { hash, names: '', faults: [(text.error as Error).message], isDamaged: true },
    );
  }
  return all;
}

/** The trusted documents that are invalid on this schema, a line each, with the reason. */
export async function brokenBy(schema: GraphQLSchema, folder: string): Promise<string[]> {
  checkValues(schema);
  const documents = await checked(folder, schema);
  return documents
    .filter(({ faults, isDamaged }) => faults.length && !isDamaged)
    .map(({ hash, names, faults }) => `This breaks the trusted document ${names} ${hash}: ${faults.join(' ')}`);
}

async function remove(folder: string, hash: string): Promise<string> {
  if (await removeDocument(folder, hash.replace(/^sha256:/, ''))) return `${hash} is no longer trusted.\n`;
  throw new Error(`There is no trusted document ${hash}.`);
}

/** The API schema, with the checks of its scalars. */
function schemaOfClients(): GraphQLSchema {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'));
  checkValues(schema);
  return schema;
}
