#!/usr/bin/env node
// The command for teams that publish subgraph schemas. Plain JavaScript without dependencies, so that it also runs
// where it is installed from another repository: Node strips types nowhere in node_modules.
import { Misused, NotReached, Refused } from './failures.js';
import { runVerb, usage } from './verbs.js';

const FINE = 0;
const CHECK_FAILED = 1;
const WRONG_USAGE = 2;
const NOT_REACHED = 3;

/**
 * Runs the command and returns its exit code.
 *
 * @param {readonly string[]} args
 * @param {import('./verbs.js').Surroundings} surroundings
 * @returns {Promise<number>}
 */
export async function runSchemaCommand(args, surroundings) {
  const { out, err } = surroundings;
  if (!args.length || args.includes('--help') || args.includes('-h')) {
    (args.length ? out : err)(`${usage(args)}\n`);
    return args.length ? FINE : WRONG_USAGE;
  }
  try {
    return (await runVerb(args, surroundings)) ? FINE : CHECK_FAILED;
  } catch (error) {
    if (error instanceof Refused) err(`${error.message}\n`);
    else if (error instanceof Misused) err(`${error.message}\n${usage(args)}\n`);
    else if (error instanceof NotReached) err(`${error.message}\n`);
    else throw error;
    if (error instanceof Refused) return error.isCheck ? CHECK_FAILED : WRONG_USAGE;
    return error instanceof Misused ? WRONG_USAGE : NOT_REACHED;
  }
}

if (import.meta.main ?? process.argv[1]?.endsWith('fareloom-schema.js')) {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined); // a closed pipe
  process.exitCode = await runSchemaCommand(process.argv.slice(2), {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}
