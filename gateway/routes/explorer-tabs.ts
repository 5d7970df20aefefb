// The explorer's tabs in a browser's storage: unchanged examples follow the server's, and what the user changed stays.
import type { Example } from './examples.ts';

/** A tab as GraphiQL stores it. */
interface Tab {
  title: string;
  query: string | null;
  variables: string | null;
  headers: string | null;
}

/**
 * Brings the tabs that GraphiQL stored up to date with the server's examples, before GraphiQL reads them. In a tab named
 * as an example, each value that is still as the last visit got it becomes the example's; so does a date before `today`
 * where the example has a later one. `address` is the page's; its parameter `query`, which GraphiQL writes, follows.
 *
 * The page runs this function by its source text: it can use nothing from outside itself.
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

  /** The same of texts, which keep the user's own layout where nothing changes. */
  function mergedJson(mine: string | null, before: string | null | undefined, now = ''): string | null {
    if (before !== undefined && (mine ?? '') === (before ?? '')) return now;
    const value = merged(parsed(mine), parsed(before ?? null), parsed(now));
    return isSame(value, parsed(mine)) ? mine : JSON.stringify(value, null, 2);
  }

  /** An operation without its comments, which other releases word differently. */
  const bare = (query: string | null): string => (query ?? '').replaceAll(/^#.*\n/gm, '').replaceAll(/\s+/g, ' ');

  function updated(tab: Tab): Tab {
    const now = examples.find(({ name }) => name === tab.title);
    if (!now) return tab;
    // release 0.1.0 left no examples to compare with: there a tab with the example's own operation counts as unchanged
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
  /** By these GraphiQL finds the active tab; it opens a further one where no tab has them. */
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
    const active = saved.tabs.findLastIndex((tab) => parts.every((part) => (tab[part] ?? '') === activeOf(part)));
    if (active >= 0) activate(tabs[active]!);
    if (active >= 0 && address.searchParams.has('query')) address.searchParams.set('query', tabs[active]!.query ?? '');
  } else activate(examples[0]!);
  storage.setItem('fareloom:examples', JSON.stringify(examples));
}
