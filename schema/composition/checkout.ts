// The schemas of the subgraphs in this checkout.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphSdl } from './nullability.ts';
import { complete } from './shared.ts';

/** The repository's folder; the names of generated files are relative to it. */
export const root = join(import.meta.dirname, '../..');

/** The file of the API schema. */
export const API_FILE = 'schema/api.graphql';

/** Every subgraph's name and complete SDL, in alphabetical order. */
export function subgraphSdls(): SubgraphSdl[] {
  const dir = join(root, 'subgraphs');
  return readdirSync(dir)
    .filter((name) => existsSync(join(dir, name, 'schema.graphql')))
    .sort()
    .map((name) => ({ name, sdl: complete(readFileSync(join(dir, name, 'schema.graphql'), 'utf8')) }));
}
