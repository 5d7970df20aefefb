// The e-ticket as a self-contained page for screen and print: it loads nothing and runs no script.
import { createHash } from 'node:crypto';
import { escaped } from '../../../infra/http/html.ts';
import { barCodeOf } from './bar-code.ts';
import {
  conditionsOf,
  flightName,
  type ETicket,
  facts,
  type TicketFlight,
  type Journey,
  airportTitle,
  route,
  VOID_NOTICE,
  when,
  worded,
  zone,
} from '../../../schema/terms/e-ticket.ts';

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1b2430; background: #eef1f5 }
body { margin: 0 } main { max-width: 46rem; margin: 1.5rem auto; padding: 1.5rem 2rem 2rem; background: #fff; border-radius: .75rem }
header { display: flex; justify-content: space-between; gap: 1rem; align-items: flex-start; border-bottom: 3px solid #0b5d6b }
h1 { margin: 0; font-size: 1.7rem } h2 { margin: 1.75rem 0 .5rem; font-size: 1.15rem; color: #0b5d6b } p { margin: .25rem 0 }
.brand { margin: 0 0 .25rem; font-weight: 600; color: #0b5d6b; letter-spacing: .04em } svg { width: 9rem; height: 9rem; margin-bottom: 1rem }
.void { margin: 1rem 0 0; padding: .75rem 1rem; border: 2px solid #a1121f; color: #a1121f; font-weight: 600; border-radius: .5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1rem 0 0 } dt { color: #54606e } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse } th, td { padding: .5rem .5rem .5rem 0; text-align: left; vertical-align: top; border-top: 1px solid #d5dbe2 }
th { width: 6rem; font-weight: 400; color: #54606e } small { display: block; color: #54606e; font-size: .85rem } a { color: #0b5d6b } ul { margin: .25rem 0; padding-left: 1.25rem }
@media (max-width: 34rem) { main { margin: 0; padding: 1rem; border-radius: 0 } header { flex-direction: column } }
@media print { :root { background: #fff } main { margin: 0; max-width: none; padding: 0 } .screen { display: none } table, header, dl { break-inside: avoid } }
@page { margin: 18mm }`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page of a ticket. `pdf` is the address of its PDF, relative to the page. */
export function ticketPage(ticket: ETicket, pdf: string): string {
  const { path, size } = barCodeOf(ticket);
  const good = ticket.status === 'ISSUED';
  const code =
    `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="Bar code of ticket ${escaped(ticket.number)}">` +
    `<path d="${path}" fill="#000"/></svg>`;
  return document(
    `E-ticket ${ticket.number}`,
    `<header><div><p class="brand">Fareloom</p><h1>E-ticket</h1></div>${good ? code : ''}</header>
${good ? '' : `<p class="void" role="status">${VOID_NOTICE}</p>`}
<dl>${facts(ticket)
      .map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`)
      .join('')}</dl>
${ticket.journeys.map(journeyPart).join('\n')}
<p class="screen"><a href="${escaped(pdf)}">This ticket as a PDF</a></p>`,
  );
}

/** The page for an address without a ticket. */
export const noTicketPage = (): string =>
  document('No such ticket', '<h1>No such ticket</h1>\n<p>Check the address: it must be complete, as in the mail.</p>');

function journeyPart(journey: Journey): string {
  return `<section>${journey.slices.map((flight) => flightPart(flight, journey)).join('')}
<h2>Conditions</h2><ul>${conditionsOf(journey)
    .map((sentence) => `<li>${escaped(sentence)}</li>`)
    .join('')}</ul></section>`;
}

function flightPart(flight: TicketFlight, { cabin, brand }: Journey): string {
  const { origin, destination, departure, arrival, stops } = flight;
  const at = (name: string, instant: string, code: string) =>
    row(name, `${escaped(when(instant))}<small>${escaped(airportTitle(code))} · ${escaped(zone(code))}</small>`);
  return `<h2>${escaped(route(flight))}</h2><table>
${row('Flight', escaped(`${flightName(flight)} · ${worded(cabin)} · ${worded(brand)}`))}
${at('Departure', departure, origin)}${stops.length ? row('Stops', escaped(stops.map(airportTitle).join('; '))) : ''}
${at('Arrival', arrival, destination)}</table>`;
}

const row = (name: string, html: string): string => `<tr><th scope="row">${name}</th><td>${html}</td></tr>`;

/** The content security policy allows this one style, by its hash, and nothing else. */
const document = (title: string, main: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main>${main}</main></body></html>
`;
