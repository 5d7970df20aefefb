// The whole system in one process, started again after each change: npm run dev [-- --breaking] [--no-types]
//
// fs.watch, and not node --watch, which stops the running system before it knows whether the new source can be read, and
// follows imports only: it does not see a changed schema.graphql, and cannot compose before the start.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { API_FILE, root } from '../../../schema/composition/checkout.ts';
import { logFormatOf } from '../config/derived.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { printableLine } from '../../logging/printable.ts';
import { runCommand } from '../../process/command.ts';
import { describeAdapters } from '../commands/describe-adapters.ts';
import { COMPILED, type Program, startProgram, type StartedProgram } from '../../process/lifecycle/supervisor.ts';
import { changesComposition, isSource, SOURCE_FOLDERS, syntaxFaults } from './changes.ts';
import { watchTypes } from './watch-types.ts';
import { watchFolders } from './watch-source.ts';

const script = (file: string) => join(root, 'infra', file);
const SYSTEM: Program = {
  name: 'fareloom',
  args: ['--disable-warning=TimeoutNegativeWarning', script('start.ts')],
};

const say = (line: string) => void process.stdout.write(`dev: ${printableLine(line)}\n`);

/** Writes the committed schema for clients to `file`: a field that was never committed may change again. */
function writeCommitted(file: string): string[] {
  try {
    const committed = execFileSync('git', ['show', `HEAD:${API_FILE}`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    writeFileSync(file, committed);
    return ['--against', file];
  } catch {
    return []; // without git, the schema on disk is compared
  }
}

/** Composes and starts the system, at first and after each change. */
function openRunning(composeArgs: () => string[]) {
  let running: StartedProgram | undefined;
  let mustCompose = true;
  const unread = new Set<string>(); // changed files that could not be read at the last look

  /** False, with the faults printed, if a file cannot be read or the schemas do not compose. */
  async function isStartable(): Promise<boolean> {
    const faults = [...unread].flatMap((file) => syntaxFaults(file, root));
    for (const fault of faults) say(fault);
    if (faults.length) return false;
    unread.clear();
    if (!mustCompose) return true;
    const composed = await startProgram({ name: 'compose', args: [script('system/commands/compose.ts'), ...composeArgs()] }).ended; // prettier-ignore
    mustCompose = composed !== 'code 0';
    return !mustCompose;
  }

  async function stop(): Promise<void> {
    const last = running;
    running = undefined;
    await last?.stop();
  }

  return {
    stop,
    async take(files: ReadonlySet<string>): Promise<void> {
      for (const file of files) unread.add(file);
      mustCompose ||= [...files].some(changesComposition);
      if (!(await isStartable())) {
        say(running ? 'the system keeps running as it was; save again' : 'the system starts at the next save');
        return;
      }
      if (files.size) say(`${[...files].join(', ')} changed: the system restarts`);
      await stop();
      const started = startProgram(SYSTEM);
      running = started;
      void started.ended.then((how) => {
        if (running !== started) return; // a signal asked it to stop
        running = undefined;
        say(`the system ended with ${how}, and starts at the next save`);
      });
    },
  };
}

async function main(): Promise<void> {
  const boolean = { type: 'boolean' } as const;
  const options = { breaking: { ...boolean, default: false }, types: { ...boolean, default: true } };
  const { breaking, types } = parseArgs({ options, allowNegative: true }).values;
  const { env } = process;
  env['NODE_COMPILE_CACHE'] ??= COMPILED;
  const config = readConfig(env);
  const log = openLog({ level: config.LOG_LEVEL, json: logFormatOf(config) === 'json' });
  describeAdapters(config).forEach(({ service, line }) => log.info(line, { service }));

  const folder = await mkdtemp(join(tmpdir(), 'fareloom-dev-'));
  const running = openRunning(() => (breaking ? ['--breaking'] : writeCommitted(join(folder, 'api.graphql'))));
  let turn = Promise.resolve();
  const take = (files: ReadonlySet<string>) => {
    turn = turn.then(() => running.take(files)).catch((error: unknown) => say(String(error)));
  };
  const unwatch = watchFolders(root, SOURCE_FOLDERS, (files) => {
    const source = new Set([...files].filter(isSource));
    if (source.size) take(source);
  });
  const stopTypes = types ? watchTypes(root, say) : async () => undefined;
  take(new Set());

  const { promise: asked, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  await asked;
  unwatch();
  await Promise.all([turn.then(running.stop), stopTypes(), rm(folder, { recursive: true })]);
}

if (import.meta.main) await runCommand(main);
