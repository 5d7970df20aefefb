// The demo accounts: one for each role, created at the first start on embedded adapters and never in production.
import { demoAccounts } from '../../../subgraphs/account/demo/demo.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import type { Shared } from '../stores.ts';

/**
 * Creates the demo accounts when there is no account yet. Returns their password, or null when none was created. Throws
 * in production when demo accounts exist.
 */
export async function openDemoAccounts({ stores, wiring }: Pick<Shared, 'stores' | 'wiring'>): Promise<string | null> {
  const { config } = wiring;
  if (!isEmbedded(config.DATABASE_URL)) return null;
  const { accounts, passwords } = await stores.account();
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

/** The line that says how to sign in. It is not logged, because logs must not contain passwords. */
export const demoAccountsLine = (password: string): string =>
  `Demo accounts, password ${password}: ${demoAccounts.map(({ email }) => email).join(', ')} ` +
  '(shown again by npm run account -- demo-password)\n';
