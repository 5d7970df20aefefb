// The whole system at a prompt: npm run repl [-- --data FOLDER] [--without WORKER[,WORKER...]]
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type REPLServer, start } from 'node:repl';
import { PassThrough } from 'node:stream';
import { parseArgs } from 'node:util';
import { operation } from '../../../gateway/operations/operations.ts';
import { readConfig } from '../config/config.ts';
import { runCommand } from '../../process/command.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const HISTORY = join(import.meta.dirname, '../../../.repl_history'); // git ignores it

const banner = ({ address, clock }: Workbench, folder: string): string => `
await graphql(query, variables, { as: 'operator' })   as traveller, fare manager, operator or admin; without as a visitor
await order('ord_...')                                an order with its timeline, tickets, payments and mails
clock.advance('16m'), .set('2027-01-15T09:00Z')       the system's clock: it stands still at ${clock.now().toISOString()}
await settled()                                       waits until the workers have nothing left to do at that time
stores.order, .payment, ...                           the data in ${folder}; the explorer is at ${address}/graphql
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, without: { type: 'string' } } });
  const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'fareloom-repl-')));
  try {
    await prompt(folder, values.without?.split(',') ?? []);
  } finally {
    if (values.data === undefined) await rm(folder, { recursive: true });
  }
}

/** Runs the system until the developer leaves the prompt. */
async function prompt(folder: string, without: readonly string[]): Promise<void> {
  const { env } = process;
  const now = readConfig({ CLOCK: env['CLOCK'] }).CLOCK ?? new Date();
  process.stdout.write(`Starting Fareloom in ${folder}: a few seconds.\n`);
  const workbench = await openWorkbench({ folder, now, env, without });
  const { graphql, clock, settled, stores } = workbench;
  process.stdout.write(banner(workbench, folder).trimStart());
  const repl = process.stdin.isTTY ? await atTerminal() : fromPipe();
  const order = async (id: string) =>
    (await graphql<{ order: unknown }>(operation('order'), { id }, { as: 'operator' })).data.order;
  Object.assign(repl.context, { graphql, order, clock, settled, stores });
  await once(repl, 'exit');
  await workbench.stop();
}

const PROMPT = 'fareloom> ';

async function atTerminal(): Promise<REPLServer> {
  const repl = start({ prompt: PROMPT });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  repl.setupHistory(HISTORY, (error) => (error ? reject(error) : resolve()));
  await promise;
  return repl;
}

/** Reads lines from a pipe, each once the line before is evaluated: left alone, the REPL does not wait for `await`. */
function fromPipe(): REPLServer {
  const input = new PassThrough();
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const repl = start({ prompt: PROMPT, input, output: process.stdout, terminal: false });
  const show = repl.displayPrompt.bind(repl);
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) input.end();
    else input.write(`${value}\n`);
  };
  repl.displayPrompt = (preserveCursor) => {
    show(preserveCursor);
    void next();
  };
  void next();
  return repl;
}

if (import.meta.main) await runCommand(main);
