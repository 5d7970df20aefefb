// Regions of files that are rendered: between a line that names the region and a line that ends it.

const MARK = 'rendered by npm run render';

/** The rendered text of each region of a file, by the region's name. */
export type Regions = Readonly<Record<string, string>>;

/**
 * The file's text with its regions filled. A region keeps the indentation of its first mark. Throws an Error with a
 * sentence when the file lacks a region, or has one that nothing renders.
 */
export function filled(file: string, text: string, regions: Regions): string {
  const left = new Set(Object.keys(regions));
  const result = text.replaceAll(
    new RegExp(`^( *)(\\S.*${MARK}: )([\\w-]+)(.*)\\n[^]*?^( *\\S.*end of )\\3(.*)$`, 'gm'),
    (_, indent: string, open: string, name: string, closes: string, end: string, ends: string) => {
      const content = regions[name];
      if (content === undefined) throw new Error(`${file}: nothing renders ${name}`);
      left.delete(name);
      const lines = content.split('\n').map((line) => (line === '' ? line : `${indent}${line}`));
      return [`${indent}${open}${name}${closes}`, ...lines, `${end}${name}${ends}`].join('\n');
    },
  );
  if (left.size) throw new Error(`${file} has no place for ${[...left].join(', ')}: mark one with "${MARK}: NAME"`);
  return result;
}

/** The text without the content of a region. */
export const without = (name: string, text: string): string =>
  text.replace(new RegExp(`(${MARK}: ${name}.*\\n)[^]*?(?=^ *\\S.*end of ${name})`, 'm'), '$1');
