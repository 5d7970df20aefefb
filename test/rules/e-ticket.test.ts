// The e-ticket for people and gate readers: its page, its PDF and its bar code.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { barCodeText, surnameFirst } from '../../subgraphs/order/documents/bar-code-text.ts';
import { conditionsOf, type ETicket, facts, type Journey, when } from '../../schema/terms/e-ticket.ts';
import { noTicketPage, ticketPage } from '../../subgraphs/order/documents/page.ts';
import { ticketPdf } from '../../subgraphs/order/documents/pdf.ts';
import { anOffer } from '../kit/ordering.ts';

const { cabin, brand, conditions, slices } = anOffer();
const toBengaluru: Journey = { cabin, brand, conditions: { ...conditions, note: 'One bag & a meal' }, slices };
const toLondon: Journey = {
  cabin: 'BUSINESS',
  brand: 'LIGHT',
  conditions: { refundable: false, refundFeePercent: null, refundableUntilHours: null, note: null },
  slices: [
    {
      origin: 'BLR',
      destination: 'LHR',
      departure: '2024-12-31T06:20:00+05:30',
      arrival: '2024-12-31T13:10:00+00:00',
      stops: ['DXB'],
      carrier: 'AI',
      flightNumber: null,
    },
  ],
};
const ticket = (change: Partial<ETicket> = {}): ETicket => ({
  number: '312-2400000001',
  status: 'ISSUED',
  issuedAt: '2026-03-01T12:00:05.123Z',
  orderNumber: 'FL-7K3M-9QPD',
  traveller: { name: 'Asha Priya Rao', type: 'ADULT' },
  journeys: [toBengaluru, toLondon],
  price: { amount: '1389700.50', currency: 'INR' },
  ...change,
});

/** The words drawn in a PDF, from its decompressed streams. */
function wordsOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\n([^]*?)\nendstream/g)].flatMap(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, 'latin1')).toString('latin1');
    } catch {
      return [];
    }
  });
  const lines = streams.join('\n').matchAll(/\[(.*?)\] TJ/g);
  return [...lines]
    .map(([, line]) =>
      [...line!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(''),
    )
    .join('\n');
}

test('two flights at the same local time are distinguished by their offsets, on the page and in the PDF', async () => {
  const journeys = ['-04:00', '-05:00'].map((offset): Journey => ({
    ...toLondon,
    slices: [{ ...toLondon.slices[0], origin: 'JFK', departure: `2026-11-01T01:50:00${offset}` }],
  }));
  const shown = ticket({ journeys });
  for (const words of [ticketPage(shown, 'abc.pdf'), wordsOf(await ticketPdf(shown))]) {
    for (const offset of ['-04:00', '-05:00']) assert.ok(words.includes(`Sun 1 Nov 2026, 01:50 (UTC${offset})`), words);
  }
});

test('the bar code has the fields of a boarding pass at their positions, and the ticket number', () => {
  const text = barCodeText(ticket());
  const [legs, name] = [text.slice(1, 2), text.slice(2, 22)];
  assert.deepEqual([text[0], legs, name, text[22]], ['M', '2', 'RAO/ASHA PRIYA      ', 'E']);
  const widths = [7, 3, 3, 3, 5, 3, 1, 4, 5, 1, 2];
  let at = 23;
  const leg = () => {
    const fields = widths.map((width) => text.slice(at, (at += width)));
    const more = text.slice(at, (at += parseInt(fields.at(-1)!, 16)));
    return [...fields.slice(0, -1).map((field) => field.trim()), more];
  };
  const reference = 'K3M9QPD';
  assert.deepEqual(leg(), [reference, 'DEL', 'BLR', '6E', '2131', '083', 'Y', '', '', '0', '>6000D3122400000001']);
  assert.deepEqual(leg(), [reference, 'BLR', 'LHR', 'AI', '', '366', 'J', '', '', '0', '0D3122400000001']);
  assert.equal(at, text.length, 'nothing is left over');
});

test('a name in any script is transliterated to the letters that gates read, and cut to the field length', () => {
  const names = ['Asha Rao', 'Łukasz Żółć', 'प्रिया शर्मा', 'Madonna', "Siân O'Neil-Jones", 'A'.repeat(30), '…'];
  assert.deepEqual(names.map(surnameFirst), [
    'RAO/ASHA',
    'ZOLC/LUKASZ',
    'SRMA/PRIYA',
    'MADONNA',
    'ONEILJONES/SIAN',
    'A'.repeat(20),
    '',
  ]);
});

