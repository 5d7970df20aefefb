// The import rules of the repository; house.test.ts runs them and names the offender.
import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

const subgraphs = '^subgraphs/(?!runtime/)([^/]+)/';
const rules = `${subgraphs}rules/`;
const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IForbiddenRuleType => ({ name, comment, severity: 'error', from, to });

/** The composition root, and the entry point that starts it. */
const assembled = '^infra/(system/|start\\.ts$)';

export const forbidden: IForbiddenRuleType[] = [
  rule(
    'no-subgraph-imports-another',
    'Subgraphs communicate only through schema/.',
    { path: subgraphs },
    { path: subgraphs, pathNot: '^subgraphs/$1/' },
  ),
  rule(
    'schema-imports-npm-only',
    'The shared schema/ imports no subgraph.',
    { path: '^schema/' },
    { path: '^(gateway|infra|subgraphs|workers|test)/' },
  ),
  rule(
    'infra-imports-schema-only',
    'Only the composition root, and the commands that start it, may import everything.',
    { path: '^infra/', pathNot: assembled },
    { path: `^(gateway|subgraphs|workers|test)/|${assembled}` },
  ),
  rule(
    'gateway-knows-no-subgraph',
    'The gateway knows the supergraph, but imports no subgraph.',
    { path: '^gateway/' },
    { path: '^(subgraphs|workers|test)/' },
  ),
  rule(
    'rules-are-pure',
    'A rule imports the rules of its own subgraph and the vocabulary in schema/; of everything else types only.',
    { path: rules },
    {
      path: '^(infra|gateway|workers)/|^subgraphs/([^/]+)/(?!rules/)',
      dependencyTypesNot: ['type-only'],
    },
  ),
  rule(
    'rules-do-no-io',
    'A rule receives its input as arguments.',
    { path: rules },
    { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/(temporal-polyfill|@zxcvbn-ts)/' },
  ),
  rule(
    'resolvers-ask-their-store',
    'A resolver uses its own store and rules, and schema/.',
    { path: `${subgraphs}graph/` },
    { path: '^(infra|gateway|workers)/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'subgraphs-are-assembled-elsewhere',
    'A subgraph receives its ports; it chooses no adapter, and starts nothing.',
    { path: '^subgraphs/' },
    { path: `^(gateway|workers)/|${assembled}` },
  ),
  rule(
    'the-frame-knows-no-subgraph',
    'The code that serves every subgraph is the same for all of them.',
    { path: '^subgraphs/runtime/' },
    { path: subgraphs },
  ),
  rule(
    'workers-know-no-gateway',
    'A worker imports one subgraph, which house.test.ts counts, and the bus.',
    { path: '^workers/' },
    { path: `^(gateway|test)/|${assembled}` },
  ),
  rule(
    'drivers-in-infra-only',
    'Only an adapter imports its driver; a test on a real server may query that server itself.',
    { pathNot: '^(infra|test)/' },
    { path: '^node:sqlite$|node_modules/(ioredis|kafkajs|mysql2|mariadb|kysely|@mikro-orm/(sql|mysql|mariadb))/' },
  ),
  rule(
    'nobody-imports-tests',
    'Tests import the product, never the other way round.',
    { pathNot: '^test/' },
    { path: '^test/' },
  ),
  rule('no-circles', 'Modules do not import each other in a circle, types included.', {}, { circular: true }),
  rule(
    'declared',
    'Every imported package is in package.json.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
];
