// Attack inputs: each with the status and the code of the response, and its cost.
import type { FastifyInstance } from 'fastify';

/** One request, as sent over HTTP. */
interface Wire {
  method?: 'GET' | 'POST';
  url?: string;
  payload?: string;
  headers?: Record<string, string>;
}

export interface Hostile {
  what: string;
  status: number;
  /** The code of its errors; null if it has none. */
  code: string | null;
  request: Wire;
}

const json = { 'content-type': 'application/json' };
const many = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join(' ');
const within = (n: number, open: string, core: string, close: string): string =>
  open.repeat(n) + core + close.repeat(n);
const body = (query: string, variables?: string): Wire => ({
  payload: `{"query":${JSON.stringify(query)}${variables ? `,"variables":${variables}` : ''}}`,
  headers: json,
});
/** Fragments that spread the next one twice: two to the power of their number fields. */
const doubling = (n: number, last: string): string =>
  `{ ...F0 } ${many(n, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on Query { ${last} }`;

const DOCUMENT = 'GRAPHQL_VALIDATION_FAILED';
const SYNTAX = 'GRAPHQL_PARSE_FAILED';
const SIZE = 'OPERATION_TOO_LARGE';
const VALUE = 'BAD_USER_INPUT';
const COST = 'QUERY_TOO_COSTLY';
const REQUEST = 'BAD_REQUEST';
const SHOPPING = 'query($input: ShoppingInput!) { shopping(input: $input) { __typename } }';
const CARRIERS =
  'query($c: [String!]) { shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { offers(filter: { carriers: $c }) { totalCount } } }';

type Row = [what: string, status: number, code: string | null, request: Wire];

const documents: Row[] = [
  ['a syntax error', 400, SYNTAX, body('{ airports(')],
  ['a field that is not there', 400, DOCUMENT, body('{ airprts { __typename } }')],
  ['300 fields that are not there', 400, SIZE, body(`{ ${many(300, (i) => `no${i}`)} }`)],
  ['a subscription', 400, DOCUMENT, body('subscription { a }')],
  ['introspection', 400, DOCUMENT, body('{ __schema { types { name } } }')],
  ['introspection in a circle', 400, DOCUMENT, body(`{ __schema { types { ${within(6, 'fields { type {', 'name', '} }')} } } }`)], // prettier-ignore
  ['1,000 aliases', 400, SIZE, body(`{ ${many(1000, (i) => `a${i}: __typename`)} }`)],
  ['400 aliases', 400, SIZE, body(`{ ${many(400, (i) => `a${i}: __typename`)} }`)],
  ['1,000 sign-ins by alias', 400, SIZE, body(`mutation { ${many(1000, (i) => `a${i}: signIn(input: { email: "a@b.example", password: "${i}" }) { __typename }`)} }`)], // prettier-ignore
  ['100 renewed sessions by alias', 400, SIZE, body(`mutation { ${many(100, (i) => `a${i}: refreshSession(refreshToken: "${i}") { __typename }`)} }`)], // prettier-ignore
  ['600 directives', 400, SIZE, body(`{ __typename ${many(600, (i) => `@d${i}`)} }`)],
  ['10,000 directives', 400, SIZE, body(`{ __typename ${'@a'.repeat(10_000)} }`)],
  ['1,900 times the same field', 400, SIZE, body(`{ ${many(1900, () => 'a')} }`)],
  ['300 times the same field with fields', 400, SIZE, body(`{ ${many(300, () => 'me { id }')} }`)],
  ['600 levels of fields', 400, SIZE, body(within(600, '{ a', '', '}'))],
  ['20,000 open braces', 400, SIZE, body('{a'.repeat(20_000))],
  ['600 inline fragments within each other', 400, SIZE, body(`{ ${within(600, '... {', 'a', '}')} }`)],
  ['90 kB of names', 400, SIZE, body(`{ ${'a '.repeat(45_000)} }`)],
  ['90 kB of comment', 400, SYNTAX, body(`#${'x'.repeat(90_000)}`)],
  ['circular fragments', 400, DOCUMENT, body('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')],
  ['fragments worth 2^100 fields', 400, SIZE, body(doubling(100, '__typename'))],
  ['fragments worth 2^100 missing ones', 400, SIZE, body(doubling(100, '...Missing'))],
  ['100 unused fragments, in a circle', 400, DOCUMENT, body(`{ __typename } ${many(100, (i) => `fragment F${i} on Query { ...F${(i + 1) % 100} }`)}`)], // prettier-ignore
  ['1,900 times the same field in an unused fragment', 400, SIZE, body(`{ __typename } fragment F on Query { ${many(1900, () => 'a')} }`)], // prettier-ignore
  ['480 times the same field with fields in an unused fragment', 400, SIZE, body(`{ __typename } fragment F on Query { ${many(480, () => 'me { id }')} }`)], // prettier-ignore
  ['an alias of 90 kB for each of a hundred', 400, SIZE, body(`{ airports(first: 100) { edges { node { ${'a'.repeat(90_000)}: code } } } }`)], // prettier-ignore
  ['an operation with a name of 90 kB', 400, SIZE, body(`query ${'a'.repeat(90_000)} { __typename }`)],
  ['300 operations', 400, 'OPERATION_RESOLUTION_FAILURE', body(many(300, (i) => `query Q${i} { __typename }`))],
  ['400 variables', 400, DOCUMENT, body(`query(${many(400, (i) => `$v${i}: Int`)}) { __typename }`)],
  ['a list of 10,000 in the document', 400, SIZE, body(`{ airports(search: [${'1,'.repeat(10_000)}]) { __typename } }`)], // prettier-ignore
  ['a list of 1,900 in the document', 400, SIZE, body(`{ airports(search: [${'1,'.repeat(1900)}]) { __typename } }`)], // prettier-ignore
  ['900 lists within each other', 400, SIZE, body(`{ airports(search: ${within(900, '[', '1', ']')}) { __typename } }`)], // prettier-ignore
];

