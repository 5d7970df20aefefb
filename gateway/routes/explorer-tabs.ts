// The explorer's tabs in the browser's storage: unchanged examples follow the server's; the user's changes are kept.
import type { Example } from './examples.ts';

/** A tab as GraphiQL stores it. */
interface Tab {
  title: string;
  query: string | null;
  variables: string | null;
  headers: string | null;
}

/**
 * Updates the tabs that GraphiQL stored from the server's examples, before GraphiQL reads them. In a tab named after an
 * example, each value that is unchanged since the last visit becomes the example's; so does a date before `today` if
 * the example has a later one. `address` is the page's URL; its parameter `query`, which GraphiQL writes, is updated
 * too.
 *
 * The page runs this function from its source text, so it must not use anything outside itself.
 */
export function updateTabs(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  address: URL,
  examples: readonly Example[],
  today: string,
): void {
  type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };

  function parsed(text: string | null): Value {
    try {
      return JSON.parse(text ?? '') as Value;
    } catch {
      return undefined;
    }
  }

  const isSame = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);
  const isNode = (value: Value): value is { [name: string]: Value } => typeof value === 'object' && value !== null;
  const isDate = (value: Value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

  /** A three-way merge: the user's value where it differs from `before`, at any depth; else the value of `now`. */
  function merged(mine: Value, before: Value, now: Value): Value {
    if (isSame(mine, before)) return now;
    if (isDate(mine) && isDate(now) && mine < today && today <= now) return now;
    if (!isNode(mine) || !isNode(now)) return mine;
    const was = isNode(before) ? before : {};
    const values = Object.entries(mine).map(([name, value]) => [name, merged(value, was[name], now[name])] as const);
    return Array.isArray(mine) ? values.map(([, value]) => value) : Object.fromEntries(values);
  }

  /** The same merge for JSON texts; a text without changes keeps the user's layout. */
  function mergedJson(mine: string | null, before: string | null | undefined, now = ''): string | null {
    if (before !== undefined && (mine ?? '') === (before ?? '')) return now;
    const value = merged(parsed(mine), parsed(before ?? null), parsed(now));
    return isSame(value, parsed(mine)) ? mine : JSON.stringify(value, null, 2);
  }

  /** An operation without its comments, whose wording differs between releases. */
  const bare = (query: string | null): string => (query ?? '').replaceAll(/^#.*\n/gm, '').replaceAll(/\s+/g, ' ');

  function updated(tab: Tab): Tab {
    const now = examples.find(({ name }) => name === tab.title);
    if (!now) return tab;
    // release 0.1.0 stored no examples to compare with: its tabs count as unchanged if they have the example's
    // operation
    const unchanged = !remembered && bare(tab.query) === bare(now.query) ? tab : undefined;
    const before = remembered?.find(({ name }) => name === tab.title) ?? unchanged;
    return {
      ...tab,
      query: tab.query === before?.query ? now.query : tab.query,
      variables: mergedJson(tab.variables, before?.variables, now.variables),
      headers: mergedJson(tab.headers, before && (before.headers ?? null), now.headers),
    };
  }

  const parts = ['query', 'variables', 'headers'] as const;
  /** GraphiQL finds the active tab by these values; if no tab has them, it opens another one. */
  const activeOf = (part: (typeof parts)[number]): string =>
    (part === 'query' ? address.searchParams.get(part) : null) ?? storage.getItem(`graphiql:${part}`) ?? '';

  function activate(tab: Partial<Tab>): void {
    for (const part of parts) storage.setItem(`graphiql:${part}`, tab[part] ?? '');
  }

  const remembered = parsed(storage.getItem('fareloom:examples')) as Example[] | undefined;
  const saved = parsed(storage.getItem('graphiql:tabState')) as { tabs: Tab[] } | undefined;
  if (saved) {
    const tabs = saved.tabs.map(updated);
    storage.setItem('graphiql:tabState', JSON.stringify({ ...saved, tabs }));
    const active = tabs[saved.tabs.findLastIndex((tab) => parts.every((part) => (tab[part] ?? '') === activeOf(part)))];
    if (active) activate(active);
    if (active && address.searchParams.has('query')) address.searchParams.set('query', active.query ?? '');
  } else activate(examples[0] ?? {});
  storage.setItem('fareloom:examples', JSON.stringify(examples));
}
