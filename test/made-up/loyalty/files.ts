// A subgraph as a team writes it that has nothing of this repository but its documentation: each file with its text.

/** Its schema, with these fields of an account, beginning with the lines that the documentation says to copy. */
const sdlWith = (copied: string, fields: string): string => `${copied}
type Query {
  "A tier of the programme by its name; null if there is none."
  tier("As GOLD." name: String!): Tier @access(to: "anyone")
  "The points of all members. Needs the role OPERATOR."
  pointsInCirculation: Int @access(roles: ["OPERATOR"])
  "The member with the most points."
  leader: Account @access(to: "anyone")
}

type Mutation {
  "Spends points of the caller. Returns what is left."
  spendPoints("At least 1." points: Int!): Int @access(to: "account")
}

"A tier of the programme."
type Tier @access(to: "anyone") {
  "As GOLD."
  name: String!
  "What a member needs for it."
  pointsNeeded: Int!
}

extend type Account @key(fields: "id") @access(to: "owner") {
  id: ID! @external
  ${fields}
}
`;

const POINTS = `"Points of the programme."
  points: Int`;
const BALANCE = `"Points of the programme."
  pointBalance: Int`;

/**
 * Its files, by name. The service has both names of the field, so that it answers the schema before and after the
 * change.
 */
export const loyaltyFiles = (copied: string): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify({ name: 'loyalty', private: true, type: 'module' }),
  'loyalty.graphql': sdlWith(copied, POINTS),
  'renamed.graphql': sdlWith(copied, BALANCE),
  'served.graphql': sdlWith(copied, `${POINTS}\n  ${BALANCE}`),
  'manifest.json': JSON.stringify({ points: 'query Points { me { email points } }' }),
  'server.mjs': `import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/express';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fromGateway } from './verify.mjs';

const tiers = [{ name: 'GOLD', pointsNeeded: 1000 }];
const spent = new Map();
const pointsOf = (account) => 1200 - (spent.get(account) ?? 0);
const refuse = (code, message) => { throw new GraphQLError(message, { extensions: { code } }); };
const ownPoints = ({ id }, _, { caller }) =>
  id === caller.account ? pointsOf(id) : refuse('FORBIDDEN', 'points: this belongs to another account.');

const resolvers = {
  Query: {
    tier(_, { name }) {
      if (name === 'BROKEN') throw new Error('the secret of the database');
      return tiers.find((tier) => tier.name === name);
    },
    pointsInCirculation: () => 4800,
    leader: () => ({ id: 'acc_leader' }),
  },
  Mutation: {
    spendPoints(_, { points }, { caller }) {
      if (points > 1000) refuse('POINTS_LOCKED', 'More than 1000 points are locked.');
      spent.set(caller.account, (spent.get(caller.account) ?? 0) + points);
      return pointsOf(caller.account);
    },
  },
  Account: {
    __resolveReference: ({ id }, { caller }) => (id === caller.account ? { id } : null),
    points: ownPoints,
    pointBalance: ownPoints,
  },
};

const schema = buildSubgraphSchema([{ typeDefs: parse(readFileSync('served.graphql', 'utf8')), resolvers }]);
const graphql = createHandler({ schema, context: ({ raw: { caller } }) => ({ caller }) });
const verified = fromGateway('loyalty', process.env.FARELOOM_IDENTITY_KEY);
const server = createServer((request, response) => verified(request, response, () => graphql(request, response)));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
`,
});
