// The explorer's examples as a program sends them: filled in, answered, and paid on the provider's page.
import { examples } from '../../../gateway/routes/examples.ts';
import { cards } from '../../partners/payment-provider/cards.ts';

/** An example with these texts replaced: placeholders in capitals, or a default value. */
export function exampleOf(name: string, now: Date, given: Readonly<Record<string, string>>) {
  const { query, variables } = examples(now).find((each) => each.name === name)!;
  const filled = Object.entries(given).reduce((text, [word, value]) => text.replaceAll(word, value), variables);
  return { query, variables: JSON.parse(filled) as object };
}

/** A response to an operation with one field. */
export interface Response<T> {
  data?: Record<string, T | null> | null;
  errors?: { message: string }[];
}

/** The operation's only field. Throws an Error with a sentence when the operation was refused or has errors. */
export function resultOf<T extends object>(name: string, { data, errors }: Response<T>): T {
  const result = Object.values(data ?? {})[0];
  if (errors?.[0] || !result) throw new Error(`${name} failed: ${errors?.[0]?.message ?? 'no answer'}`);
  const { code, message } = result as { code?: undefined; message?: undefined } | { code: string; message: string };
  if (code !== undefined) throw new Error(`${name} was refused: ${code}, ${message}`);
  return result;
}

/** The card that is charged at once. */
export const goodCard = cards.find(({ behaviour }) => behaviour === 'SUCCESS')!.number;

/** Gives the good card on a payment page. */
export async function giveCard(pageUrl: string): Promise<void> {
  const body = new URLSearchParams({ card: goodCard });
  const page = await fetch(pageUrl, { method: 'POST', body, redirect: 'manual' });
  if (page.status !== 303)
    throw new Error(`The payment page ${pageUrl} does not take the demo's card: ${page.status}.`);
}
