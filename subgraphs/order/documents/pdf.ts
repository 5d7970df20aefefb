// The e-ticket as a PDF, tagged so that screen readers can read it.
import anyAscii from 'any-ascii';
import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { barCodeOf } from './bar-code.ts';
import { latinName } from './latin-name.ts';
import {
  conditionsOf,
  flightName,
  type ETicket,
  facts,
  type Journey,
  airportTitle,
  route,
  VOID_NOTICE,
  when,
  worded,
  zone,
} from '../../../schema/terms/e-ticket.ts';

type Pdf = InstanceType<typeof PDFDocument>;

const MARGIN = 54; // points, 19 mm
const BAR_CODE = 110; // points, 39 mm: large enough for a phone to read it from paper
const ACCENT = '#0b5d6b';
const QUIET = '#54606e';
const ALARM = '#a1121f';
const NAMES = 90; // points: the column of names

/** The PDF of a ticket. The same ticket gives the same document. */
export async function ticketPdf(ticket: ETicket): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: 'en',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: `E-ticket ${ticket.number}`, Author: 'Fareloom', CreationDate: new Date(ticket.issuedAt) },
  });
  const whole = buffer(pdf);
  head(pdf, ticket);
  const traveller = { ...ticket.traveller, name: readableName(ticket.traveller.name) };
  for (const [name, value] of facts({ ...ticket, traveller })) row(pdf, name, value);
  for (const journey of ticket.journeys) journeyPart(pdf, journey);
  pdf.end();
  return whole;
}

function head(pdf: Pdf, ticket: ETicket): void {
  const right = pdf.page.width - MARGIN;
  if (ticket.status === 'ISSUED') drawBarCode(pdf, ticket, right - BAR_CODE, MARGIN);
  say(pdf, 'P', () => pdf.font('Helvetica-Bold').fontSize(11).fillColor(ACCENT).text('Fareloom', MARGIN, MARGIN));
  say(pdf, 'H1', () => pdf.fontSize(24).fillColor('black').text('E-ticket'));
  if (ticket.status === 'VOID') say(pdf, 'P', () => pdf.fontSize(12).fillColor(ALARM).text(VOID_NOTICE));
  pdf.x = MARGIN;
  pdf.y = MARGIN + BAR_CODE + 12;
}

function drawBarCode(pdf: Pdf, ticket: ETicket, x: number, y: number): void {
  const { path, size } = barCodeOf(ticket);
  const figure = pdf.struct('Figure', { alt: `Bar code of ticket ${ticket.number}` }, () => {
    pdf
      .save()
      .translate(x, y)
      .scale(BAR_CODE / size);
    pdf.path(path).fill('black').restore();
  });
  pdf.addStructure(figure);
}

function journeyPart(pdf: Pdf, journey: Journey): void {
  for (const flight of journey.slices) {
    const { origin, destination, departure, arrival, stops } = flight;
    heading(pdf, route(flight));
    row(pdf, 'Flight', `${flightName(flight)} · ${worded(journey.cabin)} · ${worded(journey.brand)}`);
    row(pdf, 'Departure', when(departure), `${airportTitle(origin)} · ${zone(origin)}`);
    if (stops.length) row(pdf, 'Stops', stops.map(airportTitle).join('; '));
    row(pdf, 'Arrival', when(arrival), `${airportTitle(destination)} · ${zone(destination)}`);
  }
  heading(pdf, 'Conditions');
  for (const sentence of conditionsOf(journey)) {
    say(pdf, 'P', () => pdf.font('Helvetica').fontSize(10.5).fillColor('black').text(printable(sentence), MARGIN));
  }
}

function heading(pdf: Pdf, text: string): void {
  if (pdf.y > pdf.page.height - 3 * MARGIN) pdf.addPage(); // avoids a heading alone at the end of a page
  say(pdf, 'H2', () =>
    pdf
      .font('Helvetica-Bold')
      .fontSize(13)
      .fillColor(ACCENT)
      .text(printable(text), MARGIN, pdf.y + 14)
      .moveDown(0.3),
  );
}

/** A name with its value beside it and, if given, a smaller line below. */
function row(pdf: Pdf, name: string, value: string, more?: string): void {
  const width = pdf.page.width - 2 * MARGIN - NAMES;
  if (pdf.y > pdf.page.height - 2 * MARGIN) pdf.addPage();
  const top = pdf.y;
  say(pdf, 'P', () => {
    pdf.font('Helvetica').fontSize(10.5).fillColor(QUIET).text(`${name} `, MARGIN, top, { width: NAMES });
    pdf
      .font('Helvetica-Bold')
      .fillColor('black')
      .text(`${printable(value)} `, MARGIN + NAMES, top, { width });
    if (more) pdf.font('Helvetica').fontSize(9).fillColor(QUIET).text(printable(more), { width });
  });
  pdf.y += 5;
}

const say = (pdf: Pdf, role: 'P' | 'H1' | 'H2', draw: () => unknown): void =>
  void pdf.addStructure(pdf.struct(role, {}, () => void draw()));

/** LI Xiaolong: if the family name comes first, capitals mark it. Other names are unchanged. */
function readableName(name: string): string {
  const { family, given, isFamilyFirst } = latinName(name);
  return isFamilyFirst ? `${family.toUpperCase()} ${given}`.trim() : name;
}

/** Text limited to the characters of the PDF's built-in fonts; others are transliterated. */
const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Script=Han}(?=\p{Script=Han})/gu, '$& ') // each character is a syllable; names were split earlier
    .replace(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u20ac]+/gu, (other) => anyAscii(other));
