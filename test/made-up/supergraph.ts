// Small supergraphs for tests: behind a real gateway, and as one schema over the joined data.
import { Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { isDeepStrictEqual } from 'node:util';
import { type DocumentNode, execute, type GraphQLFieldResolver, type GraphQLSchema, parse } from 'graphql';
import { ownArtifact } from '../../gateway/supergraph/committed.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { openLog } from '../../infra/logging/log.ts';
import { compose } from '../../schema/composition/compose.ts';
import { openToAll } from '../kit/permissions.ts';
import { gatewayWiring, openFurtherGateway, UNLIMITED } from '../kit/gateway.ts';

/** A reference to an entity by name: its fields depend on the subgraph that resolves it. */
export class Ref {
  readonly to: string;
  constructor(to: string) {
    this.to = to;
  }
}
export const ref = (to: string): Ref => new Ref(to);
export const refs = (...to: string[]): Ref[] => to.map(ref);

type Row = Readonly<Record<string, unknown>> & { readonly __typename: string };
type Rows = Readonly<Record<string, Row>>;
type Resolve = (source: never, given: never) => unknown;
type Fields = Readonly<Record<string, Resolve>>;

/** A subgraph of a test. */
export interface MadeUp {
  sdl: string;
  /** The rows of its entities. */
  rows: Rows;
  /** Resolvers by `Type.field`, where a field is not a property of the row. With `@requires`, the source has the required fields. */
  fields: Fields;
}

/** The subgraphs by name, and resolvers over the joined data for fields that a subgraph computes from required fields. */
export interface Parts {
  subgraphs: Readonly<Record<string, MadeUp>>;
  joined: Fields;
}

/** The data and errors that a client sees; each error by its path. */
export interface Seen {
  data: unknown;
  errors: string[];
}

/**
 * Opens the supergraph behind a gateway; `asked` lists the requests to its subgraphs. Fields with one of the `forbidden`
 * names need an account, which no caller has here.
 */
export async function openMadeUp({ subgraphs, joined }: Parts, forbidden: ReadonlySet<string> = new Set()) {
  const asked: string[] = [];
  const supergraphSdl = compose(Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, sdl })));
  const calls = Object.fromEntries(Object.entries(subgraphs).map(([name, each]) => [name, callOf(each, asked)]));
  const permissions = Object.fromEntries(
    Object.entries(openToAll(supergraphSdl)).map(([field, need]) => [
      field,
      forbidden.has(field.split('.')[1] ?? '') ? 'account' : need,
    ]),
  );
  const wiring = gatewayWiring({}, openLog({ level: process.env['TEST_LOG'] ?? 'nothing', json: false }));
  const gateway = await openFurtherGateway(wiring, calls, {
    artifact: ownArtifact(supergraphSdl, permissions),
    limits: UNLIMITED,
  });
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const all = joinedIn(Object.values(subgraphs), joined);

  return {
    schema,
    asked,
    /** The gateway's response. */
    async ask(
      query: string,
      variables: object = {},
      operationName?: string,
    ): Promise<Seen & { status: number; text: string }> {
      const reply = await gateway.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query, variables, operationName },
      });
      const { data, errors } = reply.json<Result>();
      return { ...seen({ data, errors }), status: reply.statusCode, text: reply.body };
    },
    /** The response of plain GraphQL over the joined data. */
    async plain(query: string, variables: object = {}): Promise<Seen> {
      return seen((await run(schema, parse(query), variables, { ...all, forbidden })) as Result);
    },
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

export type Opened = Awaited<ReturnType<typeof openMadeUp>>;

interface Result {
  data?: unknown;
  errors?: readonly { path?: readonly (string | number)[] }[] | undefined;
}

const seen = ({ data = null, errors = [] }: Result): Seen => ({
  data: JSON.parse(JSON.stringify(data)) as unknown,
  errors: errors.map(({ path }) => JSON.stringify(path ?? null)).sort(),
});

/** The joined data of all subgraphs; for conflicting values the first subgraph's wins. */
function joinedIn(subgraphs: readonly MadeUp[], joined: Fields): Pick<MadeUp, 'rows' | 'fields'> {
  const rows: Record<string, Row> = {};
  for (const each of subgraphs) {
    for (const [name, row] of Object.entries(each.rows)) rows[name] = { ...row, ...rows[name] };
  }
  const fields = subgraphs.map((each) => each.fields).reduceRight((all, each) => ({ ...all, ...each }), {});
  return { rows, fields: { ...fields, ...joined } };
}

interface Known extends Pick<MadeUp, 'rows' | 'fields'> {
  forbidden?: ReadonlySet<string>;
}

function run(schema: GraphQLSchema, document: DocumentNode, variables: object, known: Known) {
  const whole = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(whole) : value instanceof Ref ? known.rows[value.to] : value;
  const fieldResolver: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> = (
    source,
    given,
    _,
    info,
  ) => {
    if (known.forbidden?.has(info.fieldName)) throw new Error('forbidden');
    const resolve = known.fields[`${info.parentType.name}.${info.fieldName}`];
    return whole(resolve ? resolve(source as never, given as never) : source?.[info.fieldName]);
  };
  const typeResolver = (value: unknown) => (value as Row).__typename;
  const variableValues = variables as Record<string, unknown>;
  return execute({ schema, document, variableValues, fieldResolver, typeResolver });
}

/** Calls a subgraph in this process; adds its requests to `asked`. */
export function callOf(subgraph: MadeUp, asked: string[]): Call {
  const find = (reference: Row): Row | null => {
    const row = Object.values(subgraph.rows).find((each) => fits(each, reference));
    return row ? { ...row, ...reference, __typename: row.__typename } : null;
  };
  const entities = subgraph.sdl.matchAll(/(?:type|interface) (\w+)[^{]*@key/g);
  const resolvers = Object.fromEntries([...entities].map(([, name]) => [name!, { __resolveReference: find }]));
  const schema = buildSubgraphSchema([{ typeDefs: parse(subgraph.sdl), resolvers: resolvers as never }]);
  return async ({ body }) => {
    const { query, variables = {} } = JSON.parse(String(body)) as { query: string; variables?: object };
    asked.push(query);
    const result = await run(schema, parse(query), variables, subgraph);
    return { status: 200, body: JSON.stringify(result), headers: { 'content-type': 'application/json' } };
  };
}

/** Whether a row matches a reference: it agrees in at least one of its fields, and differs in none. */
function fits(row: Row, { __typename, ...reference }: Row): boolean {
  const both = Object.keys(reference).filter((name) => name in row);
  return both.length > 0 && both.every((name) => isDeepStrictEqual(plain(row[name]), plain(reference[name])));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
