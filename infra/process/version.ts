// The version of this release, from package.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const readVersion = (): string => {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};
