// The account command: the first administrator, roles, keys and demo passwords.
import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { openDemoAccounts } from '../../infra/system/demo/demo-accounts.ts';
import { runAccountCommand } from '../../infra/system/commands/administer-accounts.ts';
import { bearer, PASSWORD, signedUp, signing } from '../kit/person.ts';
import { runToEnd } from '../kit/spawned.ts';
import { openWorld, type World } from '../kit/world.ts';

let world: World;
before(async () => (world = await openWorld()));
after(() => world[Symbol.asyncDispose]());

async function command(args: string, typed = '', of = world) {
  const said = { out: '', err: '' };
  const to = (name: 'out' | 'err') =>
    new Writable({ write: (chunk, _, done) => ((said[name] += String(chunk)), done()) });
  const open = async () => ({
    ...(await of.stores.account()),
    now: of.clock.now,
    [Symbol.asyncDispose]: async () => undefined,
  });
  const openToLook = async () => ({
    ...(await of.stores.account()),
    demoPassword: of.wiring.demoPassword,
    [Symbol.asyncDispose]: async () => undefined,
  });
  const streams = { in: Readable.from([typed]), out: to('out'), err: to('err') };
  return { code: await runAccountCommand(args.split(' '), { open, openToLook, ...streams }), ...said };
}

test('an administrator is created with a password that is shown once, and can sign in', async () => {
  const { code, out } = await command('create-admin Root@example.com');
  assert.equal(code, 0);
  const [, password] = /shown this once: (\S{20})\n/.exec(out)!;
  const { account } = await signing(world).in({ email: 'root@example.com', password });
  assert.deepEqual(account!.roles, ['TRAVELLER', 'ADMIN']);
});

test('an administrator is created with a password from standard input, which is not shown', async () => {
  const { code, out } = await command('create-admin piped@example.com --password-stdin', `${PASSWORD}\n`);
  assert.deepEqual({ code, out }, { code: 0, out: 'piped@example.com is an administrator.\n' });
  assert.ok((await signing(world).in({ email: 'piped@example.com' })).tokens);
});

test('a role is granted once', async () => {
  const { email } = await signedUp(world, 'manager@example.com');
  assert.match((await command(`grant ${email} FARE_MANAGER`)).out, /is a FARE_MANAGER now/);
  assert.match((await command(`grant ${email} FARE_MANAGER`)).out, /is a FARE_MANAGER already/);
  assert.deepEqual((await signing(world).in({ email })).account!.roles, ['TRAVELLER', 'FARE_MANAGER']);
  assert.match((await command(`grant ${email} OPERATOR`)).out, /is an OPERATOR now/);
});

test('a role is revoked, and its permissions end within five seconds', async () => {
  const asha = await signedUp(world, 'former@example.com', 'FARE_MANAGER');
  const fare = () => asha.ask('{ fare(id: "none") { id } }');
  world.clock.advance(5000);
  assert.equal((await fare()).errors, undefined);
  assert.match((await command(`revoke ${asha.email} FARE_MANAGER`)).out, /no longer a FARE_MANAGER.* 5 seconds/);
  world.clock.advance(5000);
  assert.equal((await fare()).errors?.[0]?.extensions['code'], 'FORBIDDEN');
  assert.match((await command(`revoke ${asha.email} FARE_MANAGER`)).out, /is not a FARE_MANAGER\.\n/);
  assert.deepEqual((await signing(world).in({ email: asha.email })).account!.roles, ['TRAVELLER']);
});

test('the last administrator cannot lose the role', async () => {
  await using own = await openWorld();
  const { email } = await signedUp(own, 'only@example.com', 'ADMIN');
  const { code, err } = await command(`revoke ${email} ADMIN`, '', own);
  assert.deepEqual({ code, err }, { code: 1, err: `${email} is the only ADMIN: make another one first\n` });
});

test('help is shown on request', async () => {
  for (const args of ['--help', '-h', 'grant --help']) {
    const { code, out, err } = await command(args);
    assert.equal(code, 0, args);
    assert.match(out, /^usage: npm run account/);
    assert.equal(err, '');
  }
});

test('rotating keys signs no account out', async () => {
  const asha = await signedUp(world, 'stays@example.com');
  const { code, out } = await command('rotate-keys');
  assert.equal(code, 0);
  assert.match(out, /^The key key_\w+ starts to sign access tokens in 60 seconds/);
  assert.equal((await world.graph('{ me { id } }', {}, bearer(asha.tokens.accessToken))).status, 200);
});

test('an impossible command exits with 1 and explains itself, with the usage where that helps', async () => {
  await signedUp(world, 'there@example.com');
  const misused: [string, RegExp][] = [
    ['', /not a command/],
    ['destroy', /not a command/],
    ['grant there@example.com', /not a command/],
    ['grant there@example.com KING', /KING is not a role/],
    ['create-admin nobody', /nobody is not an email/],
    ['rotate-keys --now', /Unknown option/],
  ];
  const refused: [string, RegExp][] = [
    ['grant nobody@example.com ADMIN', /there is no account/],
    ['revoke nobody@example.com ADMIN', /there is no account/],
    ['revoke there@example.com TRAVELLER', /every account is a TRAVELLER/],
    ['create-admin there@example.com', /has an account already/],
    ['create-admin new@example.com --password-stdin', /at least 8 characters/],
  ];
  for (const [args, reason] of [...misused, ...refused]) {
    const { code, err } = await command(args);
    assert.equal(code, 1, args);
    assert.match(err, reason);
    assert.equal(
      err.includes('usage: npm run account'),
      misused.some(([each]) => each === args),
      args,
    );
  }
});

test('the password of the demo accounts is shown again, even while the system runs, with the accounts that changed it', async () => {
  await using demo = await openWorld();
  const config = { ...demo.config, DEMO_DATA: 'on' as const };
  const password = await openDemoAccounts({ stores: demo.stores, wiring: { ...demo.wiring, config } });
  const { DATABASE_URL, KAFKA_URL } = config;
  const shown = () =>
    runToEnd('account', ['node', 'infra/system/commands/administer-accounts.ts', 'demo-password'], {
      DATABASE_URL,
      KAFKA_URL,
    });
  const admin = 'admin@fareloom.example';
  assert.match(await shown(), new RegExp(`^Demo accounts, password ${password}: .*, ${admin}$`));
  const { accounts, passwords } = await demo.stores.account();
  const { id } = (await accounts.byEmail(admin))!;
  await accounts.change(id, { password: await passwords.hash(PASSWORD) });
  assert.match(await shown(), new RegExp(`${admin} \\(has another password\\)$`));
  assert.ok((await signing(demo).in({ email: 'operator@fareloom.example', password: password! })).tokens);
});

test('without demo accounts, the command says how to get them', async () => {
  await using empty = await openWorld();
  const { code, err } = await command('demo-password', '', empty);
  assert.equal(code, 1);
  assert.match(err, /no demo accounts: the first start with DEMO_DATA=on creates them/);
});
