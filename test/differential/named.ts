// Known differences of Apollo's planner and executor from the oracle, each with a predicate and a sentence.
import {
  type DirectiveNode,
  type DocumentNode,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Case } from './cases.ts';
import { fieldOf, type Model, nameIn } from './model.ts';
import { fetchesOf, hasPlan } from './plan.ts';
import { withoutUnused } from './shrink.ts';
import type { Difference } from './difference.ts';
import type { Answer, Call } from './executor.ts';
import { setOf } from './field-sets.ts';

/** A wrong answer. */
export interface Wrong {
  asked: Case;
  answer: Answer;
  differences: readonly Difference[];
}

/** A known difference: either a predicate shows it, or a change of the case without which the answer would be right. */
export type Named = { sentence: string } & (
  | { applies(wrong: Wrong): boolean; isLast?: true }
  | { without(asked: Case): { asked?: Case; around?: (call: Call) => Call } }
);

/** Faults of the query planner: every executor of its plans has them. */
export const ofPlanner: readonly Named[] = [
  {
    sentence: 'the planner has no plan',
    applies: ({ asked }) => !hasPlan(asked.opened.composed.supergraphSdl, asked.document),
  },
  {
    sentence: 'fields require the same field with other arguments',
    applies: ({ asked }) => requiresOneFieldTwice(asked),
  },
  {
    sentence: 'the plan asks a subgraph for a field that it does not resolve there',
    applies: ({ answer }) =>
      answer.errors.some(({ message = '' }) =>
        /^\w+: \S+ is external$|^required fields are missing in null$/.test(message),
      ),
  },
  {
    sentence: 'the plan does mutations in another order',
    applies: ({ asked, differences: found }) =>
      asked.document.trim().startsWith('mutation') &&
      found.every(({ at, expected, given }) => !at.includes('.') && areMutations(expected, given)),
  },
  {
    sentence: 'the plan does not fetch a field that the client selected',
    isLast: true, // the client may select what no object has
    applies: (wrong) => isNotFetched(wrong),
  },
  {
    sentence: 'a skipped field takes others of its fetch with it',
    without: (asked) => ({ asked: withoutConditions(asked) }),
  },
];

/** Choices of the gateway's executor, and the faults of the planner. */
export const ofCompiled: readonly Named[] = [
  {
    sentence: 'the null of a mutation has an error',
    applies: ({ asked, differences: found }) =>
      asked.document.trim().startsWith('mutation') &&
      found.every(({ kind, at }) => kind === 'error without a null' && !at.includes('.')),
  },
  {
    sentence: 'an entity that does not exist is null without an error, where a null is allowed',
    applies: ({ asked, differences: found }) =>
      asked.world.missing.length > 0 && found.every(({ kind }) => kind === 'null without an error'),
  },
  ...ofPlanner,
];

/** Faults of Apollo's executor, and of the planner. */
export const ofApollo: readonly Named[] = [
  {
    sentence: 'merged fields are answered in another order',
    applies: ({ differences: found }) => found.every(({ kind }) => kind === 'other order of keys'),
  },
  {
    sentence: 'a null in a non-null position has no error',
    applies: ({ asked, differences: found }) =>
      asked.world.missing.length > 0 && found.every(({ kind }) => kind === 'null without an error'),
  },
  {
    sentence: 'a value that the plan renames is lost if it is false, 0 or empty',
    applies: ({ asked, differences: found }) =>
      found.every(
        ({ expected, given }) => (expected === false || expected === 0 || expected === '') && given === null,
      ) && fetchesOf(asked.opened.composed.supergraphSdl, asked.document).some((text) => text.includes('__alias_')),
  },
  {
    sentence: 'the type of an interface counts, where that of its member is never null',
    applies: ({ asked }) => hasStricterMember(asked),
  },
  {
    sentence: 'the path of an error in a list counts only the objects that were fetched',
    applies: ({ asked, answer, differences: found }) =>
      asked.world.faults.length > 0 &&
      answer.errors.length > 0 &&
      found.every(({ kind }) => kind === 'error without a null' || kind === 'null without an error'),
  },
  {
    sentence: 'required fields below a list in a list are sent as null',
    applies: ({ asked }) => requiresBelowNestedLists(asked),
  },
  {
    sentence: 'of a list in a list from two subgraphs only one is answered',
    applies: ({ asked }) => hasSharedNestedList(asked),
  },
  {
    sentence: 'a response name equals a field that the plan adds, or means two fields',
    without: (asked) => ({ asked: withHarmlessNames(asked) }),
  },
  ...ofPlanner,
  {
    sentence: 'an interface that is one object in a subgraph replaces a type name that is known already',
    without: (asked) => ({ around: withoutInterfaceNames(asked) }),
  },
  {
    sentence: 'a fragment inside a fragment is left out, as the plan fetches no type name',
    without: (asked) => ({ asked: withTypeNames(asked) }),
  },
];

