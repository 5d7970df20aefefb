// The request context of the resolvers.
import type { Identity } from '../../../schema/wire/identity.ts';
import type { RegistryStores } from '../store/stores.ts';

export interface Context extends RegistryStores {
  identity: Identity;
}
