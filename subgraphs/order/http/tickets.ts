// Shows a ticket as a page or a PDF to anyone who has its address.
import type { RouteHandler } from '../../runtime/routes.ts';
import { noTicketPage, ticketPage } from '../documents/page.ts';
import { ticketPdf } from '../documents/pdf.ts';
import { eTicket, TOKEN } from '../rules/ticket-document.ts';
import type { Tickets } from '../store/ticket-store.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const pdf = { 'content-type': 'application/pdf' };
const PDF = '.pdf';

/** An address that was never issued is 404 with a page, whatever its form. */
export const showTicket =
  (tickets: Tickets): RouteHandler =>
  async ({ params: { address = '' }, signal }) => {
    const isPdf = address.endsWith(PDF);
    const token = isPdf ? address.slice(0, -PDF.length) : address;
    const found = TOKEN.test(token) ? await tickets.byToken(token) : null;
    const ticket = found && eTicket(found.order, found.ticket);
    if (!ticket) return { status: 404, headers: html, body: noTicketPage() };
    signal.throwIfAborted(); // a PDF takes long
    if (isPdf) return { status: 200, headers: pdf, body: await ticketPdf(ticket) };
    return { status: 200, headers: html, body: ticketPage(ticket, `${token}${PDF}`) };
  };
