// Small graphs for the tests of a check: subgraphs as short SDLs, and proposals to change one of them.
import { checkProposal } from '../../../schema/composition/check/check.ts';
import type { CheckResult, Finding, KnownOperation, Proposal } from '../../../schema/composition/check/finding.ts';

export const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@inaccessible", "@listSize"])
directive @access(to: String, roles: [String!], scopes: [String!]) on OBJECT | INTERFACE | FIELD_DEFINITION
directive @errorCodes(codes: [String!]!) on SCHEMA`;

/** The lines of LINK: a position of the tests' own SDL is below them. */
export const ABOVE = LINK.split('\n').length;

/** A subgraph, with the directives that it needs above its SDL. */
export const subgraph = (name: string, sdl: string) => ({ name, sdl: `${LINK}\n${sdl}` });

export const fare = subgraph(
  'fare',
  `type Query {
  "An offer." offer("Its id." id: ID!, "Its cabin." cabin: Cabin): Offer @access(to: "anyone")
  "The best offer or why there is none." best("What to look for." by: By): Best @access(to: "anyone")
}
"An offer." type Offer implements Priced @key(fields: "id") @access(to: "anyone") {
  "Its id." id: ID!
  "Its price." price: String!
  "Its cabin." cabin: Cabin!
}
"Has a price." interface Priced { "Its price." price: String! }
"No offer." type NoOffer @access(to: "anyone") { "Why." reason: String! }
"An offer or none." union Best = Offer | NoOffer
"A search." input By { "The cabin." cabin: Cabin "The place." place: Place }
"A place." input Place { "Its code." code: String }
"A cabin." enum Cabin { "Back." ECONOMY "Front." FIRST }`,
);

export const NOW = new Date('2027-06-01T00:00:00Z');
export const RELEASE = { today: '2027-06-01', version: '0.4.0' };

/** An operation that a client sent, by its text. */
export const operation = (text: string, more: Partial<KnownOperation> = {}): KnownOperation => ({
  ...{ id: text, name: /^\w+ (\w+)/.exec(text)?.[1] ?? '', text, coordinates: [], client: 'shop', clientVersion: '1' },
  ...{ count: 3, lastSeen: NOW, isPushed: false, ...more },
});

const nothing = { operations: [], countedSince: null, approvals: [], release: RELEASE, now: NOW };

/** Checks SDLs of these names in place of what is served, on the API schema of what is served. */
export function check(
  served: readonly { name: string; sdl: string }[],
  changed: Proposal['changed'],
  more: Partial<Proposal> = {},
): CheckResult {
  const first = checkProposal({ ...nothing, served: [], clients: null, changed: served });
  return checkProposal({ ...nothing, served, clients: first.supergraph?.apiSdl ?? null, changed, ...more });
}

/** Checks the fare subgraph with a part of its SDL replaced. */
export const changeFare = (from: string | RegExp, to: string, more: Partial<Proposal> = {}): CheckResult =>
  check([fare], [{ name: 'fare', sdl: fare.sdl.replace(from, to) }], more);

/** `SEVERITY CODE`, each once a finding. */
export const codesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code }) => `${severity} ${code}`);

/** The only finding with this code. */
export function only(findings: readonly Finding[], code: string): Finding {
  const found = findings.filter((each) => each.code === code);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${code} in ${codesOf(findings).join(', ')}`);
  return found[0];
}
