// The request context of the resolvers.
import type { Identity } from '../../../schema/wire/identity.ts';
import type { OperationsStores } from '../store/stores.ts';

export interface Context extends OperationsStores {
  identity: Identity;
}
