// Who holds a token of the registry, and what it may do.

/** What a token may do: everything, or what concerns its own subgraph. */
export type Holder = { kind: 'operator' } | { kind: 'subgraph'; name: string };

/** Who acts, in the rows of the registry. */
export const nameOfHolder = (holder: Holder): string =>
  holder.kind === 'operator' ? 'operator' : `team of ${holder.name}`;

/** Whether the holder may change this subgraph. */
export const mayChange = (holder: Holder, subgraph: string): boolean =>
  holder.kind === 'operator' || holder.name === subgraph;
