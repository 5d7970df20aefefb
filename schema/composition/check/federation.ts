// How an SDL uses federation: by @link to a version that this gateway knows, with directives that it can enforce.
import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Finding } from './finding.ts';
import { found, placeIn } from './found.ts';

const NEWEST_MINOR = 9; // of federation 2, by the composition and the gateway in package.json

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.${NEWEST_MINOR}", import: ["@key", "@shareable"])`;

/** What to use instead of directives of federation that the gateway does not support. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['authenticated', 'Use @access(to: "account").'],
  ['requiresScopes', 'Use @access(scopes: [...]).'],
  ['policy', 'Use @access(roles: [...]) or @access(scopes: [...]).'],
  ['context', 'Pass the value as an argument, or use @requires.'],
  ['fromContext', 'Pass the value as an argument, or use @requires.'],
]);

interface Named {
  name: string;
  document: DocumentNode;
}

/** An element that @link imports, and the name that it gets. */
interface Import {
  element: string;
  as: string;
  node: ConstValueNode;
}

/** Whether and how the SDL links to federation, and its use of directives that the gateway does not support. */
export function federationFindings({ name, document }: Named): Finding[] {
  const link = federationLinkIn(document);
  if (!link) return [oldFederation(name, document)];
  const [, major, minor] = VERSION.exec(urlOf(link)) ?? [];
  if (major !== '2' || Number(minor) > NEWEST_MINOR) {
    const message = `${urlOf(link)} is not supported: at most federation v2.${NEWEST_MINOR}.`;
    return [found('ERROR', 'FEDERATION_VERSION', placeIn(name, link), message, `Write ${LINK}`)];
  }
  const imports = importsOf(link);
  return [
    ...imports.flatMap((each) => renamed(name, each)),
    ...imports.flatMap(({ element, node }) => unsupported(name, element.slice(1), node)),
    ...usesOf(document).flatMap((node) => {
      const [, element] = /^federation__(\w+)$/.exec(node.name.value) ?? [];
      if (element === undefined) return [];
      const refused = unsupported(name, element, node);
      return refused.length ? refused : renamed(name, { element: `@${element}`, as: `@${node.name.value}`, node });
    }),
  ];
}

const VERSION = /^https?:\/\/specs\.apollo\.dev\/federation\/v(\d+)\.(\d+)\/?$/;

const oldFederation = (subgraph: string, document: DocumentNode): Finding => {
  const place = placeIn(subgraph, document.definitions[0]);
  const message = 'This is an SDL of Federation 1, or of no federation: it has no @link to Federation 2.';
  const advice = `Begin with ${LINK} and import what you use; fields that several subgraphs answer need @shareable.`;
  return found('ERROR', 'FEDERATION_1', place, message, advice);
};

function unsupported(subgraph: string, element: string, node: ConstValueNode | ConstDirectiveNode): Finding[] {
  const instead = INSTEAD.get(element);
  if (instead === undefined) return [];
  const message = `@${element} is not supported by the gateway.`;
  return [found('ERROR', 'UNSUPPORTED_DIRECTIVE', placeIn(subgraph, node), message, instead)];
}

/** Other names would hide the directives from the rules of this check, which read SDLs one by one. */
function renamed(
  subgraph: string,
  { element, as, node }: Pick<Import, 'element' | 'as'> & { node: Import['node'] | ConstDirectiveNode },
): Finding[] {
  if (element === as) return [];
  const message = `${element} of federation has the name ${as} here.`;
  const advice = `Import it under its own name, import: ["${element}"], and use it by that.`;
  return [found('ERROR', 'DIRECTIVE_RENAMED', placeIn(subgraph, node), message, advice)];
}

function usesOf(document: DocumentNode): ConstDirectiveNode[] {
  const uses: ConstDirectiveNode[] = [];
  visit(document, { Directive: (node) => void uses.push(node as ConstDirectiveNode) });
  return uses;
}

function federationLinkIn(document: DocumentNode): ConstDirectiveNode | undefined {
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
  );
  return links.find((node) => node.name.value === 'link' && urlOf(node).includes('/federation/v'));
}

const argument = ({ arguments: given = [] }: ConstDirectiveNode, name: string): ConstArgumentNode | undefined =>
  given.find((each) => each.name.value === name);

function urlOf(link: ConstDirectiveNode): string {
  const url = argument(link, 'url')?.value;
  return url?.kind === Kind.STRING ? url.value : '';
}

function importsOf(link: ConstDirectiveNode): Import[] {
  const list = argument(link, 'import')?.value;
  if (list?.kind !== Kind.LIST) return [];
  return list.values.map((node) => {
    const value: unknown = valueFromASTUntyped(node);
    if (typeof value === 'string') return { element: value, as: value, node };
    const { name = '', as = name } = (value ?? {}) as { name?: string; as?: string };
    return { element: String(name), as: String(as), node };
  });
}

/** The directives that the SDL may use: its own, those that it imports from federation, and GraphQL's. */
export function knownDirectives(document: DocumentNode): ReadonlySet<string> {
  const link = federationLinkIn(document);
  const defined = document.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION ? [`@${node.name.value}`] : [],
  );
  const imported = link ? importsOf(link).map(({ as }) => as) : [];
  return new Set(['@link', '@deprecated', '@specifiedBy', '@oneOf', ...defined, ...imported]);
}

/** A use of a directive that is neither defined in the SDL nor imported. */
export const unknownDirectives = ({ name, document }: Named): Finding[] => {
  const known = knownDirectives(document);
  return usesOf(document)
    .filter((node) => !known.has(`@${node.name.value}`))
    .filter((node) => !node.name.value.startsWith('federation__')) // has a finding of its own
    .map((node) => {
      const message = `@${node.name.value} is neither defined in this SDL nor imported from federation.`;
      const advice = FEDERATION.has(node.name.value)
        ? `Add "@${node.name.value}" to the import list of @link.`
        : 'Copy its definition into the SDL, or remove it. schema/shared.graphql has the definitions of @access, @errorCodes and @cacheControl.';
      return found('ERROR', 'UNKNOWN_DIRECTIVE', placeIn(name, node), message, advice);
    });
};

/** The directives of federation that the gateway supports. */
const FEDERATION: ReadonlySet<string> = new Set([
  ...['key', 'requires', 'provides', 'external', 'extends', 'inaccessible', 'shareable', 'override', 'tag'],
  ...['composeDirective', 'interfaceObject', 'cost', 'listSize'],
]);
