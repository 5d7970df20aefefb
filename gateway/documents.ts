// Looks after trusted documents, while the system runs or not: npm run documents -- push FILE... | list | remove HASH...
import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentsIn, putDocument, readDocument, removeDocument } from '../infra/document-folder.ts';
import { readConfig } from '../infra/env.ts';
import { checkValues } from '../schema/scalars.ts';
import { faultsIn, invalid, type Listed, listedIn, namesIn } from './manifest.ts';

const USAGE = `usage: npm run documents -- push FILE...     manifests of the client preset or of Apollo
       npm run documents -- list
       npm run documents -- remove HASH...`;

export interface Surroundings {
  folder: string;
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

/** Runs the command and gives its exit code. Of manifests with a fault nothing is pushed. */
export async function run([command, ...rest]: readonly string[], { folder, out, err }: Surroundings): Promise<0 | 1> {
  try {
    if (command === 'push' && rest.length) out.write(await push(folder, rest));
    else if (command === 'list' && !rest.length) for await (const line of listed(folder)) out.write(line);
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
  const schema = await schemaOfClients();
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

/** A line a document: its hash, its operations, and why gateways do not run it where that is so. */
async function* listed(folder: string): AsyncGenerator<string> {
  const schema = await schemaOfClients();
  const hashes = await documentsIn(folder);
  let damaged = 0;
  for (const hash of hashes) {
    const text = await readDocument(folder, hash).catch((error: Error) => error);
    if (text instanceof Error) {
      damaged++;
      yield `${hash}  IS LEFT OUT: ${text.message}\n`;
      continue;
    }
    const faults = invalid(text, schema);
    yield `${hash}  ${namesIn(text)}${faults.length ? `  CANNOT BE RUN: ${faults.join(' ')}` : ''}\n`;
  }
  const trusted = hashes.length - damaged;
  yield trusted === 1 ? '1 document is trusted.\n' : `${trusted} documents are trusted.\n`;
}

async function remove(folder: string, hash: string): Promise<string> {
  if (await removeDocument(folder, hash.replace(/^sha256:/, ''))) return `${hash} is trusted no longer.\n`;
  throw new Error(`There is no trusted document ${hash}.`);
}

/** The supergraph as clients see it, made as the gateway makes it. */
async function schemaOfClients(): Promise<GraphQLSchema> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const supergraphSdl = readFileSync(join(import.meta.dirname, '../schema/supergraph.graphql'), 'utf8');
  const gateway = new ApolloGateway({ supergraphSdl, logger: quiet });
  const { schema } = await gateway.load();
  await gateway.stop();
  checkValues(schema);
  return schema;
}

if (import.meta.main) {
  const { stdout: out, stderr: err, argv } = process;
  try {
    const { TRUSTED_DOCUMENTS_FOLDER: folder } = readConfig(process.env);
    process.exitCode = await run(argv.slice(2), { folder, out, err });
  } catch (error) {
    err.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
