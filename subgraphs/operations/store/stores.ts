// The stores of the operations subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import { openDeadLetters } from './dead-letter-store.ts';

export type OperationsStores = ReturnType<typeof openOperationsStores>;

export const openOperationsStores = ({ db, platform }: StoreParts) => ({
  deadLetters: openDeadLetters(db, platform.now),
});