const values: Row[] = [
  ['a variable of another type', 400, VALUE, body(SHOPPING, '{"input":7}')],
  ['a variable with 40,000 lists within each other', 400, SIZE, body(SHOPPING, `{"input":${within(40_000, '[', '', ']')}}`)], // prettier-ignore
  ['a variable with a list of 10,000', 400, SIZE, body(CARRIERS, `{"c":[${'"6E",'.repeat(9_999)}"6E"]}`)],
  ['a variable with 40,000 values', 400, SIZE, body(SHOPPING, `{"input":[${Array(30).fill(`[${'0,'.repeat(1399)}0]`).join()}]}`)], // prettier-ignore
  ['7,000 undeclared variables', 200, null, body('{ __typename }', `{${Array.from({ length: 7000 }, (_, i) => `"v${i}":1`).join()}}`)], // prettier-ignore
  ['7,000 undeclared variables, and 30 pages', 400, COST, body(`{ ${many(15, (i) => `a${i}: airports(first: 100) { edges @include(if: true) { node { guide { sights(first: 100) { edges { node { id } } } } } } }`)} }`, `{${Array.from({ length: 7000 }, (_, i) => `"v${i}":1`).join()}}`)], // prettier-ignore
  ['9,000 unknown fields in an input', 400, VALUE, body(SHOPPING, `{"input":{${Array.from({ length: 9000 }, (_, i) => `"f${i}":1`).join()}}}`)], // prettier-ignore
  ['25,000 numbers for texts', 400, VALUE, body('mutation($input: [FareInput!]!) { fileFares(input: $input) { imported } }', `{"input":[${Array(1200).fill('{"carrier":1,"origin":2,"via":[3,4,5,6,7,8,9,0],"amount":[]}').join()}]}`)], // prettier-ignore
  ['`first: 101`', 400, VALUE, body('{ airports(first: 101) { __typename } }')],
  ['`first: -1`', 400, VALUE, body('{ airports(first: -1) { __typename } }')],
  ['`first: 1e9`', 400, VALUE, body('query($n: Int) { airports(first: $n) { __typename } }', '{"n":1e99}')],
  ['a search text of 90 kB', 200, VALUE, body('query($s: String) { airports(search: $s) { __typename } }', `{"s":"${'x'.repeat(90_000)}"}`)], // prettier-ignore
  [
    'U+0000 in a text',
    400,
    VALUE,
    body('query($s: String) { airports(search: $s) { __typename } }', '{"s":"\\u0000"}'),
  ],
  ['`__proto__` and `constructor` as keys', 200, null, body('{ __typename }', '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}')], // prettier-ignore
  ['`__proto__` and `constructor` as aliases', 200, null, body('{ __proto__: __typename constructor: __typename airports(first: 1) { __proto__: __typename constructor: edges { __proto__: cursor } } }')], // prettier-ignore
];

