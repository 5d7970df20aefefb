// Administers accounts: npm run account -- create-admin EMAIL | grant EMAIL ROLE | revoke EMAIL ROLE | rotate-keys | demo-password
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Clock } from '../../process/clock.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { openPasswords, type Passwords } from '../../../subgraphs/account/store/password-hash.ts';
import { printingTo } from '../../logging/printable.ts';
import { openWiring } from '../wiring.ts';
import { isRefused } from '../../../schema/errors.ts';
import { KEY_RESTS_FOR } from '../../../schema/wire/access-token.ts';
import { LIVE_FOR } from '../../../schema/wire/session-state.ts';
import { type Role, roles } from '../../../schema/wire/identity.ts';
import { emailOf } from '../../../subgraphs/account/rules/credentials.ts';
import { demoAccounts } from '../../../subgraphs/account/demo/demo.ts';
import { weakness } from '../../../subgraphs/account/rules/password-strength.ts';
import { openTokenKeys, type TokenKeys } from '../../../subgraphs/account/store/key-store.ts';
import { type Accounts, openAccounts } from '../../../subgraphs/account/store/store.ts';
import { accountTables } from '../../../subgraphs/account/store/tables.ts';

const USAGE = `usage: npm run account -- create-admin EMAIL [--password-stdin]
       npm run account -- grant EMAIL ${roles.join('|')}
       npm run account -- revoke EMAIL ${roles.filter((role) => role !== 'TRAVELLER').join('|')}
       npm run account -- rotate-keys
       npm run account -- demo-password`;

/** The parts of the account subgraph that this command needs. */
export interface AccountAccess {
  accounts: Accounts;
  keys: TokenKeys;
  passwords: Passwords;
  now: Clock;
}

/** Read-only access to the demo accounts, also beside a running system. */
export type DemoAccess = Pick<AccountAccess, 'accounts' | 'passwords'> & { demoPassword(): string | null };

export interface AccountCommandEnvironment {
  open: () => Promise<AccountAccess & AsyncDisposable>;
  openToLook: () => Promise<DemoAccess & AsyncDisposable>;
  in: NodeJS.ReadableStream;
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

/** The command cannot be carried out; the message is a sentence for the user. */
class Refused extends Error {}

/** The arguments are not a command; the usage is printed, too. */
class Misused extends Refused {}

/** Runs the command and returns its exit code. */
export async function runAccountCommand(
  args: readonly string[],
  { open, openToLook, in: input, ...streams }: AccountCommandEnvironment,
): Promise<0 | 1> {
  const [out, err] = [printingTo(streams.out), printingTo(streams.err)];
  try {
    const { command, email, role, passwordStdin } = optionsOf(args);
    if (command === 'help') return (out.write(`${USAGE}\n`), 0);
    if (command === 'demo-password') {
      await using stores = await openToLook();
      return (out.write(await demoPassword(stores)), 0);
    }
    const given = passwordStdin ? (await text(input)).replace(/\r?\n$/, '') : null;
    await using stores = await open();
    if (command === 'create-admin') out.write(await createAdmin(stores, email, given));
    else if (command === 'grant') out.write(await grant(stores, email, role));
    else if (command === 'revoke') out.write(await revoke(stores, email, role));
    else out.write(await rotateKeys(stores));
    return 0;
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 500) : String(error);
    err.write(`${said}\n${error instanceof Misused ? `${USAGE}\n` : ''}`);
    return 1;
  }
}

/** Creates an account that may grant roles, with the given password or a random one that is shown only this once. */
async function createAdmin(
  { accounts, passwords }: AccountAccess,
  email: string,
  given: string | null,
): Promise<string> {
  const name = 'Administrator';
  const password = given ?? randomBytes(15).toString('base64url');
  const weak = weakness(password, { email, name });
  if (weak) throw new Refused(weak);
  const hash = await passwords.hash(password);
  if (!(await accounts.open({ email, name, password: hash, roles: ['TRAVELLER', 'ADMIN'] }))) {
    throw new Refused(`${email} has an account already; give it the role: grant ${email} ADMIN`);
  }
  return `${email} is an administrator.\n${given === null ? `Its password, shown this once: ${password}\n` : ''}`;
}