/** Removes the names of interfaces from entities that subgraphs reply. */
const withoutInterfaceNames =
  ({ opened }: Case) =>
  (call: Call): Call => {
    const { interfaces } = opened.composed.model;
    return async (subgraph, request) => {
      const reply = await call(subgraph, request);
      const entities = (reply.data as { _entities?: (Record<string, unknown> | null)[] } | undefined)?._entities;
      for (const entity of entities ?? []) {
        if (interfaces.has(String(entity?.['__typename']))) delete entity?.['__typename'];
      }
      return reply;
    };
  };

/** Whether the numbers of two mutations differ only by how many were before. */
const areMutations = (one: unknown, other: unknown): boolean =>
  typeof one === 'number' && typeof other === 'number' && (one - other) % 10_000 === 0;

/** The case without `@skip` and `@include`, and without what they leave out. */
function withoutConditions(asked: Case): Case {
  const document = parse(asked.document);
  const values = new Map(Object.entries(asked.variables));
  visit(document, {
    VariableDefinition({ variable, defaultValue }) {
      const name = variable.name.value;
      if (defaultValue?.kind === Kind.BOOLEAN && !values.has(name)) values.set(name, defaultValue.value);
    },
  });
  const holds = ({ arguments: [given] = [] }: DirectiveNode): boolean =>
    given?.value.kind === Kind.VARIABLE
      ? values.get(given.value.name.value) === true
      : given?.value.kind === Kind.BOOLEAN && given.value.value;
  const bare = <T extends SelectionNode>(node: T): T | null =>
    node.directives?.every((each) => holds(each) === (each.name.value === 'include'))
      ? { ...node, directives: [] }
      : null;
  const left = visit(document, {
    Field: bare,
    FragmentSpread: bare,
    InlineFragment: bare,
  });
  const name = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  const whole = visit(left, {
    SelectionSet: (node) => (node.selections.length ? undefined : { ...node, selections: [name] }),
  });
  return { ...asked, document: print(withoutUnused(whole)) };
}

