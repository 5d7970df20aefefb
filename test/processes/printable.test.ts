// Text from outside on a terminal: control characters are printed as \u001b and the like.
import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { printable, printableLine } from '../../infra/logging/printable.ts';
import { spawned } from '../kit/spawned.ts';

/** Clears the screen, sets the title, in 8 bits too, and reverses the direction of writing. */
const HOSTILE = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e';
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/;

test('control characters and those that change the direction are escaped; letters, line ends and tabs stay', () => {
  assert.equal(printable(`a${HOSTILE}\n\tñ 東`), 'a\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202e\n\tñ 東');
  const tagged = JSON.stringify({ name: 'x\u{e0041}\u0085' });
  assert.deepEqual(JSON.parse(printable(tagged)), JSON.parse(tagged)); // JSON lines keep their meaning
});

test('a supervised program keeps its colours, and no other control sequence', () => {
  assert.equal(printableLine(`\u001b[33mwarn\u001b[39m ${HOSTILE}`), `\u001b[33mwarn\u001b[39m ${printable(HOSTILE)}`);
});

const LOGGING = `
  import { openLog } from './infra/logging/log.ts';
  const hostile = process.argv[1];
  for (const json of [true, false]) {
    const log = openLog({ level: 'info', json });
    log.warn('said ' + hostile, { name: hostile, error: new Error(hostile) });
  }`;

test('no command and no log line prints a control character to a terminal', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'printable-'));
  const manifest = join(dir.path, 'manifest.json');
  await writeFile(manifest, JSON.stringify({ [`id${HOSTILE}`]: `query Q { ${HOSTILE} }` }));
  const fares = join(dir.path, 'fares.csv');
  await writeFile(fares, `carrier,${HOSTILE}\nx,y\n`);
  const urls = { DATABASE_URL: `sqlite:${dir.path}/data`, KAFKA_URL: `sqlite:${dir.path}/data` };
  for (const [program, env] of [
    [['infra/system/commands/documents.ts', 'push', manifest], {}],
    [['infra/system/commands/documents.ts', 'remove', HOSTILE], {}],
    [['infra/system/commands/administer-accounts.ts', 'grant', HOSTILE, 'ADMIN'], {}],
    [['infra/system/commands/dead-letters.ts', 'show', HOSTILE], {}],
    [['infra/system/import/import-fares.ts', fares], {}],
    [['infra/system/commands/show-config.ts'], { LOG_LEVEL: HOSTILE }],
    [['infra/start.ts', HOSTILE], {}],
    [['--input-type=module', '-e', LOGGING, HOSTILE], {}],
  ] as const) {
    const command = spawned('command', ['node', ...program], { ...urls, ...env });
    await command.ended;
    const said = command.lines.join('\n');
    assert.doesNotMatch(said, OBEYED, program[0]);
    assert.match(said, /\\u001b|\\x1B/i, `${program[0]} shows it: ${said}`);
  }
});
