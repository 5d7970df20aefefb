// A ticket's bar code as a drawing: an Aztec code, readable by phones and gates.
import bwipjs from 'bwip-js/node';
import { barCodeText } from './bar-code-text.ts';
import type { ETicket } from '../../../schema/terms/e-ticket.ts';

/** The dark parts as one SVG path in a square of this size. */
export interface BarCode {
  path: string;
  size: number;
}

/** The bar code of a ticket. */
export function barCodeOf(ticket: ETicket): BarCode {
  const svg = bwipjs.toSVG({ bcid: 'azteccode', text: barCodeText(ticket), scale: 1 });
  const [, size, path] = /viewBox="0 0 (\d+) \d+"[^]*?<path d="([^"]+)"/.exec(svg) ?? [];
  if (!size || !path) throw new Error('bwip-js has changed the form of its SVG: no viewBox or path found');
  return { path, size: Number(size) };
}