/** The case with `__typename` in every selection. */
const withTypeNames = (asked: Case): Case => ({
  ...asked,
  document: print(
    visit(parse(asked.document), {
      SelectionSet: (node) => ({
        ...node,
        selections: [...node.selections, { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
      }),
    }),
  ),
});

/** Whether a null fails at a selected field whose type an interface declares nullable, and a member never null. */
function hasStricterMember({ opened, document, world }: Case): boolean {
  const { interfaces, objects } = opened.composed.model;
  const names = new Set([
    ...world.faults.map(({ field }) => field),
    ...selected(opened.oracle.schema, parse(document)).map(([, name]) => name),
  ]);
  return (
    world.faults.length + world.away.length + world.missing.length > 0 &&
    [...interfaces.values()].some(({ fields, members }) =>
      [...fields.values()].some(
        ({ name, type }) =>
          names.has(name) &&
          !type.endsWith('!') &&
          members.some((member) => objects.get(member)?.fields.get(name)?.type.endsWith('!')),
      ),
    )
  );
}

/** Whether several subgraphs resolve a selected list in a list of objects. */
function hasSharedNestedList({ opened, document }: Case): boolean {
  const { schema } = opened.oracle;
  return selected(schema, parse(document)).some(([type, name]) => {
    const field = fieldOf(opened.composed.model, type, name);
    if (!field?.type.startsWith('[[') || !isCompositeType(schema.getType(nameIn(field.type)))) return false;
    return Object.values(field.served).filter(({ as }) => as === 'resolved').length > 1;
  });
}

/** Whether a selected field is in no fetch of the plan. */
function isNotFetched({ asked }: Wrong): boolean {
  const texts = fetchesOf(asked.opened.composed.supergraphSdl, asked.document).join(' ');
  const names = selected(asked.opened.oracle.schema, parse(asked.document)).map(([, name]) => name);
  return names.some((name) => name !== '__typename' && !new RegExp(String.raw`\b${name}\b`).test(texts));
}

function requiresBelowNestedLists({ opened, document }: Case): boolean {
  const { model } = opened.composed;
  return requiredBy(model, selected(opened.oracle.schema, parse(document))).some(([type, requires]) =>
    setOf(requires).selections.some(
      (part) =>
        part.kind === Kind.FIELD && part.selectionSet && fieldOf(model, type, part.name.value)?.type.startsWith('[['),
    ),
  );
}

/** The case with aliases and variables that nothing else uses. */
function withHarmlessNames(asked: Case): Case {
  const aliases = new Map<string, string>();
  const nameOf = (variable: string): string => (variable === 'representations' ? 'harmless' : variable);
  const document = visit(parse(asked.document), {
    Field(field) {
      const client = (field.alias ?? field.name).value;
      if (client === '__typename' && field.name.value === client) return undefined;
      const key = [client, field.name.value, ...(field.arguments ?? []).map(print)].join(' ');
      const alias = aliases.get(key) ?? `harmless${aliases.size}`;
      aliases.set(key, alias);
      return { ...field, alias: { kind: Kind.NAME, value: alias } };
    },
    Variable: (node) => ({ ...node, name: { kind: Kind.NAME, value: nameOf(node.name.value) } }),
  });
  const variables = Object.fromEntries(Object.entries(asked.variables).map(([name, value]) => [nameOf(name), value]));
  return { ...asked, document: print(document), variables };
}

/** Whether fields of the document require the same field of one type with other arguments. */
function requiresOneFieldTwice({ opened, document }: Case): boolean {
  const { model } = opened.composed;
  const calls = new Map<string, Set<string>>();
  for (const [type, requires] of requiredBy(model, selected(opened.oracle.schema, parse(document)))) {
    for (const part of setOf(requires).selections) {
      if (part.kind !== Kind.FIELD) continue;
      const at = `${type}.${part.name.value}`;
      calls.set(at, (calls.get(at) ?? new Set()).add((part.arguments ?? []).map(print).join()));
    }
  }
  return [...calls.values()].some(({ size }) => size > 1);
}

/** `[Type, field set]` of all that the fields require, also of what these require. */
function requiredBy(model: Model, coordinates: readonly (readonly [string, string])[]): [string, string][] {
  const found = new Map<string, [string, string]>();
  const add = (type: string, name: string): void => {
    const served = Object.values(fieldOf(model, type, name)?.served ?? {});
    for (const each of served) {
      if (each.as !== 'required' || found.has(`${type} ${each.requires}`)) continue;
      found.set(`${type} ${each.requires}`, [type, each.requires]);
      for (const part of setOf(each.requires).selections) if (part.kind === Kind.FIELD) add(type, part.name.value);
    }
  };
  for (const [type, name] of coordinates) add(type, name);
  return [...found.values()];
}

/** The object types and fields that a document selects. */
function selected(schema: Case['opened']['oracle']['schema'], document: DocumentNode): [string, string][] {
  const info = new TypeInfo(schema);
  const found: [string, string][] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const parent = info.getParentType();
        if (!parent) return;
        const types = isObjectType(parent) ? [parent] : schema.getPossibleTypes(parent);
        for (const each of types) found.push([getNamedType(each).name, name.value]);
      },
    }),
  );
  return found;
}
