// Changes of a case that take one kind of fault away and nothing else.
import { type DirectiveNode, Kind, parse, print, type SelectionNode, visit } from 'graphql';
import type { Case } from './cases.ts';
import type { Call } from './executor.ts';
import { withoutUnused } from './shrink.ts';

/** Removes the names of interfaces from entities that subgraphs reply. */
export const withoutInterfaceNames =
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

/** The case without `@skip` and `@include`, and without what they leave out. */
export function withoutConditions(asked: Case): Case {
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
export const withTypeNames = (asked: Case): Case => ({
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

/** The case with aliases and variables that nothing else uses. */
export function withHarmlessNames(asked: Case): Case {
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
