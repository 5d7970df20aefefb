// The verbs about one subgraph.
import { Misused } from './failures.js';
import { readSdl, wholeNumber } from './inputs.js';
import { annotations, findingLines, table } from './print.js';

/** @typedef {import('./verbs.js').Run} Run */

const text = /** @type {const} */ ({ type: 'string' });
const flag = /** @type {const} */ ({ type: 'boolean' });

const pathOf = (/** @type {string | undefined} */ name) => `/subgraphs/${encodeURIComponent(name ?? '')}`;

const credentials = (/** @type {any} */ { name, token, tokenEndsAt, identityKey }) => `Subgraph ${name}.
Its token, for the registry until ${tokenEndsAt.slice(0, 10)}; shown this once:
  FARELOOM_TOKEN=${token}
Its identity key, by which it knows the gateway; shown this once:
  FARELOOM_IDENTITY_KEY=${identityKey}
`;

/**
 * Prints what a check found.
 *
 * @param {Run} run
 * @param {any} answer
 * @param {(lines: string[]) => string} sentence
 */
function printFindings({ options, print }, answer, sentence) {
  const findings = answer.findings ?? [];
  const lines = options['annotate'] ? annotations(findings, String(options['file'] ?? '')) : findingLines(findings);
  print(answer, () => sentence(lines).replace(/^\n/, ''));
}

/** @type {Readonly<Record<string, import('./verbs.js').Verb>>} */
export const subgraphVerbs = {
  'subgraph create': {
    usage: 'NAME --url URL[,URL...] [--days N]',
    does: 'registers a subgraph, and prints its token and its identity key once (operators)',
    names: [1, 1],
    options: { url: text, days: text },
    async run({ names: [name], options: { url, days }, ask, print }) {
      if (typeof url !== 'string') throw new Misused('Give --url: where the gateway finds the subgraph.');
      const made = await ask('POST', '/subgraphs', { name, url, ...(days && { days: wholeNumber('--days', days) }) });
      print(made, () => credentials(made));
    },
  },

  'subgraph token': {
    usage: 'NAME [--days N]',
    does: 'makes another token; the one before ends (operators)',
    names: [1, 1],
    options: { days: text },
    async run({ names: [name], options: { days }, ask, print }) {
      const made = await ask('POST', `${pathOf(name)}/token`, days ? { days: wholeNumber('--days', days) } : {});
      print(made, () => credentials(made));
    },
  },

  'subgraph check': {
    usage: 'NAME --file FILE|- [--annotate]',
    does: 'tells what a schema would change, and whom it would break; changes nothing',
    names: [1, 1],
    options: { file: text, annotate: flag },
    async run(run) {
      const { names, options, ask } = run;
      const answer = await ask('POST', `${pathOf(names[0])}/check`, { sdl: await readSdl(options['file']) });
      printFindings(run, answer, (lines) =>
        [...lines, answer.passed ? 'The check passed.\n' : 'The check failed.\n'].join('\n'),
      );
      return answer.passed;
    },
  },

  'subgraph publish': {
    usage: 'NAME --file FILE|- [--url URL] [--expect VERSION] [--commit C] [--author A] [--annotate]',
    does: 'checks a schema and publishes it: served at once if it passes, otherwise stored with the reason',
    names: [1, 1],
    options: { file: text, url: text, expect: text, commit: text, author: text, annotate: flag },
    async run(run) {
      const { names, options, ask } = run;
      const { file, url, expect, commit, author } = options;
      const answer = await ask('POST', `${pathOf(names[0])}/versions`, {
        sdl: await readSdl(file),
        ...(url && { url }),
        ...(expect !== undefined && { expect: wholeNumber('--expect', expect) }),
        ...(commit && { commit }),
        ...(author && { author }),
      });
      printFindings(run, answer, (lines) => [...lines, publishedSentence(names[0], answer)].join('\n'));
      return answer.outcome !== 'STORED';
    },
  },

  'subgraph list': {
    usage: '',
    does: 'lists the subgraphs',
    names: [0, 0],
    options: {},
    async run({ ask, print }) {
      const answer = await ask('GET', '/subgraphs');
      const rows = answer.subgraphs.map((/** @type {any} */ { name, served, latest, urls }) => [
        ...[name, served, latest],
        urls.join() || '(by configuration)',
      ]);
      print(answer, () => table(['subgraph', 'served', 'latest', 'url'], rows));
    },
  },

  'subgraph history': {
    usage: 'NAME',
    does: 'lists the versions of a subgraph',
    names: [1, 1],
    options: {},
    async run({ names: [name], ask, print }) {
      const answer = await ask('GET', `${pathOf(name)}/versions`);
      const rows = answer.versions.map((/** @type {any} */ each) => [
        ...[each.version, each.isServed ? 'served' : '', each.publishedAt, each.publishedBy, each.author, each.commit],
      ]);
      print(answer, () => table(['version', '', 'published', 'by', 'author', 'commit'], rows));
    },
  },

  'subgraph diff': {
    usage: 'NAME A B',
    does: 'tells what changed from one version to another',
    names: [3, 3],
    options: {},
    async run({ names: [name, from, to], ask, print }) {
      const answer = await ask('GET', `${pathOf(name)}/diff/${from}/${to}`);
      print(answer, () => `${[...answer.changes, `${answer.changes.length} changes.`].join('\n')}\n`);
    },
  },

  'subgraph fetch': {
    usage: 'NAME [VERSION]',
    does: 'prints the schema of a version; of the latest without one',
    names: [1, 2],
    options: {},
    async run({ names: [name, version = 'latest'], ask, print }) {
      const answer = await ask('GET', `${pathOf(name)}/versions/${encodeURIComponent(version)}`);
      print(answer, () => `${answer.sdl.trimEnd()}\n`);
    },
  },

  'subgraph delete': {
    usage: 'NAME',
    does: 'deletes a subgraph, if that breaks nobody',
    names: [1, 1],
    options: {},
    async run(run) {
      const answer = await run.ask('DELETE', pathOf(run.names[0]));
      printFindings(run, answer, (lines) => [...lines, `${run.names[0]} is deleted.\n`].join('\n'));
    },
  },
};

/**
 * @param {string | undefined} name
 * @param {any} answer
 */
function publishedSentence(name, { outcome, version, supergraph }) {
  if (outcome === 'SERVED') return `${name}@${version} is served, with supergraph ${supergraph}.\n`;
  if (outcome === 'UNCHANGED') return `${name}@${version} is this schema, and is served.\n`;
  return `${name}@${version} is stored and not served: its check failed.\n`;
}
