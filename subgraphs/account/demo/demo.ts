// The demo accounts: one for each role.
import { type Role, roles } from '../../../schema/wire/identity.ts';

/** Everybody is a traveller; each has one role more. */
export const demoAccounts: readonly { email: string; name: string; roles: readonly Role[] }[] = roles.map((role) => ({
  email: `${role.toLowerCase().replace('_', '.')}@fareloom.example`,
  name: `Demo ${role.toLowerCase().replace('_', ' ')}`,
  roles: role === 'TRAVELLER' ? [role] : ['TRAVELLER', role],
}));