test('a Chinese, Korean or Japanese name has its family name first and separated, in the bar code and in the PDF', async () => {
  for (const [name, onBarCode, inPdf] of [
    ['李小龍', 'LI/XIAOLONG', 'LI Xiaolong'],
    ['李 小龍', 'LI/XIAOLONG', 'LI Xiaolong'],
    ['欧阳修', 'OUYANG/XIU', 'OUYANG Xiu'],
    ['김연아', 'GIM/YEONA', 'GIM Yeona'],
    ['남궁민', 'NAMGUNG/MIN', 'NAMGUNG Min'],
    ['やまだ たろう', 'YAMADA/TAROU', 'YAMADA Tarou'],
    ['Asha Rao', 'RAO/ASHA', 'Asha Rao'],
  ] as const) {
    assert.equal(surnameFirst(name), onBarCode);
    const pdf = await ticketPdf(ticket({ traveller: { name, type: 'ADULT' } }));
    assert.equal(/Traveller \s*(.*) \(adult\)/.exec(wordsOf(pdf))?.[1], inPdf);
  }
});

test('the words of a note in Chinese stay separated in the PDF', async () => {
  const conditions = { ...toLondon.conditions, note: '可退票' };
  const pdf = await ticketPdf(ticket({ journeys: [{ ...toLondon, conditions }] }));
  assert.ok(wordsOf(pdf).includes('Ke Tui Piao'));
});

test('times have day and zone, prices their decimals, and conditions are sentences', () => {
  assert.equal(when('2026-03-24T22:20:00+05:30'), 'Tue 24 Mar 2026, 22:20 (UTC+05:30)');
  assert.deepEqual(Object.fromEntries(facts(ticket())), {
    Traveller: 'Asha Priya Rao (adult)',
    'Ticket number': '312-2400000001',
    Order: 'FL-7K3M-9QPD',
    Price: '1,389,700.50 INR',
    Issued: 'Sun 1 Mar 2026, 12:00 (UTC+00:00)',
  });
  assert.deepEqual(conditionsOf(toBengaluru), [
    'Refundable until 24 hours before departure, less 25 % of the price.',
    'One bag & a meal',
  ]);
  assert.deepEqual(conditionsOf(toLondon), ['Not refundable.']);
});

test('the page loads nothing, runs no script, and allows only its own style', () => {
  const page = ticketPage(ticket(), 'abc.pdf');
  assert.doesNotMatch(page, /<(script|img|link|iframe|object)|@import|url\(|\son\w+=|\sstyle=|https?:\/\//i);
  const style = /<style>([^]*?)<\/style>/.exec(page)![1]!;
  const hash = createHash('sha256').update(style).digest('base64');
  assert.ok(page.includes(`content="default-src 'none'; style-src 'sha256-${hash}';`));
});

test('the name of a traveller is escaped', () => {
  const page = ticketPage(ticket({ traveller: { name: `<script>"it's" & more`, type: 'CHILD' } }), '"><b>');
  assert.doesNotMatch(page, /<script|<b>/);
  assert.match(page, /&lt;script&gt;&quot;it&#39;s&quot; &amp; more \(child\)/);
});

test('page and PDF have the same content', async () => {
  const pdf = wordsOf(await ticketPdf(ticket())).replaceAll(/\s+/g, ' ');
  const page = ticketPage(ticket(), 'abc.pdf')
    .replaceAll(/<style>[^]*<\/style>|<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&');
  for (const told of [
    ...facts(ticket()).flat(),
    ...[
      'Delhi to Bengaluru',
      'IndiGo 6E 2131 · Economy · Standard',
      'Asia/Kolkata',
      'Tue 31 Dec 2024, 13:10 (UTC+00:00)',
    ],
    ...['Dubai (DXB)', 'One bag & a meal', 'Not refundable.'],
  ]) {
    assert.ok(page.includes(told), `the page has ${told}`);
    assert.ok(pdf.includes(told), `the PDF has ${told}`);
  }
});

test('a void ticket says so, and has no bar code', async () => {
  const void_ = ticket({ status: 'VOID' });
  assert.match(ticketPage(void_, 'abc.pdf'), /role="status">This ticket is void/);
  assert.doesNotMatch(ticketPage(void_, 'abc.pdf'), /<svg/);
  const pdf = await ticketPdf(void_);
  assert.match(wordsOf(pdf), /This ticket is void/);
  assert.doesNotMatch(pdf.toString('latin1'), /Bar code of/);
  assert.match((await ticketPdf(ticket())).toString('latin1'), /Bar code of/);
});

test('the same ticket gives the same PDF, tagged for screen readers', async () => {
  const pdf = await ticketPdf(ticket());
  assert.deepEqual(await ticketPdf(ticket()), pdf);
  assert.match(pdf.toString('latin1'), /^%PDF-1\.7[^]*\/Marked true[^]*%%EOF\s*$/);
});

test('without a ticket the page says what to do', () => {
  assert.match(noTicketPage(), /No such ticket/);
});
