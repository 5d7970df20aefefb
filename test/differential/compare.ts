// Compares an answer with the oracle's: data with the order of its keys, and what its errors explain.
import { parse } from 'graphql';
import { type Case, isRequired } from './cases.ts';
import { losses } from './losses.ts';
import { type Difference, isRelated } from './difference.ts';
import type { Answer, Path } from './executor.ts';

/** What is wrong with an answer to a case; nothing if it is right. */
export async function differences(asked: Case, actual: Answer): Promise<Difference[]> {
  const { opened, world, variables } = asked;
  if (world.away.length || world.missing.length) return losses(asked, actual);
  const expected = await opened.oracle.answer(parse(asked.document), variables, world);
  if (JSON.stringify(expected.data) !== JSON.stringify(actual.data)) {
    return [firstDifference(expected.data, actual.data, []) ?? { kind: 'other order of keys', at: '' }];
  }
  return errorsIn(asked, expected, actual);
}

/** Every error of the oracle is in the answer, and no other. */
function errorsIn({ opened, world }: Case, expected: Answer, actual: Answer): Difference[] {
  const nulls = expected.errors.map(({ path = [] }) => nullAbove(expected.data, path));
  const given = actual.errors.map(({ path = [] }) => path);
  // a required field that the client did not select has no place in the answer
  const mayBeHidden = world.faults.some(({ thing, field }) =>
    isRequired(opened.composed.model, world.things[thing]?.type ?? '', field),
  );
  const unexplained = nulls.filter((path) => !given.some((each) => isRelated(each, path)));
  const unfounded = mayBeHidden ? [] : given.filter((path) => !nulls.some((each) => isRelated(path, each)));
  return [
    ...unexplained.map((path) => ({ kind: 'null without an error', at: path.join('.') }) as const),
    ...unfounded.map((path) => ({ kind: 'error without a null', at: path.join('.') }) as const),
  ];
}

/** The path of the null in which an error ended. */
function nullAbove(data: unknown, path: Path): Path {
  let here: unknown = data;
  for (const [i, step] of path.entries()) {
    if (here === null || here === undefined) return path.slice(0, i);
    here = (here as Record<string | number, unknown>)[step];
  }
  return path;
}

/** Where two values differ; undefined if only the order of keys does. */
function firstDifference(right: unknown, given: unknown, path: Path): Difference | undefined {
  if (Object.is(right, given)) return undefined;
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!isObject(right) || !isObject(given) || Array.isArray(right) !== Array.isArray(given))
    return { kind: 'other data', at: path.join('.') || '(data)', expected: right, given };
  for (const key of new Set([...Object.keys(right), ...Object.keys(given)])) {
    const found = firstDifference(right[key], given[key], [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