const costs: Row[] = [
  ['100 x 100 x 100 rows', 400, COST, body('{ airports(first: 100) { edges { node { guide { stays(first: 100) { edges { node { reviews(first: 100) { edges { node { text } } } } } } } } } } }')], // prettier-ignore
  ['the same by variables', 400, COST, body('query($n: Int = 100) { airports(first: $n) { edges { node { guide { stays(first: $n) { edges { node { id name } } } } } } } }')], // prettier-ignore
  ['an airport of an airport, 13 deep', 200, null, body(`{ airport(code: "DEL") { ${within(12, 'guide { airport {', 'code', '} }')} } }`)], // prettier-ignore
  ['15 searches of 100 offers by alias', 400, COST, body(`query($i: ShoppingInput!) { ${many(15, (i) => `a${i}: shopping(input: $i) { offers(first: 100) { edges { node { total { amount } slices { origin { code } segments { carrier { code } } } } } } }`)} }`, '{"i":{"origin":"DEL","destination":"BLR","departureDate":"2026-03-24"}}')], // prettier-ignore
];

const preflight = { 'apollo-require-preflight': 'x' };
const QUERY = '{"query":"{ __typename }"}';
const requests: Row[] = [
  ['a body over 100 kB', 413, SIZE, { payload: ' '.repeat(100_001), headers: json }],
  ['malformed JSON', 400, REQUEST, { payload: '{"query":', headers: json }],
  ['no query', 400, REQUEST, { payload: '{}', headers: json }],
  ['a list of 100 operations', 400, REQUEST, { payload: `[${Array(100).fill(QUERY).join()}]`, headers: json }],
  ['text/plain', 400, REQUEST, { payload: QUERY, headers: { 'content-type': 'text/plain' } }],
  ['a form', 400, REQUEST, { payload: 'query=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['a GET with a cookie that a page can send unasked', 403, 'FORBIDDEN', { method: 'GET', url: '/graphql?query={__typename}', headers: { cookie: '__Host-fareloom-access=x' } }], // prettier-ignore
  ['a mutation by GET', 405, REQUEST, { method: 'GET', url: '/graphql?query=mutation{signOutEverywhere{sessions}}', headers: preflight }], // prettier-ignore
  ['a persisted query by a wrong hash', 400, REQUEST, { payload: `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"f00d"}}}`, headers: json }], // prettier-ignore
  ['an invalid token', 401, 'UNAUTHENTICATED', { payload: QUERY, headers: { ...json, authorization: 'Bearer x.y.z' } }], // prettier-ignore
];

export const hostile: readonly Hostile[] = [...documents, ...values, ...costs, ...requests].map(
  ([what, status, code, request]) => ({ what, status, code, request }),
);

export interface Told {
  status: number;
  codes: string[];
  errors: { message: string }[];
  text: string;
  /** CPU time in ms, the least of several tries: the gateway and other work of this process. */
  ms: number;
}

/** Sends an input several times. */
export async function send(gateway: FastifyInstance, { request }: Hostile, tries = 3): Promise<Told> {
  let ms = Infinity;
  for (let left = tries; ; left--) {
    const before = process.cpuUsage();
    const answer = await gateway.inject({ method: 'POST', url: '/graphql', ...request });
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
    if (left > 1) continue;
    const { errors = [] } = answer.json<{ errors?: { message: string; extensions: { code: string } }[] }>();
    const codes = [...new Set(errors.map(({ extensions }) => extensions.code))];
    return { status: answer.statusCode, codes, errors, text: answer.body, ms };
  }
}
