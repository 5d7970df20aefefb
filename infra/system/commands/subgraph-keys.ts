// Prints the keys of one subgraph, for a process without the master keys: INTERNAL_KEYS=... npm run subgraph-keys --
// NAME
import { keysFor } from '../../../schema/wire/internal-identity.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { subgraphs } from '../services.ts';

/**
 * The line for the environment of a subgraph's process. Throws an Error with a sentence when there are no master keys, or
 * no subgraph of that name.
 */
export function subgraphKeysLine(name: string, env: Record<string, string | undefined>): string {
  const masters = readConfig(env).INTERNAL_KEYS;
  if (!masters || !name) {
    throw new Error('Set INTERNAL_KEYS to those of the gateway and name the subgraph: npm run subgraph-keys -- fare');
  }
  const names = subgraphs.map((subgraph): string => subgraph.name);
  if (!names.includes(name)) throw new Error(`There is no subgraph ${name}; there are ${names.join(', ')}.`);
  const keys = keysFor(name, masters).map(({ secret }) => secret.toString('base64'));
  return `SUBGRAPH_KEYS=${keys.join(',')}\n`;
}

if (import.meta.main) {
  await runCommand(() => void process.stdout.write(subgraphKeysLine(process.argv[2] ?? '', process.env)));
}
