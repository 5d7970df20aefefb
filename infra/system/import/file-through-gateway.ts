// Files fares through a running system, with an authorized access token: for an import without access to the database.
import { operation } from '../../../gateway/operations/operations.ts';
import { codes } from '../../../subgraphs/fare/rules/draft-fields.ts';
import { draftOf } from '../../../subgraphs/fare/rules/draft.ts';
import { type Filing, MOST_FARES_AT_ONCE } from '../../../subgraphs/fare/rules/filing.ts';
import type { Filed, Fares } from '../../../subgraphs/fare/store/store.ts';

/** A running system, and an access token that is authorized to file fares there. */
export interface Destination {
  url: URL;
  token: string;
}

const MOST_BYTES = 80_000; // of fares in one request; the gateway accepts 100,000 bytes in total
const ANSWERS_WITHIN = 30_000; // ms; the system's own timeout is shorter

const FILE_FARES = operation('file-fares');

/**
 * Files fares through a running system, batch by batch. Throws an Error with a sentence when the system is unreachable,
 * rejects the token or refuses a batch; the message never contains the token, and the error has `partly` set when
 * earlier batches were filed.
 */
export const fileThroughGateway = (to: Destination): Pick<Fares, 'file'> => ({
  async file(filings) {
    const filed = { imported: 0, updated: 0, duplicates: 0 };
    for (const batch of batchesOf(filings.map((filing) => JSON.stringify(formOf(filing))))) {
      const { imported, updated, duplicates } = await send(batch, to).catch((error: unknown) => {
        throw Object.assign(error as Error, { partly: filed.imported + filed.updated > 0 });
      });
      filed.imported += imported;
      filed.updated += updated;
      filed.duplicates += duplicates;
    }
    return filed;
  },
});

/** A filing as a FareInput. */
function formOf(filing: Filing): object {
  const { via, capacity: _, ...texts } = draftOf(filing);
  const given = Object.entries(texts).filter(([, text]) => text);
  return {
    ...Object.fromEntries(given),
    ...(via && { via: codes(via) }),
    ...(filing.capacity !== null && { capacity: filing.capacity }),
  };
}

/** The forms in batches that the system accepts. */
function* batchesOf(forms: readonly string[]): Generator<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const form of forms) {
    const size = Buffer.byteLength(form) + 1;
    if (batch.length === MOST_FARES_AT_ONCE || (batch.length && bytes + size > MOST_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(form);
    bytes += size;
  }
  if (batch.length) yield batch;
}

interface Answer {
  data?: { fileFares: Filed } | null;
  errors?: { message: string }[];
}

async function send(forms: readonly string[], { url, token }: Destination): Promise<Filed> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: `{"query":${JSON.stringify(FILE_FARES)},"variables":{"input":[${forms.join()}]}}`,
    signal: AbortSignal.timeout(ANSWERS_WITHIN),
  }).catch((cause: unknown) => {
    throw new Error(`${url.href} did not answer`, { cause });
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (answer.data?.fileFares) return answer.data.fileFares;
  throw new Error(
    `${url.href} answers: ${answer.errors?.[0]?.message ?? `HTTP ${response.status}, not a GraphQL result`}`,
  );
}
