// What the command prints: tables for people, findings, annotations for pull requests.

/** @typedef {{ code: string, severity: string, subgraph: string, line: number | null, column: number | null, message: string,
 *   advice: string, change: string | null, isApproved: boolean,
 *   operations: { name: string, client: string, clientVersion: string, count: number, lastSeen: string | null, isPushed: boolean }[]
 * }} Finding */

/** Escapes what could change a terminal: the texts come from schemas of other teams. */
export const printable = (/** @type {string} */ text) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (one) =>
    one === '\n' || one === '\t' ? one : `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/**
 * Rows under headings, in columns.
 *
 * @param {readonly string[]} headings
 * @param {readonly (readonly unknown[])[]} rows
 */
export function table(headings, rows) {
  const texts = [headings, ...rows.map((row) => row.map((cell) => printable(cell === null ? '-' : String(cell))))];
  const widths = headings.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)));
  const lines = texts.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** A line a finding, and what to do about it. */
export const findingLines = (/** @type {readonly Finding[]} */ findings) =>
  findings.flatMap((/** @type {Finding} */ each) => {
    const { severity, code, subgraph, line, column, message, advice, change, isApproved, operations } = each;
    const place = line === null ? subgraph : `${subgraph}:${line}:${column ?? 1}`;
    const state = isApproved ? `${severity}, approved` : severity;
    const todo = severity === 'SAFE' ? '' : advice;
    const used = operations.map((operation) => `    used by ${usedBy(operation)}`);
    const approve = change && severity === 'BREAKING' && !isApproved ? [`    to approve: ${change}`] : [];
    return [`${state} ${code} ${place}: ${message}`, ...(todo ? [`    ${todo}`] : []), ...used, ...approve].map(
      printable,
    );
  });

/** @param {Finding['operations'][number]} operation */
function usedBy({ name, client, clientVersion, count, lastSeen, isPushed }) {
  const who = [client || 'an unnamed client', clientVersion].filter(Boolean).join(' ');
  const when = lastSeen ? `, ${count === 1 ? 'once' : `${count} times`}, last ${lastSeen}` : '';
  return `${name || 'an operation without a name'} of ${who}${isPushed ? ' (pushed)' : ''}${when}`;
}

const LEVELS = /** @type {Readonly<Record<string, string>>} */ ({
  ERROR: 'error',
  BREAKING: 'error',
  DANGEROUS: 'warning',
  WARNING: 'warning',
});

/**
 * The findings as workflow commands, which pull requests show beside the lines.
 *
 * @param {readonly Finding[]} findings
 * @param {string} file
 */
export const annotations = (findings, file) =>
  findings.flatMap(({ severity, code, line, column, message, advice, isApproved }) => {
    const level = isApproved ? 'notice' : LEVELS[severity];
    if (!level) return [];
    const place = line === null ? '' : `,line=${line},col=${column ?? 1}`;
    const text = `${message} ${advice}`.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    return [`::${level} file=${file}${place},title=${code}::${printable(text)}`];
  });
