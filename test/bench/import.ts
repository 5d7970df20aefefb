// npm run bench -- import [ROWS [named]]: imports a file of ROWS fares (a million by default) with npm run import, each
// with its own fare basis if `named`, and prints time and peak memory.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { addDays } from '../../schema/values/days.ts';

const HEADER =
  'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note';
const named = process.argv[3] === 'named';
const airports = ['DEL', 'BLR', 'BOM', 'CCU', 'COK', 'HYD', 'MAA', 'GOI', 'PNQ', 'AMD', 'JAI', 'LKO'];
const PEAK = `if (process.argv[1]?.endsWith('import-fares.ts')) process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + ' KiB\\n'))`;

/** Distinct rows: the routes of twelve airports in turn, each day of a year, with changing amounts. */
function row(i: number): string {
  const from = airports[i % 12]!;
  const to = airports[(i + 1 + (Math.floor(i / 12) % 11)) % 12]!;
  const date = addDays('2026-01-01', Math.floor(i / 132) % 365);
  const hour = String(5 + (i % 17)).padStart(2, '0');
  const amount = `${2000 + (Math.floor(i / 48_180) % 900)}.${String(i % 100).padStart(2, '0')}`;
  return `6E,${1000 + (i % 900)},${from},${to},,${date}T${hour}:05,${date}T${hour}:55,ECONOMY,ADULT,${amount},INR,${named ? `,B${i}` : ''}\n`;
}

async function writeRows(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADER}${named ? ',fareBasis' : ''}\n`);
  for (let i = 0; i < rows; i++) if (!out.write(row(i))) await once(out, 'drain');
  out.end();
  await finished(out);
}

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'import-bench-'));
try {
  const file = join(folder, 'fares.csv');
  await writeRows(file, rows);
  const child = spawn('npm', ['run', '--silent', 'import', '--', file], {
    env: {
      ...process.env,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(PEAK)}`,
      DATABASE_URL: `sqlite:${folder}/data`,
      KAFKA_URL: `sqlite:${folder}/data`,
    },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number];
  process.exitCode = code;
} finally {
  await rm(folder, { recursive: true });
}
