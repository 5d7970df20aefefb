// The verbs about what gateways serve.
import { wholeNumber } from './inputs.js';
import { findingLines, table } from './print.js';

const text = /** @type {const} */ ({ type: 'string' });
const flag = /** @type {const} */ ({ type: 'boolean' });

const MOST_APPROVED = 100; // changes at once: a deletion removes each field

/** @type {Readonly<Record<string, import('./verbs.js').Verb>>} */
export const supergraphVerbs = {
  'supergraph history': {
    usage: '',
    does: 'lists what was served, and which gateways serve it now',
    names: [0, 0],
    options: {},
    async run({ ask, print }) {
      const answer = await ask('GET', '/supergraph/versions');
      const rows = answer.versions.map((/** @type {any} */ each) => [
        ...[each.version, each.cause, each.servedAt, each.servedBy, `${each.gateways} of ${answer.gateways}`],
        each.failedAt ? `${each.failedAt} could not load it` : (each.reason ?? ''),
      ]);
      print(answer, () => table(['version', 'cause', 'served', 'by', 'gateways', ''], rows));
    },
  },

  'supergraph diff': {
    usage: 'A B',
    does: 'tells what changed for clients from one version to another',
    names: [2, 2],
    options: {},
    async run({ names: [from, to], ask, print }) {
      const answer = await ask('GET', `/supergraph/diff/${from}/${to}`);
      print(answer, () => `${[...answer.changes, `${answer.changes.length} changes.`].join('\n')}\n`);
    },
  },

  'supergraph fetch': {
    usage: '[VERSION] [--client]',
    does: 'prints a supergraph, or with --client the schema that clients see; the served one without a version',
    names: [0, 1],
    options: { client: flag },
    async run({ names: [version = 'latest'], options: { client }, ask, print }) {
      const answer = await ask('GET', `/supergraph/versions/${encodeURIComponent(version)}`);
      print(answer, () => `${(client ? answer.apiSdl : answer.supergraphSdl).trimEnd()}\n`);
    },
  },

  'supergraph rollback': {
    usage: '[VERSION] [--force --reason R]',
    does: 'serves an earlier version again, as a new one; the last good one without a version (operators)',
    names: [0, 1],
    options: { force: flag, reason: text },
    async run({ names: [version], options: { force = false, reason }, ask, print }) {
      const answer = await ask('POST', '/supergraph/rollback', {
        ...{ force, ...(reason && { reason }) },
        ...(version && { version: wholeNumber('VERSION', version) }),
      });
      const lines = findingLines(answer.findings);
      print(answer, () => [...lines, `Supergraph ${answer.supergraph} is served.\n`].join('\n'));
    },
  },

  approve: {
    usage: 'CHANGE... --reason R --days N',
    does: 'lets breaking changes pass their check, by the hashes that the check printed (operators)',
    names: [1, MOST_APPROVED],
    options: { reason: text, days: text },
    async run({ names, options: { reason = '', days = '' }, ask, print }) {
      const body = { reason, days: wholeNumber('--days', days) };
      /** @type {any[]} */
      const approvals = [];
      for (const change of names) approvals.push(await ask('POST', '/approvals', { ...body, change }));
      print({ approvals }, () =>
        approvals.map(({ change, expiresAt }) => `${change} is approved until ${expiresAt.slice(0, 10)}.\n`).join(''),
      );
    },
  },
};
