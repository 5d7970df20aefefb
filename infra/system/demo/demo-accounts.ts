// The demo accounts: one for each role, at the first start on embedded adapters and never in production.
import { demoAccounts } from '../../../subgraphs/account/demo/demo.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import type { House } from '../services.ts';

/**
 * Opens them where there is no account yet. Gives their password, or null where none was opened. Throws in production
 * when there are some from a demo.
 */
export async function openDemoAccounts({ rooms, wiring }: House): Promise<string | null> {
  const { config } = wiring;
  if (!isEmbedded(config.DATABASE_URL)) return null;
  const { accounts, passwords } = await rooms.account();
  if (config.NODE_ENV === 'production') {
    for (const { email } of demoAccounts) {
      if (await accounts.byEmail(email))
        throw new Error(`${config.DATABASE_URL} has the demo's accounts: give production another folder.`);
    }
  }
  if (config.DEMO_DATA === 'off' || config.NODE_ENV === 'production') return null;
  if (!(await accounts.isEmpty())) return null;
  const password = wiring.demoPassword()!;
  const hash = await passwords.hash(password);
  for (const account of demoAccounts) await accounts.open({ ...account, password: hash });
  return password;
}

/** The line that tells a newcomer how to sign in. It does not go through the log, where no password belongs. */
export const demoAccountsLine = (password: string): string =>
  `Demo accounts, password ${password}: ${demoAccounts.map(({ email }) => email).join(', ')} ` +
  '(shown again by npm run account -- demo-password)\n';
