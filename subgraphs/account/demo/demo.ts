// The demo accounts: one for each role.
import { type Role, roles } from '../../../schema/wire/identity.ts';

/** Every account has TRAVELLER; all but the first have one more role. */
export const demoAccounts: readonly { email: string; name: string; roles: readonly Role[] }[] = roles.map((role) => ({
  email: `${role.toLowerCase().replace('_', '.')}@fareloom.example`,
  name: `Demo ${role.toLowerCase().replace('_', ' ')}`,
  roles: role === 'TRAVELLER' ? [role] : ['TRAVELLER', role],
}));
