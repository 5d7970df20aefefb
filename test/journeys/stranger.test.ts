// A team that has nothing of this repository but its documentation and what `subgraph create` printed adds a subgraph to
// the running system, changes it, takes a change back, and leaves.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { present } from '../../schema/values/present.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { bearer, PASSWORD } from '../kit/person.ts';
import { runToEnd, type Spawned, spawned } from '../kit/spawned.ts';
import { loyaltyFiles } from '../made-up/loyalty/files.ts';

interface GraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown; extensions: { code: string } }[];
}

const COMMAND = join(root, 'infra/schema-command/fareloom-schema.js');
const OPERATOR = 'operator@example.com';
const TRAVELLER = 'asha.rao@example.com';
const AIRPORT = '{ airport(code: "DEL") { city } }';

/** The lines of the schema that the documentation says to copy. */
function copiedLines(): string {
  const text = readFileSync(join(root, 'subgraphs/README.md'), 'utf8');
  const section = text.slice(text.indexOf('## Publish a subgraph of your own'));
  const block = present(/```graphql\n([^]*?)```/.exec(section)?.[1], 'The documentation has lines to copy.');
  return block.replaceAll(/^ {3}/gm, '');
}

describe('a team that is a stranger to this repository', { timeout: 300_000 }, () => {
  const opened = new AsyncDisposableStack();
  after(() => opened.disposeAsync());
  let folder = '';
  let start: () => Spawned;
  let system: Spawned;
  let registry = '';
  let service = '';
  let team: Record<string, string> = {};
  let operator: Record<string, string> = {};
  const headers: Record<string, Record<string, string>> = {};

  /** The command, with this environment, in the team's folder. */
  async function run(env: Record<string, string>, ...args: string[]) {
    const command = spawned('schema', ['node', COMMAND, ...args], env, 0, undefined, join(folder, 'loyalty'));
    return { code: await command.ended, text: command.lines.join('\n') };
  }

  /** The same; it must succeed. */
  async function does(env: Record<string, string>, ...args: string[]): Promise<string> {
    const { code, text } = await run(env, ...args);
    assert.equal(code, 0, `${args.join(' ')}:\n${text}`);
    return text;
  }

  async function ask(query: string, as?: string): Promise<GraphAnswer> {
    const response = await fetch(`${system.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(as && headers[as]) },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as GraphAnswer;
  }

  const codesOf = ({ errors = [] }: GraphAnswer) => errors.map(({ path, extensions: { code } }) => [path, code]);

  /** The field is in the graph, or is not. */
  const shows = (field: string, is: boolean) =>
    eventually(async () => {
      const { errors } = await ask(`{ me { ${field} } }`, 'traveller');
      return is === !errors?.some(({ extensions: { code } }) => code === 'GRAPHQL_VALIDATION_FAILED');
    });

  /** Opens an operator's account; the system does not run yet. */
  async function openOperator(env: Record<string, string>): Promise<string> {
    const account = ['node', 'infra/system/commands/administer-accounts.ts'];
    const said = await runToEnd('account', [...account, 'create-admin', OPERATOR], env);
    await runToEnd('account', [...account, 'grant', OPERATOR, 'OPERATOR'], env);
    return present(/shown this once: (\S+)$/m.exec(said)?.[1], said);
  }

  /** Signs in or up, and keeps the token under this name. */
  async function sign(name: string, mutation: string): Promise<void> {
    const { data } = await ask(`mutation { signed: ${mutation} { ... on SignedIn { tokens { accessToken } } } }`);
    const { signed } = data as { signed: { tokens: { accessToken: string } } };
    headers[name] = bearer(signed.tokens.accessToken);
  }

  before(async () => {
    folder = opened.use(await mkdtempDisposable(join(tmpdir(), 'stranger-'))).path;
    const [port, registryPort, servicePort] = (await freePorts(3)) as [number, number, number];
    registry = `http://127.0.0.1:${registryPort}`;
    service = `http://127.0.0.1:${servicePort}`;
    const at = (name: string) => join(folder, name);
    const data = `sqlite:${at('data')}`;
    operator = { DATABASE_URL: data, FARELOOM_REGISTRY: registry };
    const embedded = { DATABASE_URL: data, KAFKA_URL: data, MAIL_URL: `file:${at('mail')}` };
    const password = await openOperator(embedded);
    start = () =>
      spawned(
        'system',
        ['node', 'infra/start.ts'],
        {
          ...{ ...embedded, PORT: String(port), REGISTRY_PORT: String(registryPort), DEMO_DATA: 'off' },
          SUPERGRAPH_FOLDER: at('supergraph'),
          TRUSTED_DOCUMENTS_FOLDER: at('documents'),
          ...{
            PAYMENT_PROVIDER_URL: `demo:${at('provider')}?port=0`,
            TICKET_ISSUER_URL: `demo:${at('issuer')}?port=0`,
          },
          ...{ RATE_LIMITS: 'off', MAX_LOOP_DELAY: '60000' },
        },
        port,
      );
    system = start();
    opened.defer(() => system[Symbol.asyncDispose]());
    mkdirSync(at('loyalty'));
    for (const [name, text] of Object.entries(loyaltyFiles(copiedLines()))) writeFileSync(at(`loyalty/${name}`), text);
    copyFileSync(join(root, 'subgraphs/verifying/verify.mjs'), at('loyalty/verify.mjs'));
    symlinkSync(join(root, 'node_modules'), at('loyalty/node_modules'));
    await system.ready();
    await sign('operator', `signIn(input: { email: "${OPERATOR}", password: "${password}" })`);
    await sign('traveller', `signUp(input: { email: "${TRAVELLER}", name: "Asha Rao", password: "${PASSWORD}" })`);
  });

  test('gets a token and a key, and starts its service with them', async () => {
    const said = await does(operator, 'subgraph', 'create', 'loyalty', '--url', service);
    const printed = (name: string): string => present(new RegExp(`${name}=(\\S+)`).exec(said)?.[1], said);
    team = { FARELOOM_TOKEN: printed('FARELOOM_TOKEN'), FARELOOM_REGISTRY: registry };
    const env = { FARELOOM_IDENTITY_KEY: printed('FARELOOM_IDENTITY_KEY'), PORT: new URL(service).port };
    const program = opened.use(spawned('loyalty', ['node', 'server.mjs'], env, 0, undefined, join(folder, 'loyalty')));
    await eventually(() => program.lines.includes('listening') || program.hasEnded());
    assert.deepEqual(program.lines, ['listening']);
  });

  test('checks its schema, which changes nothing, and publishes it', async () => {
    assert.match(await does(team, 'subgraph', 'check', 'loyalty', '--file', 'loyalty.graphql'), /The check passed\.$/);
    assert.match(await does(team, 'subgraph', 'list'), /^loyalty +- +-/m);
    const said = await does(team, 'subgraph', 'publish', 'loyalty', '--file', 'loyalty.graphql');
    assert.match(said, /^loyalty@1 is served, with supergraph 2\.$/m);
    await shows('points', true);
  });

  test('is asked together with the other subgraphs, for its own fields of an account', async () => {
    const { data, errors } = await ask('{ me { email points } tier(name: "GOLD") { pointsNeeded } }', 'traveller');
    assert.equal(errors, undefined);
    assert.deepEqual(data, {
      me: { email: TRAVELLER, points: 1200 },
      tier: { pointsNeeded: 1000 },
    });
  });

  test('has its fields refused to callers that its schema excludes, and to other accounts', async () => {
    const query = '{ tier(name: "GOLD") { name } pointsInCirculation }';
    const anonymous = await ask(query);
    assert.deepEqual(anonymous.data, { tier: { name: 'GOLD' }, pointsInCirculation: null });
    assert.deepEqual(codesOf(anonymous), [[['pointsInCirculation'], 'UNAUTHENTICATED']]);
    assert.deepEqual(codesOf(await ask(query, 'traveller')), [[['pointsInCirculation'], 'FORBIDDEN']]);
    assert.deepEqual((await ask(query, 'operator')).data, { tier: { name: 'GOLD' }, pointsInCirculation: 4800 });
    assert.deepEqual(codesOf(await ask('mutation { spendPoints(points: 1) }')), [[['spendPoints'], 'UNAUTHENTICATED']]);
    const others = await ask('{ leader { id points } }', 'traveller');
    assert.deepEqual(others.data, { leader: { id: 'acc_leader', points: null } });
    assert.deepEqual(codesOf(others), [[['leader', 'points'], 'FORBIDDEN']]);
  });

  test('has its own error code shown with its message, and any other error masked', async () => {
    const mutation = 'mutation { spendPoints(points: 200) more: spendPoints(points: 2000) }';
    const { data, errors } = await ask(mutation, 'traveller');
    assert.deepEqual(data, { spendPoints: 1000, more: null });
    assert.deepEqual(
      errors?.map(({ message, extensions: { code } }) => [message, code]),
      [['More than 1000 points are locked.', 'POINTS_LOCKED']],
    );
    const masked = await ask('{ tier(name: "BROKEN") { name } }');
    assert.deepEqual(codesOf(masked), [[['tier'], 'DOWNSTREAM_ERROR']]);
    assert.doesNotMatch(JSON.stringify(masked), /secret/);
  });

  test('answers no call that the gateway did not sign', async () => {
    const body = JSON.stringify({ query: '{ pointsInCirculation }' });
    const { status } = await fetch(`${service}/graphql`, { method: 'POST', body });
    assert.equal(status, 401);
  });

  test('cannot do what operators do, nor change the subgraph of another team', async () => {
    for (const args of [
      ['supergraph', 'rollback'],
      ['subgraph', 'publish', 'fare', '--file', 'loyalty.graphql'],
      ['subgraph', 'create', 'second', '--url', service],
    ]) {
      const { code, text } = await run(team, ...args);
      assert.deepEqual([code, text], [2, 'NOT_ALLOWED: This token may not do that.']);
    }
  });

  test('is served as before after a restart of the system: its key still holds', async () => {
    await system.end('SIGTERM');
    system = start();
    await system.ready();
    const { data, errors } = await ask('{ tier(name: "GOLD") { pointsNeeded } me { points } }', 'traveller');
    assert.deepEqual([data, errors], [{ tier: { pointsNeeded: 1000 }, me: { points: 1000 } }, undefined]);
  });

  let change = '';

  test('learns which pushed operation a renamed field would break; the new version is stored and not served', async () => {
    await does(team, 'operations', 'push', 'manifest.json', '--client', 'loyalty-app');
    const { code, text } = await run(team, 'subgraph', 'publish', 'loyalty', '--file', 'renamed.graphql');
    assert.equal(code, 1, text);
    assert.match(text, /^BREAKING FIELD_REMOVED loyalty:\d+:\d+: Field 'points' was removed/m);
    assert.match(text, /^ +used by Points of loyalty-app \(pushed\)$/m);
    assert.match(text, /^loyalty@2 is stored and not served: its check failed\.$/m);
    change = present(/to approve: (\w+)/.exec(text)?.[1], 'The finding can be approved.');
    assert.deepEqual((await ask('{ me { points } }', 'traveller')).data, { me: { points: 1000 } });
  });

  test('publishes it once an operator has approved the change', async () => {
    await does(operator, 'approve', change, '--reason', 'the app has agreed', '--days', '7');
    const said = await does(team, 'subgraph', 'publish', 'loyalty', '--file', 'renamed.graphql');
    assert.match(said, /^loyalty@2 is served, with supergraph 3\.$/m);
    await shows('pointBalance', true);
    const { data } = await ask('{ me { pointBalance } }', 'traveller');
    assert.deepEqual(data, { me: { pointBalance: 1000 } });
    await shows('points', false);
  });

  test('has it rolled back by an operator: checked, or forced with a reason', async () => {
    const refused = await run(operator, 'supergraph', 'rollback');
    assert.equal(refused.code, 1);
    assert.match(refused.text, /^CHECK_FAILED: .*nothing was changed.* operator goes back .*--force --reason R\.$/m);
    const said = await does(operator, 'supergraph', 'rollback', '--force', '--reason', 'the app is not ready');
    assert.match(said, /^Supergraph 4 is served\.$/m);
    await shows('points', true);
    await shows('pointBalance', false);
  });

  test('leaves: its fields are unknown then, and every other query is answered', async () => {
    const { code, text } = await run(team, 'subgraph', 'delete', 'loyalty');
    assert.equal(code, 1, text);
    assert.match(text, /^CHECK_FAILED: .*nothing was deleted\.$/m);
    const changes = [...text.matchAll(/to approve: (\w+)/g)].map(([, hash = '']) => hash);
    assert.ok(changes.length > 3, text);
    await does(operator, 'approve', ...changes, '--reason', 'the programme ends', '--days', '1');
    assert.match(await does(team, 'subgraph', 'delete', 'loyalty'), /^loyalty is deleted\.$/m);
    await shows('points', false);
    assert.deepEqual(codesOf(await ask('{ tier(name: "GOLD") { name } }')), [[undefined, 'GRAPHQL_VALIDATION_FAILED']]);
    assert.deepEqual((await ask(AIRPORT)).data, { airport: { city: 'Delhi' } });
    const { data } = await ask('{ me { email } }', 'traveller');
    assert.deepEqual(data, { me: { email: TRAVELLER } });
    const over = await run(team, 'subgraph', 'list');
    assert.match(over.text, /^UNAUTHENTICATED: /);
  });
});
