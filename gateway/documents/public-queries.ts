// The queries whose responses may be shared.

/**
 * The queries with the same response for every caller with the rights of an anonymous one, so that responses can be
 * shared. A cart is not one of them: its id is a secret, and it must always show its latest content.
 */
export const publicQueries: ReadonlySet<string> = new Set(['shopping', 'airport', 'airports', '__typename']);
