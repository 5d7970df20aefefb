// Plays a journey in the terminal, from sign-up to e-ticket: npm run demo [-- --url http://localhost:4000]
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Event, parseEvent } from '../../../schema/events.ts';
import { announced, byIssuer, byProvider, chronicle, type Deed, deedsOf } from './demo-deeds.ts';
import { type DemoJourney, playDemo } from './demo-journey.ts';
import { startSystem } from '../run/together.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { listen } from '../../http/listen.ts';
import { openLog } from '../../logging/log.ts';
import { printingTo } from '../../logging/printable.ts';
import type { IssuerLogEntry } from '../../partners/ticket-issuer/log.ts';
import { embeddedIn } from '../embedded.ts';
import { freePorts } from '../private-servers/server.ts';
import { openWiring } from '../wiring.ts';

const folderForDocuments = () => mkdtemp(join(tmpdir(), 'fareloom-demo-'));

const say = (line: string) => printingTo(process.stdout).write(`${line}\n`);

/** Plays the journey on a private system in this process, where the demo can also subscribe to the events. */
async function embedded(): Promise<void> {
  const folder = await folderForDocuments();
  const [PORT] = await freePorts(1);
  const config = readConfig({
    ...embeddedIn(folder),
    PORT: String(PORT),
  });
  say(`Starting Fareloom in this process, with demo data in ${folder}: a few seconds.`);
  const wiring = openWiring(config, openLog({ level: 'warn', json: false, to: 'stderr' }));
  const { gateway, stop } = await startSystem(wiring);
  const events: Event[] = [];
  const topics = ['orders', 'holds', 'payments'];
  const leave = await wiring.bus.subscribe({ group: 'demo', topics, max: 100, linger: 0 }, async (batch) => {
    events.push(...batch.map(({ value }) => parseEvent(value!)));
  });
  try {
    await listen(gateway, { host: 'localhost', port: PORT! });
    const journey = await playDemo(wiring.publicUrl, wiring.now(), say);
    const provider = (await wiring.demos['payment-provider']()).log().map(byProvider);
    tell([...deedsOf(journey.order), ...events.map(announced), ...provider, ...issued(folder)]);
    await keep(journey, folder, join(folder, 'mail', `${journey.orderId}.ticketed.eml`));
  } finally {
    await leave();
    await stop();
  }
}

/** Plays the journey on a running system, whose order timeline says what happened. */
async function elsewhere(url: string): Promise<void> {
  const journey = await playDemo(url.replace(/\/$/, ''), new Date(), say);
  tell(deedsOf(journey.order));
  await keep(
    journey,
    await folderForDocuments(),
    `sent to ${journey.email}; where MAIL_URL is a folder, it is in there`,
  );
}

const issued = (folder: string): Deed[] =>
  readFileSync(join(folder, 'ticket-issuer/log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => byIssuer(JSON.parse(line) as IssuerLogEntry));

const tell = (deeds: readonly Deed[]) =>
  say(['\nWhat each service did, in seconds since the order was placed:', ...chronicle(deeds)].join('\n'));

/** Saves the ticket's documents and prints where they are. */
async function keep({ order, ticket, page, pdf }: DemoJourney, folder: string, mail: string): Promise<void> {
  const file = join(folder, `e-ticket ${ticket}`);
  await writeFile(`${file}.pdf`, pdf);
  await writeFile(`${file}.html`, page);
  say(`\nOrder ${order.number} is ${order.status}.\nTicket ${ticket}`);
  say(`  PDF   ${file}.pdf\n  page  ${file}.html\n  mail  ${mail}`);
}

if (import.meta.main) {
  await runCommand(async () => {
    const { url } = parseArgs({ options: { url: { type: 'string' } } }).values;
    await (url === undefined ? embedded() : elsewhere(url));
  });
}
