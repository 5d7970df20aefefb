// Importing a file of fares: the rows that are filed, those that are refused, and the output of the command.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { backlog } from '../../infra/database/outbox.ts';
import { money } from '../../schema/terms/money.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { Fare, fareTables } from '../../subgraphs/fare/store/tables.ts';
import { openAmountsInFile } from '../../infra/system/import/amounts-in-file.ts';
import { fileThroughGateway } from '../../infra/system/import/file-through-gateway.ts';
import { FileRefused, type Import, importFares, runImport } from '../../infra/system/import/import-fares.ts';
import { type RefusedRow } from '../../infra/system/import/refusals.ts';
import { failing } from '../kit/failing.ts';
import { aFare, NOON } from '../kit/world.ts';

const HEADER =
  'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note';
const row = (amount: number, note = ''): string =>
  `6E,,BLR,DEL,,2019-03-24T22:20,2019-03-25T01:10,ECONOMY,ADULT,${amount}.00,INR,${note}`;
const rows = (count: number): string[] => Array.from({ length: count }, (_, i) => row(1000 + i));

/** An empty fare subgraph, and a folder for the files to import. */
async function openSubgraph() {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const db = await openDatabase(fareTables, sqlite(':memory:'), openLog({ level: 'off', json: true }));
  const fares = openFares(db);
  const now = () => new Date('2019-03-20T12:00:00Z');
  const refused: Omit<RefusedRow, 'cells'>[] = [];
  const env: Record<string, string> = {};
  let filing: Import['fares'] = fares;
  const file = async (content: string | Buffer): Promise<string> => {
    const path = join(folder, 'fares.csv');
    await writeFile(path, content);
    return path;
  };
  return {
    folder,
    env,
    /** Replaces the store that the command files to. */
    fileThrough: (other: Import['fares']) => (filing = other),
    refused,
    fares,
    now,
    file,
    /** Imports these lines, or this content as it is. */
    async take(content: readonly string[] | string | Buffer, options: Partial<Import> = {}) {
      const path = await file(typeof content === 'string' || Buffer.isBuffer(content) ? content : text(content));
      return importFares(path, {
        fares,
        now,
        onRefused: ({ cells: _, ...refusal }) => refused.push(refusal),
        ...options,
      });
    },
    /** The filed fares by amount, without their random ids. */
    async filed() {
      const found = await db.read().find(Fare, {}, { orderBy: { amount: 'asc', identity: 'asc' } });
      return found.map(({ id: _, ...fare }) => fare);
    },
    /** The number of events that wait to be published. */
    announced: () => backlog(db.read()),
    /** Runs the command; the result is its exit code and its output. */
    async command(...args: string[]) {
      const written = { out: '', err: '' };
      const into = (name: keyof typeof written) =>
        ({ write: (said: string) => Boolean((written[name] += said)) }) as unknown as NodeJS.WritableStream;
      const open = async () => ({ fares: filing, now, async [Symbol.asyncDispose]() {} });
      return { code: await runImport(args, { open, out: into('out'), err: into('err'), env }), ...written };
    },
    async [Symbol.asyncDispose]() {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

const text = (lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n');

test('a fare is filed once: the same row again, in the file or in a second import, changes nothing', async () => {
  await using subgraph = await openSubgraph();
  const lines = [row(1), row(2), row(1)];
  assert.deepEqual(await subgraph.take(lines), { read: 3, imported: 2, updated: 0, duplicates: 1, refused: 0 });
  const filed = await subgraph.filed();
  assert.deepEqual(await subgraph.take(lines), { read: 3, imported: 0, updated: 0, duplicates: 3, refused: 0 });
  assert.deepEqual(await subgraph.filed(), filed);
  assert.deepEqual(
    filed.map(({ amount }) => amount),
    [100, 200],
  );
});

test('a bad row is refused with its line number, and the rows around it are filed', async () => {
  await using subgraph = await openSubgraph();
  const report = await subgraph.take([row(1), '', row(2).replace('DEL', 'QQQ'), row(3)]);
  assert.deepEqual(report, { read: 3, imported: 2, updated: 0, duplicates: 0, refused: 1 });
  assert.deepEqual(subgraph.refused, [
    {
      row: 4,
      column: 'destination',
      value: 'QQQ',
      advice: 'no airport has this code; give an IATA code in capitals, as DEL',
    },
  ]);
});

const OPEN = 'a quote on it is not closed: no cell may contain a line end; write each row on one line';
const QUOTES = 'its quotes are broken; quote a whole cell on one line, and write a quote inside it twice';
const damaged: [what: string, line: string, advice: string][] = [
  ['a quote that never closes', row(2, '"no meal'), OPEN],
  ['a quote that closes too early', row(2, '"no" meal'), QUOTES],
  ['a quote in the middle', row(2, 'no "meal"'), QUOTES],
  ['too few cells', 'AI,DEL,BLR', 'it has 3 columns and the header 12; give as many'],
  ['too many cells', row(2, 'no meal,'), 'it has 13 columns and the header 12; give as many'],
];

for (const [what, line, advice] of damaged) {
  test(`a row with ${what} affects no other row`, async () => {
    await using subgraph = await openSubgraph();
    const report = await subgraph.take([row(1), line, row(3, '"a ""good"" meal, hot"')]);
    assert.deepEqual(report, { read: 3, imported: 2, updated: 0, duplicates: 0, refused: 1 });
    assert.deepEqual(subgraph.refused, [{ row: 3, column: null, value: line, advice }]);
    assert.equal((await subgraph.filed())[1]!.note, 'a "good" meal, hot');
  });
}

test('a row that is not UTF-8 affects no other row', async () => {
  await using subgraph = await openSubgraph();
  const content = Buffer.from(text([row(1, 'Zürich'), row(2, 'Z\xfcrich'), row(3)]), 'latin1');
  const mixed = Buffer.concat([Buffer.from(text([row(1, 'Zürich')])), content.subarray(content.indexOf(row(2)))]);
  assert.deepEqual(await subgraph.take(mixed), { read: 3, imported: 2, updated: 0, duplicates: 0, refused: 1 });
  const value = row(2, 'Z\ufffdrich');
  assert.deepEqual(subgraph.refused, [
    { row: 3, column: null, value, advice: 'it is not UTF-8; save the file as UTF-8' },
  ]);
  assert.equal((await subgraph.filed())[0]!.note, 'Zürich');
});

test('a line that never ends is refused without being held in memory', async () => {
  await using subgraph = await openSubgraph();
  const report = await subgraph.take([row(1), 'x'.repeat(3_000_000), row(3)]);
  assert.deepEqual(report, { read: 3, imported: 2, updated: 0, duplicates: 0, refused: 1 });
  assert.equal(subgraph.refused[0]!.row, 3);
  assert.equal(subgraph.refused[0]!.advice, 'it is longer than any row of fares; look for a missing line end');
  assert.ok(subgraph.refused[0]!.value.length <= 65_536);
});

test('a BOM, Windows line ends and a missing last line end are accepted', async () => {
  await using subgraph = await openSubgraph();
  const content = `\ufeff${HEADER}\r\n${row(1, 'no meal')}\r\n${row(2)}`;
  assert.deepEqual(await subgraph.take(content), { read: 2, imported: 2, updated: 0, duplicates: 0, refused: 0 });
  assert.equal((await subgraph.filed())[0]!.note, 'no meal');
});

test('columns may be in any order, and a fare with a fare basis takes a new amount', async () => {
  await using subgraph = await openSubgraph();
  const priced = (amount: string): string => `fareBasis,${HEADER}\nYFLEX,${row(1).replace('1.00', amount)}\n`;
  assert.equal((await subgraph.take(priced('10.00'))).imported, 1);
  assert.deepEqual(await subgraph.take(priced('12.00')), {
    read: 1,
    imported: 0,
    updated: 1,
    duplicates: 0,
    refused: 0,
  });
  assert.deepEqual(
    (await subgraph.filed()).map(({ amount }) => amount),
    [1200],
  );
});

test('a strict import files all rows or none', async () => {
  await using subgraph = await openSubgraph();
  const lines = [...rows(2500), row(1).replace('INR', 'RUP')];
  const report = await subgraph.take(lines, { strict: true });
  assert.deepEqual(report, { read: 2501, imported: 0, updated: 0, duplicates: 0, refused: 1 });
  assert.equal((await subgraph.filed()).length, 0);
  assert.equal((await subgraph.take(lines.slice(0, -1), { strict: true })).imported, 2500);
  assert.equal(subgraph.refused.length, 1);
});

test('an import shifted by weeks moves every date and keeps every weekday', async () => {
  await using subgraph = await openSubgraph();
  await subgraph.take([row(1)], { shiftWeeks: 364 });
  await subgraph.take([row(2)], { shiftWeeks: -1 });
  assert.deepEqual(
    (await subgraph.filed()).map(({ firstDate, departs }) => `${firstDate} ${departs}`),
    ['2026-03-15 22:20', '2019-03-17 22:20'],
  );
});

test('an offset chooses between two equal times, and a row that needs one is refused with both', async () => {
  await using subgraph = await openSubgraph();
  const night = (departs: string, arrives: string, amount: number) =>
    `6E,12,JFK,BOS,,2019-11-03T${departs},2019-11-03T${arrives},ECONOMY,ADULT,${amount}.00,USD,`;
  const lines = [
    night('01:30', '02:40', 1),
    night('01:30-05:00', '02:40', 2),
    night('01:30', '01:20-05:00', 3),
    night('01:30', '01:20', 4),
    night('01:30-06:00', '02:40', 5),
  ];
  assert.deepEqual(await subgraph.take(lines), { read: 5, imported: 3, updated: 0, duplicates: 0, refused: 2 });
  assert.deepEqual(
    (await subgraph.filed()).map(({ departs, arrives }) => `${departs} ${arrives}`),
    ['01:30 02:40', '01:30-05:00 02:40', '01:30 01:20-05:00'],
  );
  const twice = (time: string) =>
    `clocks there show 2019-11-03T${time} twice when they go back: give 2019-11-03T${time}-04:00 for the first or 2019-11-03T${time}-05:00 for the second`;
  assert.deepEqual(
    subgraph.refused.map(({ row, column, advice }) => [row, column, advice]),
    [
      [5, 'arrivesLocal', `it is not after the departure 2019-11-03T01:30 at JFK; ${twice('01:20')}`],
      [6, 'departsLocal', `its offset is another; ${twice('01:30')}`],
    ],
  );
  assert.equal((await subgraph.take(lines)).duplicates, 3);
});

test('an interrupted import is completed by running it again', async () => {
  await using cut = await openSubgraph();
  await using whole = await openSubgraph();
  let batches = 0;
  const fares = failing(cut.fares, 'file', () => ++batches === 3);
  await assert.rejects(cut.take(rows(3500), { fares }));
  assert.equal((await cut.filed()).length, 2000);
  assert.deepEqual(await cut.take(rows(3500)), {
    read: 3500,
    imported: 1500,
    updated: 0,
    duplicates: 2000,
    refused: 0,
  });
  await whole.take(rows(3500));
  assert.deepEqual(await cut.filed(), await whole.filed());
});

test('progress grows to the whole file', async () => {
  await using subgraph = await openSubgraph();
  const seen: number[] = [];
  let size = 0;
  await subgraph.take(rows(3000), { onProgress: (progress) => (seen.push(progress.bytes), (size = progress.size)) });
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen.at(-1), size);
  assert.ok(seen.length > 3);
});

test('a file that is no fare file is refused with a sentence', async () => {
  await using subgraph = await openSubgraph();
  await assert.rejects(subgraph.take(''), new FileRefused(`${subgraph.folder}/fares.csv is empty`));
  await assert.rejects(subgraph.take('\n\n'), new FileRefused(`${subgraph.folder}/fares.csv is empty`));
  await assert.rejects(
    subgraph.take(HEADER.replace(',note', '')),
    /is not a file of fares: the header has no "note"; give/,
  );
  await assert.rejects(subgraph.take(Buffer.from(HEADER, 'utf16le')), /is not a file of fares/);
  await assert.rejects(subgraph.take(Buffer.from([0xff, 0xfe, 0x63])), /its header is damaged: it is not UTF-8/);
});

test('the command reports in lines, and exits with 0 when every row was filed', async () => {
  await using subgraph = await openSubgraph();
  const { code, out, err } = await subgraph.command(await subgraph.file(text([row(1), row(1)])));
  assert.match(out, /^read {8}2\nimported {4}1\nduplicates {2}1\nrefused {5}0\nseconds {5}\d+\.\d\n$/);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
});

test('the command shows the first refusals of a cause, counts all of them, and exits with 1', async () => {
  await using subgraph = await openSubgraph();
  const { code, out, err } = await subgraph.command(
    await subgraph.file(text(rows(103).map((line) => line.replace('6E', 'IndiGo')))),
  );
  const lines = err.trimEnd().split('\n');
  const first = `row 2, carrier: "IndiGo": give an airline's two-character code in capitals and digits, as 6E`;
  assert.equal(lines[0], first);
  assert.deepEqual(lines.slice(10), [
    'refused, by cause, each with its first row:',
    `      103  ${first}`,
    'to write every refused row to a file, use: --refused FILE.csv',
  ]);
  assert.match(out, /^refused {5}103$/m);
  assert.equal(code, 1);
});

test('the command applies its options', async () => {
  await using subgraph = await openSubgraph();
  const path = await subgraph.file(text([row(1), 'x']));
  const strict = await subgraph.command('--strict', path);
  assert.match(strict.err, /nothing was imported: with --strict it is all rows or none\n$/);
  assert.equal((await subgraph.filed()).length, 0);
  await subgraph.command(path, '--shift-weeks', '-2');
  await subgraph.command(path, '--shift-weeks=2');
  assert.deepEqual((await subgraph.filed()).map(({ firstDate }) => firstDate).sort(), ['2019-03-10', '2019-04-07']);
});

test('an impossible command exits with 1 and explains itself, with its usage', async () => {
  await using subgraph = await openSubgraph();
  const path = await subgraph.file(text([row(1)]));
  const empty = join(subgraph.folder, 'empty.csv');
  await writeFile(empty, '');
  const link = join(subgraph.folder, 'link.csv');
  await symlink(path, link);
  const cases: [args: string[], sentence: RegExp][] = [
    [[], /^no files were given; give one\n/],
    [[path, path], /^2 files were given; give one\n/],
    [['nowhere.csv'], /^there is no file nowhere\.csv\n/],
    [[subgraph.folder], /is not a file\n/],
    [[empty], /empty\.csv is empty\n/],
    [[path, '--strikt'], /^Unknown option '--strikt'/],
    [[path, '--shift-weeks', 'two'], /^--shift-weeks cannot be two; give a whole number from -5000 to 5000\n/],
    [[path, '--shift-weeks', '1.5'], /^--shift-weeks cannot be 1\.5;/],
    [[path, '--shift-weeks', '9999'], /^--shift-weeks cannot be 9999;/],
    [[path, '--refused', link], /^--refused cannot be .*link\.csv: it is the file to import, and would be emptied\n/],
  ];
  for (const [args, sentence] of cases) {
    const { code, out, err } = await subgraph.command(...args);
    assert.match(err, sentence);
    assert.match(
      err,
      /\nUsage: npm run import -- FILE\.csv \[--shift-weeks N\] \[--loose-amounts\] \[--refused FILE\.csv\] \[--strict \| --to URL \[--token TOKEN \| --token-file FILE\]\]\n$/,
    );
    assert.deepEqual({ code, out }, { code: 1, out: '' });
  }
  assert.equal((await subgraph.filed()).length, 0);
});

test('a second amount for a fare far later in the file is refused, and importing the file again changes nothing', async () => {
  await using subgraph = await openSubgraph();
  const named = (amount: number, basis = 'YFLEX', note = ''): string => `${row(amount, note)},${basis}`;
  const others = rows(2500).map((line) => `${line},`);
  const content = [
    `${HEADER},fareBasis`,
    named(10),
    ...others,
    named(12),
    named(10, 'YFLEX', 'no meal'),
    named(12, 'Q'),
  ];
  const file = [...content, named(10), ''].join('\n');
  const first = await subgraph.take(file);
  assert.deepEqual(first, { read: 2505, imported: 2502, updated: 0, duplicates: 1, refused: 2 });
  const advice = (how: string) =>
    `row 2 has the same fare ${how}; leave one of them out, or give them different fare bases`;
  assert.deepEqual(subgraph.refused, [
    { row: 2503, column: 'fareBasis', value: 'YFLEX', advice: advice('at 10.00 INR') },
    { row: 2504, column: 'fareBasis', value: 'YFLEX', advice: advice('with another note') },
  ]);
  const announced = await subgraph.announced();
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(await subgraph.take(file), { ...first, imported: 0, duplicates: 2503 });
  }
  assert.equal(await subgraph.announced(), announced);
});

test('repeats are found among a hundred thousand fares of one file', async () => {
  const amounts = openAmountsInFile();
  const fare = (i: number) => aFare({ fareBasis: `B${i}`, amount: i * 1e7 });
  for (let i = 0; i < 100_000; i++) assert.equal(amounts.faultIn(i + 2, fare(i)), undefined);
  for (let i = 0; i < 100_000; i += 999) {
    assert.equal(amounts.faultIn(100_002 + i, fare(i)), undefined);
    const { amount, currency } = money(i * 1e7, 'INR');
    const fault = amounts.faultIn(100_002 + i, { ...fare(i), amount: i * 1e7 + 1 });
    assert.ok(fault!.advice.startsWith(`row ${i + 2} has the same fare at ${amount} ${currency};`), fault!.advice);
  }
});

test('the command says that filed rows stay only once rows were filed', async () => {
  await using subgraph = await openSubgraph();
  const path = await subgraph.file(text(rows(2500)));
  let batches = 0;
  subgraph.fileThrough(failing(subgraph.fares, 'file', () => ++batches === 2));
  const late = await subgraph.command(path);
  assert.match(
    late.err,
    /^file failed, as the test wants it\nThe import stopped\. The rows filed so far stay: run it again\.\n$/,
  );
  subgraph.fileThrough(failing(subgraph.fares, 'file', () => true));
  const early = await subgraph.command(path);
  assert.equal(early.err, 'file failed, as the test wants it\n');
  assert.deepEqual([late.code, early.code], [1, 1]);
});

test('a relative path starts where npm was called, not where npm runs the command', async () => {
  await using subgraph = await openSubgraph();
  await subgraph.file(text([row(1)]));
  subgraph.env['INIT_CWD'] = subgraph.folder;
  assert.equal((await subgraph.command('fares.csv')).code, 0);
  assert.equal(
    (await subgraph.command('./other.csv')).err.split('\n')[0],
    `there is no file ${subgraph.folder}/other.csv`,
  );
});

test('a file with only a header is reported as empty, and one with semicolons is refused with advice', async () => {
  await using subgraph = await openSubgraph();
  const path = await subgraph.file(`${HEADER}\n`);
  const { code, out, err } = await subgraph.command(path);
  assert.deepEqual([code, err], [0, `${path} has a header and no rows\n`]);
  assert.match(out, /^read {8}0\n/);
  await subgraph.file(`${HEADER.replaceAll(',', ';')}\n`);
  const semicolons = await subgraph.command(path);
  assert.match(semicolons.err, /has semicolons between its columns; separate them by commas\nUsage: /);
  assert.equal(semicolons.code, 1);
});

test('the command shows its usage on request, and names a row refused as a whole by its number', async () => {
  await using subgraph = await openSubgraph();
  for (const ask of ['--help', '-h']) {
    const { code, out, err } = await subgraph.command(ask);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Usage: npm run import -- FILE\.csv /);
  }
  const { err } = await subgraph.command(await subgraph.file(text(['AI,DEL'])));
  assert.equal(
    err,
    'row 2: "AI,DEL": it has 2 columns and the header 12; give as many\n' +
      'to write every refused row to a file, use: --refused FILE.csv\n',
  );
});

const REAL = process.env['FARES_CSV'] ?? join(import.meta.dirname, '../../../shared/data/fares-india-2019.csv');

test(
  'the fares of India are imported completely, and only repeated lines are duplicates',
  { skip: !existsSync(REAL) && 'the real file is missing; FARES_CSV can name it' },
  async () => {
    await using subgraph = await openSubgraph();
    const [, ...lines] = (await readFile(REAL, 'utf8')).trimEnd().split('\n');
    const distinct = new Set(lines).size;
    const report = await importFares(REAL, subgraph);
    assert.deepEqual(report, {
      read: 10_683,
      imported: distinct,
      updated: 0,
      duplicates: lines.length - distinct,
      refused: 0,
    });
  },
);

test('rows that a running system accepted stay when it refuses later ones, and the error says so', async () => {
  const system = createServer((request, response) => {
    request.resume().on('end', () => {
      const filed = { imported: 500, updated: 0, duplicates: 0 };
      const answer = asked++ ? { errors: [{ message: 'it refuses' }] } : { data: { fileFares: filed } };
      response.end(JSON.stringify(answer));
    });
  });
  let asked = 0;
  await new Promise<void>((resolve) => system.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(system.address() as AddressInfo).port}/graphql`);
  const filings = Array.from({ length: 501 }, (_, i) => aFare({ amount: 100 + i }));
  const { file } = fileThroughGateway({ url, token: 'token' });
  await assert.rejects(file(filings, new Date(NOON)), { partly: true });
  await assert.rejects(file(filings, new Date(NOON)), { partly: false });
  system.close();
});

const UNIQUE = row(7).split(',').slice(0, 9).join(',');

for (const [what, content] of [
  ['a line sep=, before the header, as Excel writes it', `sep=,\n${text([row(1)])}`],
  ['commas at the end of the header and of the rows', `${HEADER},,\n${row(1)},,\n${row(2)}\n`],
  ['CR alone at the end of its lines', text([row(1), row(2)]).replaceAll('\n', '\r')],
  ['a header in capitals and with blanks', text([row(1)]).replace(HEADER, HEADER.toUpperCase().replaceAll(',', ' ,'))],
] as const) {
  test(`a file with ${what} is imported`, async () => {
    await using subgraph = await openSubgraph();
    const { read, imported, refused } = await subgraph.take(content);
    assert.deepEqual([imported, refused], [read, 0]);
    assert.ok(read > 0);
  });
}

test('a cell with a line break is reported on both of its lines, and the rows around it are filed', async () => {
  await using subgraph = await openSubgraph();
  const report = await subgraph.take([row(1), row(2, '"no\nmeal"'), row(3)]);
  assert.deepEqual([report.imported, report.refused], [2, 2]);
  assert.deepEqual(
    subgraph.refused.map(({ row, advice }) => [row, advice]),
    [
      [3, OPEN],
      [4, OPEN],
    ],
  );
});

test('refusals are grouped by cause, so that many of one kind hide no other, and all are written to a file', async () => {
  await using subgraph = await openSubgraph();
  const wrong = [
    ...Array.from({ length: 150 }, (_, i) => row(1000 + i).replace('DEL', 'QQQ')),
    row(1).replace('ECONOMY', 'COACH'),
    `${UNIQUE},26300.90877,INR,"a ""good"" meal"`,
    'AI,DEL',
  ];
  const path = await subgraph.file(text([row(1), ...wrong]));
  const refused = join(subgraph.folder, 'refused.csv');
  const { code, err } = await subgraph.command(path, '--refused', refused);
  assert.equal(code, 1);
  const lines = err.trimEnd().split('\n');
  assert.equal(lines.filter((line) => line.startsWith('row ')).length, 10 + 3);
  assert.deepEqual(lines.slice(13, 15), [
    'refused, by cause, each with its first row:',
    '      150  row 3, destination: "QQQ": no airport has this code; give an IATA code in capitals, as DEL',
  ]);
  assert.deepEqual(
    lines.slice(15).map((line) => line.slice(0, 22)),
    ['        1  row 153, ca', '        1  row 154, am', '        1  row 155: "A'],
  );
  const kept = (await readFile(refused, 'utf8')).trimEnd().split('\n');
  assert.equal(kept.length, 1 + 153);
  assert.match(kept[152]!, /^154,amount,"INR has 2 decimals; .*",6E,.*,26300\.90877,INR,"a ""good"" meal"$/);
});

test('an amount in spreadsheet format is refused with the option that reads it, and is read with that option', async () => {
  await using subgraph = await openSubgraph();
  const lines = [`${UNIQUE},£66.99,GBP,`, `${UNIQUE},26300.90877,INR,`, `${UNIQUE},$5,INR,`];
  assert.equal((await subgraph.take(lines)).refused, 3);
  const says = (n: number) => /; --loose-amounts reads it as (\S+)$/.exec(subgraph.refused[n]!.advice)?.[1];
  assert.deepEqual([says(0), says(1), says(2)], ['66.99', '26300.91', undefined]);
  assert.equal((await subgraph.command(await subgraph.file(text(lines)), '--loose-amounts')).code, 1);
  assert.deepEqual(
    (await subgraph.filed()).map(({ amount, currency }) => [amount, currency]),
    [
      [6699, 'GBP'],
      [2_630_091, 'INR'],
    ],
  );
});