async function grant({ accounts }: AccountAccess, email: string, role: Role): Promise<string> {
  const account = await accounts.byEmail(email);
  if (!account) throw new Refused(`there is no account with ${email}`);
  return (await accounts.grant(account.id, role))
    ? `${email} is ${one(role)} now; this takes effect in its sessions within ${LIVE_FOR / 1000} seconds.\n`
    : `${email} is ${one(role)} already.\n`;
}

/** a TRAVELLER, an OPERATOR */
const one = (role: Role): string => `${/^[AO]/.test(role) ? 'an' : 'a'} ${role}`;

async function revoke({ accounts }: AccountAccess, email: string, role: Role): Promise<string> {
  if (role === 'TRAVELLER') throw new Refused('every account is a TRAVELLER');
  const account = await accounts.byEmail(email);
  if (!account) throw new Refused(`there is no account with ${email}`);
  const done = await accounts.revoke(account.id, role);
  if (isRefused(done)) throw new Refused(`${email} is the only ADMIN: make another one first`);
  return done
    ? `${email} is no longer ${one(role)}; this takes effect in its sessions within ${LIVE_FOR / 1000} seconds.\n`
    : `${email} is not ${one(role)}.\n`;
}

async function rotateKeys({ keys }: AccountAccess): Promise<string> {
  const id = await keys.rotate();
  return `The key ${id} starts to sign access tokens in ${KEY_RESTS_FOR} seconds. Sessions stay signed in.\n`;
}

/** The password of the demo accounts, and which of them have another password by now. */
async function demoPassword({ accounts, passwords, demoPassword }: DemoAccess): Promise<string> {
  const found = [];
  for (const { email } of demoAccounts) found.push(await accounts.byEmail(email));
  const opened = found.filter((account) => account !== null);
  if (!opened.length) throw new Refused('there are no demo accounts: the first start with DEMO_DATA=on creates them');
  const password = demoPassword();
  const lines = [];
  for (const { email, password: hash } of opened) {
    const isRight = password !== null && (await passwords.verify(password, hash));
    lines.push(isRight ? email : `${email} (has another password)`);
  }
  return `Demo accounts, password ${password ?? 'unknown: a release before this one did not keep it'}: ${lines.join(', ')}\n`;
}

function optionsOf(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const passwordStdin = values['password-stdin'];
  if (values.help) return { command: 'help', email: '', role: 'TRAVELLER' as Role, passwordStdin };
  const [command, email = '', role = '', ...rest] = positionals;
  const wanted = { 'create-admin': 2, grant: 3, revoke: 3, 'rotate-keys': 1, 'demo-password': 1 }[command ?? ''];
  if (!wanted || rest.length || positionals.length !== wanted) throw new Misused('This is not a command.');
  const known = emailOf(email);
  if (wanted > 1 && known === null) throw new Misused(`${email} is not an email address`);
  if (wanted === 3 && !roles.includes(role as Role)) throw new Misused(`${role} is not a role`);
  return { command, email: known ?? '', role: role as Role, passwordStdin };
}

function parsed(args: readonly string[]) {
  try {
    const no = { type: 'boolean', default: false } as const;
    const options = { 'password-stdin': no, help: { ...no, short: 'h' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

async function openStores() {
  const wiring = openWiring(readConfig(process.env), openLog({ level: 'warn', json: false, to: 'stderr' }));
  const db = await wiring.database(accountTables);
  const passwords = openPasswords({ waitAtMost: 0 }); // this process hashes one password at a time
  const stores = { accounts: openAccounts(db), keys: openTokenKeys(db), passwords, now: wiring.now };
  return { ...stores, [Symbol.asyncDispose]: () => wiring.close() };
}

async function openStoresToLook() {
  const log = openLog({ level: 'warn', json: false, to: 'stderr' });
  const wiring = openWiring(readConfig(process.env), log, { readOnly: true });
  const accounts = openAccounts(await wiring.database(accountTables));
  const stores = { accounts, passwords: openPasswords({ waitAtMost: 0 }), demoPassword: wiring.demoPassword };
  return { ...stores, [Symbol.asyncDispose]: () => wiring.close() };
}

if (import.meta.main) {
  const { stdin, stdout, stderr } = process;
  await runCommand(() =>
    runAccountCommand(process.argv.slice(2), {
      open: openStores,
      openToLook: openStoresToLook,
      in: stdin,
      out: stdout,
      err: stderr,
    }),
  );
}
