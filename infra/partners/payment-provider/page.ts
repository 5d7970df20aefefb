// The hosted payment page: plain HTML that loads nothing and needs no script.
import { money } from '../../../schema/money.ts';
import type { Intent } from './books.ts';
import { cards } from './cards.ts';

/** What the page's answers say to browsers: nothing is loaded, nobody may frame it, forms go here alone. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem}
label,input,button{display:block;font:inherit;margin:.5rem 0}input{padding:.5rem;width:100%;box-sizing:border-box}
button{padding:.5rem 1rem}table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0}[role=alert]{color:#a00}`;

const frame = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;

/** The page of a payment as it stands; `fault` is what was wrong with what was sent. */
export function page(intent: Intent, fault?: string): string {
  const { amount, currency } = money(intent.amount, intent.currency);
  const about = `<p>${escaped(`${amount} ${currency}`)} for ${escaped(intent.reference)}</p>`;
  const alert = fault === undefined ? '' : `<p role="alert">${escaped(fault)}</p>`;
  const back = `<p><a href="${escaped(intent.returnUrl)}">Back to the shop</a></p>`;
  switch (intent.status) {
    case 'OPEN':
      return frame('Pay by card', about + alert + cardForm + back + cardTable);
    case 'PROCESSING':
      return intent.behaviour === 'CHALLENGE'
        ? frame('Is it you?', about + alert + challengeForm + back)
        : frame('The bank takes its time', about + '<p>You will hear from the shop.</p>' + back);
    case 'SUCCEEDED':
      return frame('Paid', about + back);
    case 'FAILED':
      return frame('Not paid', about + '<p role="alert">The card was declined.</p>' + back);
    case 'CANCELLED':
      return frame('Cancelled', about + '<p>Nothing was charged.</p>' + back);
  }
}

export const notFoundPage = frame('There is no such payment', '');

const cardForm = `<form method="post"><label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" required maxlength="30"><button>Pay</button></form>`;

const challengeForm = `<form method="post"><p>Your bank asks whether this payment is yours.</p>
<button name="challenge" value="pass">Yes, pay</button><button name="challenge" value="fail">No</button></form>`;

const cardTable = `<h2>Demo cards</h2><p>No money moves here. Never give a real card.</p><table><tr><th>number<th>it</tr>
${cards.map(({ number, what }) => `<tr><td>${number}<td>${escaped(what)}</tr>`).join('\n')}</table>`;
