// The rewrites that a plan applies to what a fetch sends and receives.
import type { FetchDataRewrite } from '@apollo/query-planner';
import { isObject } from './reach.ts';
import type { Data } from './run-state.ts';
import type { Types } from './possible-types.ts';

/** Changes an object in place. */
export type Rewrite = (value: unknown) => void;

const ON = '... on ';

/** All rewrites of a fetch as one; undefined if it has none. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, types: Types): Rewrite | undefined {
  if (!rewrites?.length) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (value) => {
    for (const rewrite of all) rewrite(value);
  };
}

/**
 * The response name that the rewrites give a field of the reply: a plan names fields of one name but different types
 * apart, as in `x__alias_0`.
 */
export function renamedBy(rewrites: readonly FetchDataRewrite[] = []): (name: string) => string {
  const names = new Map(
    rewrites.flatMap((each): [string, string][] =>
      each.kind === 'KeyRenamer' ? [[each.path.at(-1) ?? '', each.renameKeyTo]] : [],
    ),
  );
  return (name) => names.get(name) ?? name;
}

function compileRewrite(rewrite: FetchDataRewrite, types: Types): Rewrite {
  const name = rewrite.path.at(-1) ?? '';
  const change = (object: Data): void => {
    if (rewrite.kind === 'ValueSetter') object[name] = rewrite.setValueTo;
    else if (object[name] !== undefined) {
      object[rewrite.renameKeyTo] = object[name];
      object[name] = undefined;
    }
  };
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>((below, step) => {
    if (!step.startsWith(ON)) return onEach((object) => below(object[step]));
    const possible = types.possible(step.slice(ON.length));
    // an object that does not state its type is treated as if it had the type
    return onEach((object) => {
      const typeName = object['__typename'];
      if (typeof typeName !== 'string' || possible.has(typeName)) below(object);
    });
  }, onEach(change));
}

const onEach =
  (change: (object: Data) => void): Rewrite =>
  (value) => {
    if (Array.isArray(value)) for (const each of value) onEach(change)(each);
    else if (isObject(value)) change(value);
  };
