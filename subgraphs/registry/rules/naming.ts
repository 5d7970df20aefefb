// The names and URLs that a subgraph may have.

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Whether a subgraph may have this name: it stands in metrics, headers and key derivations. */
export const isSubgraphName = (name: string): boolean => name.length >= 2 && name.length <= 40 && NAME.test(name);

const LONGEST_URL = 1000; // characters of all replicas

/** The origins in a text with one or more, by comma; null if one is no origin: scheme, host and port, and nothing else. */
export function originsIn(text: string): string[] | null {
  const urls = text.split(',').map((each) => each.trim().replace(/\/$/, ''));
  if (text.length > LONGEST_URL) return null;
  return urls.every((url) => /^https?:\/\//.test(url) && URL.canParse(url) && new URL(url).origin === url)
    ? urls
    : null;
}
