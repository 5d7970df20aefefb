// The stores of the operations subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import { openDeadLetters } from './dead-letter-store.ts';
import { openProcesses } from './process-store.ts';
import { openVerification } from './verification.ts';

export type OperationsStores = ReturnType<typeof openOperationsStores>;

export const openOperationsStores = ({ db, timeout, platform }: StoreParts) => ({
  deadLetters: openDeadLetters(db, platform.now),
  processes: openProcesses(() => platform.cache, platform.now),
  verification: openVerification(platform, timeout),
});
