// The verbs of the command, in the words that users of other schema registries know.
import { parseArgs } from 'node:util';
import { Misused } from './failures.js';
import { openRegistry } from './registry.js';
import { operationVerbs } from './operation-verbs.js';
import { subgraphVerbs } from './subgraph-verbs.js';
import { supergraphVerbs } from './supergraph-verbs.js';

/** @typedef {{ env: Readonly<Record<string, string | undefined>>, out: (text: string) => void, err: (text: string) => void }} Surroundings */

/** @typedef {{ type: 'string' | 'boolean' }} Option */

/**
 * @typedef {object} Verb
 * @property {string} usage What follows the verb.
 * @property {string} does
 * @property {readonly [least: number, most: number]} names How many arguments it takes.
 * @property {Readonly<Record<string, Option>>} options
 * @property {(run: Run) => Promise<boolean | void>} run Returns false if a check failed.
 */

/**
 * @typedef {object} Run
 * @property {readonly string[]} names
 * @property {Readonly<Record<string, string | boolean | undefined>>} options
 * @property {import('./registry.js').Ask} ask
 * @property {(answer: object, text: () => string) => void} print As JSON with --json, else as the text.
 * @property {(text: string) => void} err
 */

/** @type {Readonly<Record<string, Verb>>} */
const verbs = { ...subgraphVerbs, ...supergraphVerbs, ...operationVerbs };

const EVERYWHERE = /** @type {const} */ ({ json: { type: 'boolean' }, registry: { type: 'string' } });

/** The verb at the beginning of the arguments, one word or two, and the rest. */
function verbIn(/** @type {readonly string[]} */ args) {
  const two = args.slice(0, 2).join(' ');
  const name = verbs[two] ? two : (args[0] ?? '');
  const verb = verbs[name];
  return verb && { verb, rest: args.slice(name.split(' ').length) };
}

/**
 * Runs the verb. Returns whether what it checked is fine.
 *
 * @param {readonly string[]} args
 * @param {Surroundings} surroundings
 */
export async function runVerb(args, { env, out, err }) {
  const found = verbIn(args);
  if (!found) throw new Misused(`${args.slice(0, 2).join(' ')} is no verb.`);
  const { verb, rest } = found;
  const { values, positionals } = parsed(rest, { ...verb.options, ...EVERYWHERE });
  const [least, most] = verb.names;
  if (positionals.length < least || positionals.length > most) throw new Misused('The arguments do not fit.');
  const { json, registry, ...options } = /** @type {Record<string, string | boolean | undefined>} */ (values);
  const ask = openRegistry(env, /** @type {string | undefined} */ (registry));
  const print = (/** @type {object} */ answer, /** @type {() => string} */ text) =>
    out(json ? `${JSON.stringify(answer, null, 2)}\n` : text());
  return (await verb.run({ names: positionals, options, ask, print, err })) !== false;
}

/**
 * @param {string[]} args
 * @param {Readonly<Record<string, Option>>} options
 */
function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Misused(/** @type {Error} */ (error).message);
  }
}

/** The usage of the verb in the arguments, or of all. */
export function usage(/** @type {readonly string[]} */ args) {
  const found = verbIn(args);
  const shown = Object.entries(verbs).filter(([, verb]) => !found || verb === found.verb);
  const lines = shown.map(([name, { usage: rest, does }]) => `  ${`${name} ${rest}`.trim()}\n      ${does}`);
  return [
    'usage: npm run schema -- VERB ...    (in other repositories: npx fareloom-schema VERB ...)',
    ...lines,
    '',
    'Every verb takes --json, and --registry URL in place of FARELOOM_REGISTRY (http://localhost:4009).',
    'FARELOOM_TOKEN is the token. Exit codes: 0 fine, 1 a check failed, 2 wrong usage, 3 the registry was not reached.',
  ].join('\n');
}
