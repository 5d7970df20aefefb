// Who may import whom: house.test.ts runs these rules and names the offender.
import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

const rooms = '^subgraphs/(?!runtime/)([^/]+)/';
const rules = `${rooms}rules/`;
const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IForbiddenRuleType => ({ name, comment, severity: 'error', from, to });

/** The one place that knows everything, and what starts it. */
const assembled = '^infra/(system/|start\\.ts$)';

export const forbidden: IForbiddenRuleType[] = [
  rule(
    'no-room-imports-another',
    'Rooms speak only through schema/.',
    { path: rooms },
    { path: rooms, pathNot: '^subgraphs/$1/' },
  ),
  rule(
    'schema-imports-npm-only',
    'The language between rooms knows none of them.',
    { path: '^schema/' },
    { path: '^(gateway|infra|subgraphs|workers|test)/' },
  ),
  rule(
    'infra-imports-schema-only',
    'Only the assembly, and the commands that start it, know everything.',
    { path: '^infra/', pathNot: assembled },
    { path: '^(gateway|subgraphs|workers|test)/' },
  ),
  rule(
    'gateway-knows-no-room',
    'The gateway knows the supergraph, never a room.',
    { path: '^gateway/' },
    { path: '^(subgraphs|workers|test)/' },
  ),
  rule(
    'rules-are-pure',
    'A rule imports the rules of its own room and the vocabulary in schema/; of everything else types only.',
    { path: rules },
    {
      path: '^(infra|gateway|workers)/|^subgraphs/([^/]+)/(?!rules/)',
      dependencyTypesNot: ['type-only'],
    },
  ),
  rule(
    'rules-do-no-io',
    'A rule is given what it decides on.',
    { path: rules },
    { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/(temporal-polyfill|@zxcvbn-ts)/' },
  ),
  rule(
    'resolvers-ask-their-store',
    'A door goes to its own store and rules, and to schema/.',
    { path: `${rooms}graph/` },
    { path: '^(infra|gateway|workers)/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'rooms-are-assembled-elsewhere',
    'A room is given its ports; it chooses none, and starts nothing.',
    { path: '^subgraphs/' },
    { path: `^(gateway|workers)/|^infra/config/env\\.ts$|${assembled}` },
  ),
  rule(
    'the-frame-knows-no-room',
    'What serves every room is the same for all of them.',
    { path: '^subgraphs/runtime/' },
    { path: rooms },
  ),
  rule(
    'workers-know-no-gateway',
    'A worker knows one room, which house.test.ts counts, and the bus.',
    { path: '^workers/' },
    { path: `^(gateway|test)/|${assembled}` },
  ),
  rule(
    'drivers-in-infra-only',
    'An adapter is the only one that knows its driver; a test on a real server may ask that server itself.',
    { pathNot: '^(infra|test)/' },
    { path: '^node:sqlite$|node_modules/(ioredis|kafkajs|mysql2|mariadb|kysely|@mikro-orm/(sql|mysql|mariadb))/' },
  ),
  rule(
    'nobody-imports-tests',
    'Tests look at the product, not the other way round.',
    { pathNot: '^test/' },
    { path: '^test/' },
  ),
  rule(
    'no-circles',
    'What imports each other is one thing.',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  rule('declared', 'What is imported is in package.json.', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
];
