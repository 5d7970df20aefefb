// Relay against the gateway: relay-compiler on the API schema, and relay-runtime paging a connection.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import relay, { type ConcreteRequest, type FetchFunction } from 'relay-runtime';
import { openShop } from './shop.ts';

const { createOperationDescriptor, Environment, fetchQuery, getRequest, Network, RecordSource, Store } = relay;

/** A component's source, as Relay's documentation has it. */
const SOURCE = `
import { graphql } from 'react-relay';
graphql\`
  query AirportsQuery($count: Int!) { ...Airports_query }
\`;
graphql\`
  fragment Airports_query on Query
    @refetchable(queryName: "AirportsPaginationQuery")
    @argumentDefinitions(cursor: { type: "String" }) {
    airports(search: "an", first: $count, after: $cursor) @connection(key: "Airports_airports") {
      edges { node { code name } }
    }
  }
\`;
graphql\`
  query AirportsNodeQuery($id: ID!) { node(id: $id) { __typename id } }
\`;
`;

const root = join(import.meta.dirname, '../..');

describe('Relay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fareloom-relay-'));
  let shop: Awaited<ReturnType<typeof openShop>>;
  before(async () => {
    shop = await openShop();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await shop?.[Symbol.asyncDispose]();
  });

  const artifact = async (name: string): Promise<ConcreteRequest> => {
    const file = join(folder, 'artifacts', `${name}.graphql.js`);
    return getRequest(((await import(file)) as { default: ConcreteRequest }).default);
  };

  test('compiles a @connection and pages it in its store', async () => {
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'artifacts'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'src/Airports.js'), SOURCE);
    cpSync(join(root, 'schema/api.graphql'), join(folder, 'schema.graphql'));
    const config = { src: './src', schema: './schema.graphql', language: 'javascript', artifactDirectory: './artifacts', eagerEsModules: true }; // prettier-ignore
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
    execFileSync(process.execPath, [join(root, 'node_modules/relay-compiler/cli.js'), 'relay.config.json'], {
      cwd: folder,
      stdio: 'pipe',
    });

    const fetchFn: FetchFunction = async ({ text }, variables) => {
      const response = await fetch(shop.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query: text, variables }),
      });
      return (await response.json()) as never;
    };
    const environment = new Environment({ network: Network.create(fetchFn), store: new Store(new RecordSource()) });
    const query = await artifact('AirportsQuery');
    environment.retain(createOperationDescriptor(query, { count: 5 }));
    await fetchQuery(environment, query, { count: 5 }).toPromise();

    const records = environment.getStore().getSource();
    const recordOf = (id: string) => records.get(id) as unknown as Record<string, unknown>;
    const connection = () => {
      const { edges, pageInfo } = recordOf('client:root:__Airports_airports_connection(search:"an")');
      const page = recordOf((pageInfo as { __ref: string }).__ref);
      return {
        edges: (edges as { __refs: string[] }).__refs.length,
        cursor: page['endCursor'] as string,
        more: page['hasNextPage'],
      };
    };
    const { edges, cursor, more } = connection();
    assert.deepEqual([edges, more], [5, true]);
    await fetchQuery(environment, await artifact('AirportsPaginationQuery'), { count: 5, cursor }).toPromise();
    assert.equal(connection().edges, 10);

    const nothing = await fetchQuery<{ variables: { id: string }; response: { node: unknown } }>(
      environment,
      await artifact('AirportsNodeQuery'),
      { id: 'sty_unknown' },
    ).toPromise();
    assert.deepEqual(nothing, { node: null });
  });
});
