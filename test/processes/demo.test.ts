// npm run demo: from sign-up to e-ticket as a process, on its own system or on a running one; an error sentence where
// it cannot.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openListening } from '../kit/paying.ts';
import { runToEnd, spawned } from '../kit/spawned.ts';
import { aFare, on } from '../kit/world.ts';

/** The place of a ticket's file in the demo's output. */
const kept = (said: string, what: string): string => new RegExp(`^ {2}${what} +(.+)$`, 'm').exec(said)![1]!;

test('on its own system it goes from sign-up to a stored ticket, and prints what each service did', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'demo-'));
  const said = await runToEnd('demo', ['node', 'infra/system/demo/demo.ts'], { TMPDIR: dir.path });
  const [, number] = /^Ticket (\d{3}-\d{10})$/m.exec(said)!;
  assert.match(said, /^Order [0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3} is TICKETED\.$/m);
  assert.match(
    said,
    /stock +announces that it holds the seats[^]*payment provider +charges it[^]*ticket issuer +assigns a ticket number/,
  );
  assert.match(await readFile(kept(said, 'PDF'), 'latin1'), /^%PDF-/);
  assert.ok((await readFile(kept(said, 'page'), 'utf8')).includes(number!));
  assert.ok((await readFile(kept(said, 'mail'), 'utf8')).includes(`e-ticket ${number}.pdf`));
});

test('on a running system it does the same, by the timeline of the order', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'demo-'));
  const now = new Date();
  await using world = await openListening({ now: now.toISOString() });
  const demo = () =>
    spawned('demo', ['node', 'infra/system/demo/demo.ts', '--url', world.PUBLIC_URL], { TMPDIR: dir.path });
  const inVain = demo();
  assert.equal(await inVain.ended, 1);
  assert.match(inVain.lines.at(-1)!, /^Nothing flies from DEL to BLR .* it has no demo data\.$/);

  const day = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  await world.file([aFare(on(day))]);
  const played = demo();
  assert.equal(await played.ended, 0, played.lines.join('\n'));
  assert.match(played.lines.join('\n'), /order +records that every traveller has a ticket \(TICKETED, by issue-tickets: it is TICKETED\)/); // prettier-ignore
  assert.equal((await world.issued()).length, 1);
});

test('without a running system it says so', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'demo-'));
  const demo = spawned('demo', ['node', 'infra/system/demo/demo.ts', '--url', 'http://127.0.0.1:9'], {
    TMPDIR: dir.path,
  });
  assert.equal(await demo.ended, 1);
  assert.deepEqual(demo.lines, [
    'No server answers at http://127.0.0.1:9/graphql: start a system there, or leave --url out.',
  ]);
});
