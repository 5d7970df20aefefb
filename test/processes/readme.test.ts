// The READMEs' examples work when pasted.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { isExecutableDefinitionNode, parse, validate } from 'graphql';
import { openDemoAccounts } from '../../infra/system/demo/demo-accounts.ts';
import { root } from '../kit/compose-file.ts';
import { openListening } from '../kit/paying.ts';
import { caughtUp } from '../kit/ticketing.ts';
import { aFare, on } from '../kit/world.ts';

const readmes = [
  'README.md',
  'gateway/README.md',
  'infra/README.md',
  'infra/deploy/observe/README.md',
  'schema/README.md',
  'subgraphs/README.md',
  'test/README.md',
  'workers/README.md',
].map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** The code blocks of a language, with their places. */
const blocksOf = (language: string) =>
  readmes.flatMap(({ file, text }) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(({ 1: block, index }) => ({
      block: block!,
      from: `${file}, ${/.*^##+ (.*?)$/ms.exec(text.slice(0, index))?.[1]?.split('\n').at(-1)}`,
    })),
  );

test('every operation in them is valid in the schema', () => {
  const schema = Supergraph.build(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))
    .apiSchema()
    .toGraphQLJSSchema();
  const all = blocksOf('graphql').filter(({ block }) => parse(block).definitions.every(isExecutableDefinitionNode));
  assert.ok(all.length >= 5);
  for (const { block, from } of all) assert.deepEqual(validate(schema, parse(block)), [], `${from}: ${block}`);
});

/** Every shell block, with the name of its section. */
const shellBlocks = blocksOf('sh');

/** The shells of readers, started like theirs: interactive, where zsh accepts no comments. */
const shells = Object.entries({
  bash: ['--norc', '-i'],
  zsh: ['-f', '-i', '-s'],
  fish: ['--no-config', '-i', '-c'], // it cannot read from a socket, which Node gives it as standard input
}).map(([name, args]) => {
  const isHere = spawnSync(name, ['--version']).status === 0;
  return { name, args, skip: !isHere && `${name} is missing here: its package is ${name}` };
});

/** Pastes a block into a shell, and returns its output; rejects if its last program fails. */
function pasted(shell: { name: string; args: readonly string[] }, block: string, env: Record<string, string>) {
  const takesArgument = shell.args.at(-1) === '-c';
  const running = promisify(execFile)(shell.name, takesArgument ? [...shell.args, block] : shell.args, {
    cwd: root,
    env: { HOME: '/nonexistent', PATH: process.env['PATH'], TERM: 'dumb', ...env },
    timeout: 90_000,
  });
  running.child.stdin!.end(takesArgument ? '' : block);
  return running;
}

const isJourney = ({ block }: { block: string }) => block.startsWith('node --input-type=module');

test('the shell blocks are found, and none uses a comment, a placeholder in brackets or a loop of the shell', () => {
  assert.ok(shellBlocks.length >= 8 && shellBlocks.filter(isJourney).length === 3);
  for (const { block, from } of shellBlocks) {
    assert.doesNotMatch(block, /(^|\s)#/m, from);
    if (!isJourney({ block })) assert.doesNotMatch(block, /\[|\b(for|while|until|function)\b|\.\.\./, from);
  }
});

for (const shell of shells) {
  test(`${shell.name} gives the programs of every block the same words as bash`, { skip: shell.skip }, async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'stubs-'));
    for (const name of ['npm', 'npx', 'docker', 'curl', 'node']) {
      await writeFile(join(dir.path, name), `#!/bin/sh\nprintf '%s\\n' ${name} "$@" "$OTEL_EXPORTER_OTLP_ENDPOINT"\n`, {
        mode: 0o755,
      });
    }
    const env = { PATH: `${dir.path}:${process.env['PATH']}`, TOKEN: 'a token' };
    for (const { block, from } of shellBlocks) {
      const { stdout } = await pasted(shell, block, env);
      const words = await pasted(shells[0]!, block, env);
      assert.equal(stdout, words.stdout, from);
      if (!block.startsWith('export')) assert.ok(stdout.length > 10, from);
    }
  });
}

/** A system with flights from DEL to BLR in thirty days and the demo's accounts, and a way to paste blocks beside it. */
async function openBeside({ flies }: { flies: boolean }) {
  const now = new Date();
  const world = await openListening({ now: now.toISOString() });
  const day = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  if (flies) await world.file([aFare(on(day))]);
  await caughtUp(world, 'open-departures');
  const config = { ...world.config, DEMO_DATA: 'on' as const };
  await openDemoAccounts({ stores: world.stores, wiring: { ...world.wiring, config } });
  const { DATABASE_URL, KAFKA_URL } = config;
  const env = { DATABASE_URL, KAFKA_URL, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };
  return {
    paste: (shell: (typeof shells)[number], section: string) => {
      const { block } = shellBlocks.find((one) => isJourney(one) && one.from.endsWith(section))!;
      return pasted(shell, block.replace('localhost:4000', new URL(world.PUBLIC_URL).host), env);
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

for (const shell of shells) {
  test(
    `pasted into ${shell.name}, the journeys lead to an account, a ticket and a fare`,
    { skip: shell.skip },
    async () => {
      await using beside = await openBeside({ flies: true });
      assert.match((await beside.paste(shell, 'Accounts and roles')).stdout, /"sessions":\[\{"isThisOne":true\}\]/);
      assert.match(
        (await beside.paste(shell, 'Order a flight')).stdout,
        /"status": "TICKETED"[^]*"number": "312-\d{10}"/,
      );
      assert.match((await beside.paste(shell, 'Manage fares')).stdout, /"amount":"99\.00","currency":"INR"/);
    },
  );
}

test('a journey with a refused step ends with the refusal, and does not loop for ever', async () => {
  await using beside = await openBeside({ flies: false });
  const failed = beside.paste(shells[0]!, 'Order a flight').then(
    () => assert.fail('there are no flights, but the journey succeeded'),
    (error: unknown) => error as { code: number; stderr: string },
  );
  const { code, stderr } = await failed;
  assert.equal(code, 1);
  assert.match(stderr, /Nothing flies from DEL to BLR on /);
});
