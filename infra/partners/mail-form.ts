// A mail in its two forms: plain text, and HTML.
import { escaped } from '../http/html.ts';
import type { Letter, Paragraph } from './mail.ts';

/** The mail as plain text. */
export const asText = ({ paragraphs }: Letter): string =>
  `${paragraphs.map((each) => (typeof each === 'string' ? each : `${each.words}: ${each.url}`)).join('\n\n')}\n`;

const FORM =
  'max-width:38rem;margin:0 auto;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1b2430;background:#fff';

/** The mail as HTML; it loads nothing. */
export const asPage = ({ subject, paragraphs }: Letter): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>` +
  `<body style="margin:0;background:#eef1f5"><div style="${FORM}">\n` +
  `<p style="font-weight:600;color:#0b5d6b">Fareloom</p>\n` +
  `${paragraphs.map((each) => `<p>${asMarkup(each)}</p>`).join('\n')}\n</div></body></html>\n`;

const asMarkup = (paragraph: Paragraph): string =>
  typeof paragraph === 'string'
    ? escaped(paragraph).replaceAll('\n', '<br>')
    : `<a href="${escaped(paragraph.url)}" style="color:#0b5d6b">${escaped(paragraph.words)}</a>`;
