// Whether a caller has what a field requires, which @access in the schema of its subgraph says
// (schema/composition/access.ts).
import { type ErrorCode, fault } from '../errors.ts';
import type { Identity } from './identity.ts';
import type { Need, SupergraphArtifact } from './supergraph-artifact.ts';

/** The need of an account with one of the roles, if there are any, and of a token with all of the scopes. */
export type Rights = Exclude<Need, string>;

/** The requirement of every field of a graph, by `Type.field`. */
export type Permissions = SupergraphArtifact['permissions'];

/** What decides. */
export type Caller = Pick<Identity, 'account' | 'roles' | 'scopes'>;

/** An error that is not made yet: with its stack an Error takes longer than all of a check. */
interface FieldRefusal {
  code: ErrorCode;
  message: string;
}

/** Why the caller may not use the field, given by its name: UNAUTHENTICATED or FORBIDDEN; null if the caller may. */
export function refusalFor({ account, roles, scopes }: Caller, field: string, need: Need): FieldRefusal | null {
  if (need === 'anyone' || need === 'owner') return null;
  if (account === null) return { code: 'UNAUTHENTICATED', message: `${field}: sign in first.` };
  if (need === 'account') return null;
  if (need.roles.length && !need.roles.some((role) => (roles as readonly string[]).includes(role))) {
    return { code: 'FORBIDDEN', message: `${field}: this needs the role ${need.roles.join(' or ')}.` };
  }
  const missing = need.scopes.filter((scope) => !scopes.includes(scope));
  if (!missing.length) return null;
  return { code: 'FORBIDDEN', message: `${field}: this needs the scope ${missing.join(' and ')}.` };
}

/** Whether the caller may use a field with this need. */
export function meets({ account, roles, scopes }: Caller, need: Need): boolean {
  if (need === 'anyone' || need === 'owner') return true;
  if (account === null || need === 'account') return account !== null;
  return (
    (!need.roles.length || need.roles.some((role) => (roles as readonly string[]).includes(role))) &&
    need.scopes.every((scope) => scopes.includes(scope))
  );
}

/** Throws why the caller may not use the field, given as `Mutation.createFare`. */
export function permit(caller: Caller, field: string, need: Need): void {
  const refusal = refusalFor(caller, field.slice(field.indexOf('.') + 1), need);
  if (refusal) throw fault(refusal.code, refusal.message);
}

/** Whether every caller that meets the first need also meets the second. */
export function covers(strict: Need, other: Need): boolean {
  if (other === 'anyone' || strict === other) return true;
  if (strict === 'anyone') return false;
  if (other === 'account') return true;
  if (typeof strict === 'string' || typeof other === 'string') return false;
  return (
    (!other.roles.length || (strict.roles.length > 0 && strict.roles.every((role) => other.roles.includes(role)))) &&
    other.scopes.every((scope) => strict.scopes.includes(scope))
  );
}
