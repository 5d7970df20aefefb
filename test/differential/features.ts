// Counts what the drawn supergraphs and cases have: a feature that never occurs is not tested.
import type { Case } from './cases.ts';
import type { Composed } from './compose-models.ts';
import type { Model } from './model.ts';

const IN_SDL: Readonly<Record<string, RegExp>> = {
  'a simple key': /@key\(fields: "\w+"/,
  'a compound key': /@key\(fields: "\w+ \w+"/,
  'a nested key': /@key\(fields: "\w+ \{/,
  'a key with another entity in it': /@key\(fields: "owner/,
  'several keys': /@key[^{]*@key/,
  'a key that is not resolvable': /resolvable: false/,
  '@requires': /@requires/,
  '@requires of a nested selection': /@requires\(fields: "[^"\\]*\{/,
  '@requires of a field with arguments': /@requires\(fields: "[^"]*\(/,
  '@provides': /@provides/,
  '@external': /@external/,
  '@shareable': /@shareable/,
  '@override': /@override/,
  '@interfaceObject': /@interfaceObject/,
  '@requires on an @interfaceObject': /@interfaceObject \{[^}]*@requires/,
  '@inaccessible': /@inaccessible/,
  'an inaccessible key': /\b(?:id|code|num|region|place): .*@inaccessible/,
  'an interface': /^interface /m,
  'an interface that is an entity': /^interface \w+ @key/m,
  'a union': /^union /m,
  'an enum': /^enum /m,
  'an input object': /^input /m,
  'a default of an argument': /\([^)]* = /,
  'a list in a list': /\[\[/,
  'a list of non-null items': /!\]/,
  mutations: /^type Mutation/m,
};

const IN_DOCUMENTS: Readonly<Record<string, RegExp>> = {
  'an alias': /\w+: \w+(?:\(| |$)/,
  'an alias that equals a key': /\b(?:id|code|num|region|place|owner): (?!id\b)\w+/,
  'the alias __typename': /__typename: /,
  'the alias __proto__': /__proto__: /,
  __typename: /__typename/,
  'a named fragment': /\.\.\.F\d/,
  'a fragment that is spread twice': /(\.\.\.F\d+).*\1/,
  'an inline fragment with a type': /\.\.\. on /,
  'an inline fragment without a type': /\.\.\.(?: @[^{]*)? \{/,
  '@skip': /@skip/,
  '@include': /@include/,
  'a variable': /\$/,
  'a variable with a default': /\$\w+: \w+ = /,
  'a variable named representations': /\$representations/,
  'a mutation': /^mutation/,
};

export type Counts = Record<string, number>;

export function countSupergraph({ model, sdls }: Composed, counts: Counts): void {
  const declared = Object.values(sdls).map((sdl) => sdl.slice(sdl.indexOf('\n'))); // the first line imports all directives
  for (const [feature, pattern] of Object.entries(IN_SDL)) {
    count(
      counts,
      feature,
      declared.some((sdl) => pattern.test(sdl)),
    );
  }
  count(counts, 'two @requires of a field with other arguments', requiresTwice(model));
}

export function countCase({ document, world }: Case, counts: Counts): void {
  for (const [feature, pattern] of Object.entries(IN_DOCUMENTS)) count(counts, feature, pattern.test(document));
  for (const kind of ['null', 'error', 'hole'] as const) {
    count(
      counts,
      `a planted ${kind}`,
      world.faults.some((fault) => fault.kind === kind),
    );
  }
  count(counts, 'a subgraph that is away', world.away.length > 0);
  count(counts, 'an entity that a subgraph misses', world.missing.length > 0);
}

function count(counts: Counts, feature: string, has: boolean): void {
  counts[feature] = (counts[feature] ?? 0) + Number(has);
}

function requiresTwice({ objects }: Model): boolean {
  return [...objects.values()].some(({ fields }) => {
    const calls = new Set<string>();
    for (const served of [...fields.values()].flatMap((field) => Object.values(field.served))) {
      if (served.as !== 'required') continue;
      for (const call of served.requires.match(/\w+(?:\([^)]*\))?/g) ?? []) calls.add(call);
    }
    const names = new Set([...calls].map((call) => call.replace(/\(.*/, '')));
    return calls.size > names.size;
  });
}
