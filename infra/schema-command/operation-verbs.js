// The verbs about operations, and about conventions.
import { readFile } from 'node:fs/promises';
import { Misused } from './failures.js';
import { readSdl, wholeNumber } from './inputs.js';
import { annotations, findingLines, table } from './print.js';

const text = /** @type {const} */ ({ type: 'string' });
const flag = /** @type {const} */ ({ type: 'boolean' });

/** @type {Readonly<Record<string, import('./verbs.js').Verb>>} */
export const operationVerbs = {
  usage: {
    usage: 'TYPE.FIELD [--days N]',
    does: 'tells which clients use a field, or another element of the schema: may it be deleted?',
    names: [1, 1],
    options: { days: text },
    async run({ names: [coordinate = ''], options: { days }, ask, print }) {
      const query = days ? `?days=${wholeNumber('--days', days)}` : '';
      const answer = await ask('GET', `/usage/${encodeURIComponent(coordinate)}${query}`);
      print(answer, () => usageText(answer));
    },
  },

  'operations push': {
    usage: 'FILE --client NAME',
    does: "pushes trusted documents: a manifest of GraphQL Code Generator's client preset or of Apollo",
    names: [1, 1],
    options: { client: text },
    async run({ names: [file = ''], options: { client }, ask, print }) {
      if (typeof client !== 'string') throw new Misused('Give --client: the name that the client sends.');
      const documents = documentsIn(file, await readFile(file, 'utf8').catch(() => missing(file)));
      const answer = await ask('POST', '/operations', { client, documents });
      print(answer, () => `${answer.pushed} documents pushed, ${answer.added} of them new.\n`);
    },
  },

  lint: {
    usage: '--file FILE|- [--name NAME] [--annotate]',
    does: 'compares a schema with the conventions of this graph',
    names: [0, 0],
    options: { file: text, name: text, annotate: flag },
    async run({ options: { file, name = 'subgraph', annotate }, ask, print }) {
      const answer = await ask('POST', '/lint', { name, sdl: await readSdl(file) });
      const lines = annotate ? annotations(answer.findings, String(file)) : findingLines(answer.findings);
      print(answer, () => [...lines, `${answer.findings.length} findings.\n`].join('\n'));
      return answer.passed;
    },
  },
};

/** @param {any} answer */
function usageText({ coordinate, days, countedSince, uses, documents }) {
  const rows = [...uses, ...documents.map((/** @type {any} */ each) => ({ ...each, count: 'pushed' }))].map(
    ({ client, clientVersion, name, id, count, lastSeen }) => [
      ...[client || '(unnamed)', clientVersion || '-', name || '(anonymous)', count, lastSeen, id.slice(0, 12)],
    ],
  );
  const since = countedSince ? `counted since ${countedSince.slice(0, 10)}` : 'nothing was counted yet';
  if (!rows.length)
    return `No client used ${coordinate} in ${days} days (${since}; gateways report every few seconds).\n`;
  return `${table(['client', 'version', 'operation', 'count', 'last seen', 'id'], rows)}(${since})\n`;
}

/** @returns {never} */
function missing(/** @type {string} */ file) {
  throw new Misused(`${file} cannot be read.`);
}

/**
 * The texts in a manifest: `{ hash: text }` of the client preset, or Apollo's with `operations`.
 *
 * @param {string} file
 * @param {string} content
 * @returns {string[]}
 */
function documentsIn(file, content) {
  try {
    const manifest = JSON.parse(content);
    const listed = Array.isArray(manifest.operations)
      ? manifest.operations.map((/** @type {any} */ { body }) => body)
      : Object.values(manifest);
    if (listed.length && listed.every((/** @type {unknown} */ each) => typeof each === 'string')) return listed;
  } catch {
    // refused below
  }
  throw new Misused(`${file} is no manifest of documents.`);
}
