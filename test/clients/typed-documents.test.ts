// gql.tada and graphql-codegen on the API schema: types that TypeScript checks, and documents that are registered.
import { CodegenContext, generate } from '@graphql-codegen/cli';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AIRPORTS, openShop, SEARCH } from './shop.ts';

const root = join(import.meta.dirname, '../..');
const schema = join(root, 'schema/api.graphql');
const bin = (path: string) => join(root, 'node_modules', path);

/** Runs a Node program in a folder; throws with its output if it fails. */
function run(folder: string, program: string, ...args: string[]): void {
  try {
    execFileSync(process.execPath, [program, ...args], {
      cwd: folder,
      stdio: 'pipe',
      env: { ...process.env, CI: '1' },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    throw new Error(`${stdout.toString()}${stderr.toString()}`, { cause: error });
  }
}

const options = { strict: true, module: 'nodenext', target: 'es2024', noEmit: true, skipLibCheck: true, types: [] };

describe('the types of a front end', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fareloom-types-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    mkdirSync(join(folder, 'src'));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('by gql.tada match the schema: a wrong field or type does not compile', () => {
    const plugins = [{ name: 'gql.tada/ts-plugin', schema, tadaOutputLocation: './src/graphql-env.d.ts' }];
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, plugins }, include: ['src'] })); // prettier-ignore
    run(folder, bin('gql.tada/bin/cli.js'), 'generate-output');
    writeFileSync(
      join(folder, 'src/search.ts'),
      `import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
       import type { introspection } from './graphql-env.d.ts';
       const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Decimal: string; CurrencyCode: string; AirportCode: string; Date: string } }>();
       const search = graphql(\`${SEARCH}\`);
       const node = graphql(\`query ($id: ID!) { node(id: $id) { __typename id ... on Order { number } } }\`);
       export const amount = (data: ResultOf<typeof search>): string | undefined => data.shopping?.price?.total?.amount;
       export const number = (data: ResultOf<typeof node>): string | null | undefined => data.node?.__typename === 'Order' ? data.node.number : null;
       export const variables: VariablesOf<typeof search> = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };
       // @ts-expect-error the input needs a destination
       export const wrong: VariablesOf<typeof search> = { input: { origin: 'DEL', departureDate: '2026-03-24' } };
       // @ts-expect-error an amount is no number
       export const bad = (data: ResultOf<typeof search>): number | undefined => data.shopping?.price?.total?.amount;
      `,
    );
    run(folder, bin('typescript/bin/tsc'));
  });

  test('by the client preset compile, and its registered documents run by id where all others are refused', async () => {
    writeFileSync(
      join(folder, 'src/documents.ts'),
      `import { graphql } from './gql/index.js';\nexport const airports = graphql(/* GraphQL */ \`${AIRPORTS}\`);\n`,
    );
    const preset = { preset: 'client', presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } } };
    const config = { schema, documents: join(folder, 'src/documents.ts'), silent: true, generates: { [join(folder, 'src/gql/')]: preset } }; // prettier-ignore
    await generate(new CodegenContext({ config: { ...config, cwd: root } as never }), true);
    const manifest = join(folder, 'src/gql/persisted-documents.json');
    const [documentId] = Object.keys(JSON.parse(readFileSync(manifest, 'utf8')) as object);

    const documents = join(folder, 'documents');
    execFileSync(process.execPath, [join(root, 'infra/system/commands/documents.ts'), 'push', manifest], {
      env: { ...process.env, TRUSTED_DOCUMENTS_FOLDER: documents },
      stdio: 'pipe',
    });
    await using shop = await openShop({
      env: { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FOLDER: documents },
    });
    const post = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(shop.url, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as {
        data?: { airports: { edges: unknown[] } };
        errors?: { extensions: object }[];
      };
    };
    const known = await post({ documentId, variables: { first: 4 } });
    assert.equal(known.data?.airports.edges.length, 4, JSON.stringify(known));
    const { errors } = await post({ query: SEARCH, variables: {} });
    assert.match(JSON.stringify(errors), /"DOCUMENT_NOT_TRUSTED"/);
  });
});
