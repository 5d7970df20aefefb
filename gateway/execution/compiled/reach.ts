// The objects at a path of a plan.
import type { Path } from '../paths.ts';
import type { Data } from './run-state.ts';

/** Response names, and `@` for each item of a list. */
export type PlanPath = readonly string[];

export const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What JSON gave: objects inherit functions, which JSON cannot give, and `__proto__`, which no plan selects. */
export function own(object: Data, name: string): unknown {
  const value = object[name];
  return typeof value === 'function' ? undefined : value;
}

/** The objects at the path, from `i` on; nulls and values of another shape are left out. */
export function reach(value: unknown, path: PlanPath, found: Data[] = [], i = 0): Data[] {
  const step = path[i];
  if (step === undefined) {
    if (isObject(value)) found.push(value);
  } else if (step === '@') {
    if (Array.isArray(value)) for (const each of value) reach(each, path, found, i + 1);
  } else if (isObject(value)) {
    reach(own(value, step), path, found, i + 1);
  }
  return found;
}

/** The paths of the same objects, in the same order. */
export function pathsOf(value: unknown, path: PlanPath, here: Path = [], i = 0): Path[] {
  const step = path[i];
  if (step === undefined) return isObject(value) ? [here] : [];
  if (step === '@')
    return Array.isArray(value) ? value.flatMap((each, at) => pathsOf(each, path, [...here, at], i + 1)) : [];
  return isObject(value) ? pathsOf(own(value, step), path, [...here, step], i + 1) : [];
}
