// Manages dead letters: npm run dead-letters -- list | show ID | replay ID | discard ID
import { parseArgs } from 'node:util';
import { runCommand } from '../../process/command.ts';
import type { DeadLetterRefusal } from '../../../subgraphs/operations/rules/dead-letter.ts';
import type { DeadLetters } from '../../../subgraphs/operations/store/dead-letter-store.ts';
import type { DeadLetter } from '../../dead-letters/parking.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { printingTo } from '../../logging/printable.ts';
import { shareStores } from '../stores.ts';
import { openWiring } from '../wiring.ts';

const USAGE = `usage: npm run dead-letters -- list [--group GROUP]
       npm run dead-letters -- show ID
       npm run dead-letters -- replay ID
       npm run dead-letters -- discard ID`;

const PAGE = 100; // dead letters read at a time
const WHO = 'the command'; // recorded as the actor that settled a dead letter

export interface DeadLettersEnvironment {
  open: () => Promise<{ deadLetters: DeadLetters } & AsyncDisposable>;
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

/** The arguments are not a command; the usage is printed, too. */
class Misused extends Error {}

/** Runs the command and returns its exit code. */
export async function runDeadLetters(
  args: readonly string[],
  { open, ...streams }: DeadLettersEnvironment,
): Promise<0 | 1> {
  const [out, err] = [printingTo(streams.out), printingTo(streams.err)];
  try {
    const { command, id, group } = optionsOf(args);
    if (command === 'help') return (out.write(`${USAGE}\n`), 0);
    await using opened = await open();
    const { deadLetters } = opened;
    if (command === 'list') for await (const text of listed(deadLetters, group)) out.write(text);
    else if (command === 'show') out.write(shown(id, await deadLetters.show(id)));
    else out.write(told(command, await deadLetters[command](id, WHO)));
    return 0;
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 500) : String(error);
    err.write(`${said}\n${error instanceof Misused ? `${USAGE}\n` : ''}`);
    return 1;
  }
}

/** A line per dead letter, then their number. */
async function* listed(deadLetters: DeadLetters, group: string | undefined): AsyncGenerator<string> {
  let count = 0;
  for (let after: number | null | undefined = null; after !== undefined;) {
    const page: DeadLetter[] = await deadLetters.list({ consumer: group ?? null, after, most: PAGE });
    for (const { id, state, consumer, topic, key, cause } of page) {
      yield `${id}  ${state.padEnd(9)}  ${consumer}  ${topic}  ${short(key ?? '(no key)')}  ${short(cause)}\n`;
    }
    count += page.length;
    after = page.length < PAGE ? undefined : page.at(-1)?.position;
  }
  yield count === 1 ? '1 dead letter waits.\n' : `${count} dead letters wait.\n`;
}

const short = (text: string): string => text.replace(/\n.*/s, '').slice(0, 120);

function shown(id: string, letter: DeadLetter | null): string {
  if (!letter) throw new Error(`There is no dead letter ${id}.`);
  const { position: _, lane: __, value, ...rest } = letter;
  const lines = Object.entries(rest).map(([name, field]) => `${name}: ${textOf(field)}`);
  return `${lines.join('\n')}\nvalue: ${value ?? '(none)'}\n`;
}

const textOf = (field: string | number | Date | null | undefined): string =>
  field instanceof Date ? field.toISOString() : String(field ?? '(none)');

function told(command: 'replay' | 'discard', outcome: DeadLetter | DeadLetterRefusal): string {
  if ('refused' in outcome) throw new Error(outcome.because);
  return command === 'replay'
    ? `${outcome.id} is replayed as soon as ${outcome.consumer} runs; those behind it follow.\n`
    : `${outcome.id} is discarded; those behind it follow as soon as ${outcome.consumer} runs.\n`;
}

function optionsOf(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [command, id = '', ...rest] = positionals;
  const { group, help } = values;
  if (help) return { command: 'help', id, group } as const;
  if (command === 'list' && positionals.length === 1) return { command: 'list', id, group } as const;
  const acts = command === 'show' || command === 'replay' || command === 'discard';
  if (!acts || !id || rest.length || group !== undefined) throw new Misused('This is not a command.');
  return { command, id, group } as const;
}

function parsed(args: readonly string[]) {
  try {
    const options = { group: { type: 'string' }, help: { type: 'boolean', default: false, short: 'h' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

async function openWired() {
  const wiring = openWiring(readConfig(process.env), openLog({ level: 'warn', json: false, to: 'stderr' }));
  const { deadLetters } = await shareStores(wiring).stores.operations();
  return { deadLetters, [Symbol.asyncDispose]: () => wiring.close() };
}

if (import.meta.main) {
  const { stdout, stderr } = process;
  await runCommand(() => runDeadLetters(process.argv.slice(2), { open: openWired, out: stdout, err: stderr }));
}
