// Runs a case, names what is wrong, and reports what has no name in its smallest form.
import { parse } from 'graphql';
import { format } from 'node:util';
import type { Case } from './cases.ts';
import { differences } from './compare.ts';
import type { Named, Wrong } from './named.ts';
import type { Difference } from './difference.ts';
import { type Answer, type Call, errorsOf, type Run } from './executor.ts';
import { reachable, shrink } from './shrink.ts';

export interface Executor {
  run: Run;
  /** The differences that are known. */
  named: readonly Named[];
}

export interface Verdict {
  answer: Answer;
  differences: readonly Difference[];
  /** The known differences that the case shows; empty where the answer is right or wrong in an unknown way. */
  sentence?: string;
}

/** An answer without differences is right; one with a sentence is wrong in a known way. */
export async function judge(executor: Executor, asked: Case, around?: (call: Call) => Call): Promise<Verdict> {
  const { answer, differences: found } = await answered(executor.run, asked, around);
  if (!found.length) return { answer, differences: found };
  const sentence = await nameOf(executor, { asked, answer, differences: found });
  return { answer, differences: found, ...(sentence !== undefined && { sentence }) };
}

async function answered(run: Run, asked: Case, around = (call: Call) => call): Promise<Wrong> {
  const { composed, subgraphs } = asked.opened;
  const call = around(subgraphs.over(asked.world));
  const answer = await run(composed.supergraphSdl, call, asked.document, asked.variables).catch(thrownAs);
  return { asked, answer, differences: await differences(asked, answer) };
}

/** An executor that throws has no data. */
const thrownAs = (thrown: unknown): Answer => ({ data: null, errors: [{ message: `thrown: ${format(thrown)}` }] });

/** The sentences of the known differences that the answer has, as few as explain it; undefined if they do not. */
async function nameOf({ run, named }: Executor, wrong: Wrong): Promise<string | undefined> {
  const shown = (here: Wrong, isLast = false) =>
    named.find((each) => 'applies' in each && (each.isLast ?? false) === isLast && each.applies(here))?.sentence;
  const first = shown(wrong);
  if (first !== undefined) return first;
  const changes = named.flatMap((each) => ('without' in each ? [each] : []));
  for (const chosen of subsets(changes)) {
    let asked = wrong.asked;
    const around: ((call: Call) => Call)[] = [];
    for (const { without } of chosen) {
      const change = without(asked);
      asked = change.asked ?? asked;
      if (change.around) around.push(change.around);
    }
    const here = await answered(run, asked, (call) => around.reduce((inner, each) => each(inner), call));
    const left = here.differences.length ? shown(here) : '';
    if (left !== undefined) return [...chosen.map(({ sentence }) => sentence), left].filter(Boolean).join('; ');
  }
  return shown(wrong, true);
}

/** All subsets but the empty one, the small ones first. */
const subsets = <T>(items: readonly T[]): T[][] =>
  items
    .reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])
    .filter((set) => set.length)
    .toSorted((a, b) => a.length - b.length);

/** The smallest form of a case that is wrong in an unknown way, with all that it needs to be understood. */
export async function report(executor: Executor, failing: Case): Promise<string> {
  const smallest = await shrink(failing, async (smaller) => {
    const { differences: found, sentence } = await judge(executor, smaller);
    return found.length > 0 && sentence === undefined;
  });
  const asked: string[] = [];
  const verdict = await judge(executor, smallest, (call) => async (subgraph, request) => {
    const reply = await call(subgraph, request).catch((thrown: unknown) => ({ errors: [{ message: format(thrown) }] }));
    asked.push(`${subgraph} <- ${request.query} ${JSON.stringify(request.variables)}\n  -> ${JSON.stringify(reply)}`);
    return reply;
  });
  const { opened, world, document, variables } = smallest;
  const expected = await opened.oracle.answer(parse(document), variables, world);
  const { faults, away, missing } = world;
  return [
    `case ${failing.seed}: ${verdict.differences.map(({ kind, at }) => `${kind} at ${at}`).join('; ')}`,
    `operation: ${document}`,
    `variables: ${JSON.stringify(variables)}`,
    `expected: ${JSON.stringify(expected.data)} ${JSON.stringify(errorsOf(expected))}`,
    `answered: ${JSON.stringify(verdict.answer.data)} ${JSON.stringify(errorsOf(verdict.answer))}`,
    `faults: ${JSON.stringify({ faults, away, missing })}`,
    ...asked,
    ...reachable(world).map(({ name, values }) => `${name}: ${JSON.stringify(values)}`),
    ...Object.entries(opened.composed.sdls).map(([name, sdl]) => `--- ${name}\n${sdl}`),
  ].join('\n');
}
