// What administrators do with the roles of accounts.
import { badInput } from '../../../schema/errors.ts';
import type { Context } from './context.ts';
import { emailOf } from '../rules/credentials.ts';
import { refusal } from '../rules/refusal.ts';
import type { AccountRefusal, MutationGrantRoleArgs, MutationRevokeRoleArgs } from './schema.generated.ts';
import type { KnownAccount } from '../store/store.ts';

/** The account of an email; null where there is none. */
export const accountOf = (email: string, { accounts }: Context): Promise<KnownAccount | null> =>
  accounts.byEmail(emailOf(email) ?? '');

/** Gives the account a role: the account as it is then. */
export async function grantRole(
  { email, role }: MutationGrantRoleArgs,
  context: Context,
): Promise<KnownAccount | AccountRefusal> {
  const account = await accountOf(email, context);
  if (!account) return refusal('ACCOUNT_NOT_FOUND');
  await context.accounts.grant(account.id, role);
  return (await context.accounts.byId(account.id)) ?? refusal('ACCOUNT_NOT_FOUND');
}

/** Takes a role from the account: the account as it is then. */
export async function revokeRole(
  { email, role }: MutationRevokeRoleArgs,
  context: Context,
): Promise<KnownAccount | AccountRefusal> {
  if (role === 'TRAVELLER') {
    throw badInput([{ argument: 'role', message: 'everybody with an account is a TRAVELLER; give another role.' }]);
  }
  const account = await accountOf(email, context);
  if (!account) return refusal('ACCOUNT_NOT_FOUND');
  if ((await context.accounts.revoke(account.id, role)) === 'LAST_ADMIN') return refusal('LAST_ADMIN');
  return (await context.accounts.byId(account.id)) ?? refusal('ACCOUNT_NOT_FOUND');
}
