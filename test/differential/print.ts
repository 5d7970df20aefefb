// Prints each subgraph of a model as SDL.
import type { Argument, Field, Model, ObjectModel, Served, Signature } from './model.ts';
import { known } from './random.ts';

const DIRECTIVES = ['key', 'external', 'requires', 'provides', 'shareable', 'override', 'interfaceObject', 'inaccessible']; // prettier-ignore
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${DIRECTIVES.map((name) => `"@${name}"`).join(', ')}])`;

/** The SDL of every subgraph, by its name. */
export const printSubgraphs = (model: Model): Record<string, string> =>
  Object.fromEntries(model.subgraphs.map((subgraph) => [subgraph, printSubgraph(model, subgraph)]));

function printSubgraph(model: Model, subgraph: string): string {
  const types = [
    ...[...model.objects.values()]
      .filter((each) => each.subgraphs.has(subgraph))
      .map((each) => objectIn(model, each, subgraph)),
    ...interfacesIn(model, subgraph),
    ...[...model.unions.values()].flatMap(({ name, declared }) => {
      const members = declared[subgraph];
      return members ? [`union ${name} = ${members.join(' | ')}`] : [];
    }),
  ];
  const uses = (name: string, text: string) => new RegExp(`\\b${name}\\b`).test(text);
  const inputs = [...model.inputs.values()]
    .filter(({ name }) => uses(name, types.join()))
    .map(({ name, fields }) => block(`input ${name}`, fields.map(argument)));
  const text = [...types, ...inputs].join('\n');
  const enums = [...model.enums.values()]
    .filter(({ name }) => uses(name, text))
    .map(({ name, values, hidden }) =>
      block(`enum ${name}`, [...values, ...hidden.map((value) => `${value} @inaccessible`)]),
    );
  return [LINK, ...(uses('Json', text) ? ['scalar Json'] : []), text, ...enums].join('\n');
}

function objectIn(model: Model, { kind, name, keys, fields }: ObjectModel, subgraph: string): string {
  const known = [...fields.values()].filter((field) => field.served[subgraph]);
  const implemented = [...model.interfaces.values()]
    .filter(({ declared }) => declared[subgraph]?.members.includes(name))
    .map((each) => each.name);
  const of = implemented.length ? ` implements ${implemented.join(' & ')}` : '';
  const keyed = (keys[subgraph] ?? []).map(keyOf).join('');
  return block(
    `type ${name}${of}${keyed}`,
    known.map((field) => fieldIn(field, subgraph, kind === 'value')),
  );
}

const keyOf = (key: { fields: string; isResolvable: boolean }): string =>
  ` @key(fields: "${key.fields}"${key.isResolvable ? '' : ', resolvable: false'})`;

function interfacesIn(model: Model, subgraph: string): string[] {
  return [...model.interfaces.values()].flatMap(({ name, key, fields, declared, objects, added }) => {
    const keyed = key === undefined ? '' : keyOf({ fields: key, isResolvable: true });
    if (objects.has(subgraph)) {
      const own = [...added.values()].filter((field) => field.served[subgraph]);
      return [block(`type ${name}${keyed} @interfaceObject`, ['id: ID!', ...own.map((field) => fieldIn(field, subgraph, false))])]; // prettier-ignore
    }
    const here = declared[subgraph];
    return here
      ? [
          block(
            `interface ${name}${keyed}`,
            here.fields.map((field) => signature(known(fields, field))),
          ),
        ]
      : [];
  });
}

const block = (head: string, lines: readonly string[]): string =>
  `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;

const argument = ({ name, type, default: given, isHidden }: Argument): string =>
  `${name}: ${type}${given === undefined ? '' : ` = ${given}`}${isHidden ? ' @inaccessible' : ''}`;

const signature = ({ name, type, args }: Signature): string =>
  `${name}${args.length ? `(${args.map(argument).join(', ')})` : ''}: ${type}`;

function fieldIn(field: Field, subgraph: string, isValue: boolean): string {
  const served = known(field.served, subgraph);
  const resolving = Object.values(field.served).filter(({ as }) => as === 'resolved' || as === 'required');
  const hidden = field.isHidden && served.as !== 'external' ? ' @inaccessible' : '';
  return `${signature(field)}${directives(served, isValue || resolving.length > 1)}${hidden}`;
}

function directives(served: Served, isShared: boolean): string {
  if (served.as === 'external') return ' @external';
  if (served.as === 'required') return ` @requires(fields: ${JSON.stringify(served.requires)})`;
  if (served.as === 'overridden') return '';
  const shareable = isShared || served.isShareable ? ' @shareable' : '';
  const provides = served.provides === undefined ? '' : ` @provides(fields: "${served.provides}")`;
  const override = served.overrides === undefined ? '' : ` @override(from: "${served.overrides}")`;
  return `${shareable}${provides}${override}`;
}
