// The hosted payment page: plain HTML that loads nothing and needs no script.
import { decimals, type Money, money } from '../../../schema/terms/money.ts';
import type { BookedIntent } from './books.ts';
import { cards } from './cards.ts';

/** Security headers of the page: it loads nothing, no page may frame it, and its forms post only here. */
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

/** As INR 3,897.00: with the code, because several currencies can share a sign. */
function inWords({ amount, currency }: Money): string {
  const digits = decimals(currency);
  const form = { style: 'currency', currency, currencyDisplay: 'code' } as const;
  return new Intl.NumberFormat('en', {
    ...form,
    ...(digits !== undefined && { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  }).format(amount as `${number}`);
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem}
label,input,button{display:block;font:inherit;margin:.5rem 0}input{padding:.5rem;width:100%;box-sizing:border-box}
button{padding:.5rem 1rem}table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}td:first-child{white-space:nowrap}[role=alert]{color:#a00}
.amount{font-size:1.5rem;margin-bottom:0}.about{white-space:pre-line}.reference{color:#555;font-size:.85rem}`;

const BACK_AFTER = 5; // seconds; long enough to read that the payment succeeded

const frame = (title: string, content: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title><style>${style}</style>${head}</head><body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;

/** The page of a payment in its current state; `fault` says what was wrong with the submitted form. */
export function page(intent: BookedIntent, fault?: string): string {
  const description = intent.description ? `<p class="about">${escaped(intent.description)}</p>` : '';
  const about =
    `<p class="amount">${escaped(inWords(money(intent.amount, intent.currency)))}</p>${description}` +
    `<p class="reference">Payment reference: ${escaped(intent.reference)}</p>`;
  const alert = fault === undefined ? '' : `<p role="alert">${escaped(fault)}</p>`;
  const back = `<p><a href="${escaped(intent.returnUrl)}">Back to the shop</a></p>`;
  const byItself = `<p>This page goes back to the shop in ${BACK_AFTER} seconds.</p>`;
  const goBack = `<meta http-equiv="refresh" content="${BACK_AFTER}; url=${escaped(intent.returnUrl)}">`;
  const decided = (title: string, content: string) => frame(title, about + content + byItself + back, goBack);
  switch (intent.status) {
    case 'OPEN':
      return frame('Pay by card', about + alert + cardForm + back + cardTable);
    case 'PROCESSING':
      return intent.behaviour === 'CHALLENGE'
        ? frame('Is it you?', about + alert + challengeForm + back)
        : decided('The bank takes its time', '<p>The shop will say how it went.</p>');
    case 'SUCCEEDED':
      return decided('Paid', '');
    case 'FAILED':
      return decided('Not paid', '<p role="alert">The card was declined.</p>');
    case 'CANCELLED':
      return decided('Cancelled', '<p>Nothing was charged.</p>');
  }
}

export const notFoundPage = frame('There is no such payment', '');

const cardForm = `<form method="post"><label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" required maxlength="30"><button>Pay</button></form>`;

const challengeForm = `<form method="post"><p>Your bank asks whether this payment is yours.</p>
<button name="challenge" value="pass">Yes, pay</button><button name="challenge" value="fail">No</button></form>`;

const cardTable = `<h2>Demo cards</h2><p>No money moves here. Never give a real card.</p><table><tr><th>Card number<th>What happens</tr>
${cards.map(({ number, what }) => `<tr><td>${number}<td>${escaped(what)}</tr>`).join('\n')}</table>`;
