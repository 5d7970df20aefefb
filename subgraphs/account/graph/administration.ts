// Administration of account roles.
import { badInput, isRefused } from '../../../schema/errors.ts';
import type { Context } from './context.ts';
import { emailOf } from '../rules/credentials.ts';
import { refusal } from '../rules/refusal.ts';
import type { MutationGrantRoleArgs, MutationRevokeRoleArgs } from './schema.generated.ts';
import type { AccountRefusal } from './sources.ts';
import type { KnownAccount } from '../store/store.ts';

/** The account with this email address; null if there is none. */
export const accountOf = (email: string, { accounts }: Context): Promise<KnownAccount | null> =>
  accounts.byEmail(emailOf(email) ?? '');

/** Grants the role and resolves with the updated account. */
export async function grantRole(
  { email, role }: MutationGrantRoleArgs,
  context: Context,
): Promise<KnownAccount | AccountRefusal> {
  const account = await accountOf(email, context);
  if (!account) return refusal('ACCOUNT_NOT_FOUND');
  await context.accounts.grant(account.id, role);
  return (await context.accounts.byId(account.id)) ?? refusal('ACCOUNT_NOT_FOUND');
}

/** Revokes the role and resolves with the updated account. */
export async function revokeRole(
  { email, role }: MutationRevokeRoleArgs,
  context: Context,
): Promise<KnownAccount | AccountRefusal> {
  if (role === 'TRAVELLER') {
    throw badInput([{ argument: 'role', message: 'every account is a TRAVELLER; give another role.' }]);
  }
  const account = await accountOf(email, context);
  if (!account) return refusal('ACCOUNT_NOT_FOUND');
  const revoked = await context.accounts.revoke(account.id, role);
  if (isRefused(revoked)) return revoked;
  return (await context.accounts.byId(account.id)) ?? refusal('ACCOUNT_NOT_FOUND');
}
