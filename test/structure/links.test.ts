// Every relative link in a Markdown file leads to a file, and every anchor to a heading in it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);

/** The text without code, in which brackets and headings mean something else. */
const prose = (markdown: string) => markdown.replace(/^(```|~~~)[^]*?^\1/gm, '').replace(/`[^`\n]*`/g, '`code`');

/** What GitHub makes of the headings of a document, and the ids that it sets itself. */
function anchorsIn(markdown: string): Set<string> {
  const text = markdown.replace(/^(```|~~~)[^]*?^\1/gm, '');
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!));
  const seen = new Map<string, number>();
  for (const [, heading] of text.matchAll(/^#{1,6} +(.+?)(?: +#+)? *$/gm)) {
    const words = heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times ? `${slug}-${times}` : slug);
  }
  return anchors;
}

/** Every link of a document that leads nowhere, with the reason. */
function brokenLinks(file: string, markdown: string): string[] {
  const text = prose(markdown);
  const links = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm)].map(
    ([, inline, reference]) => inline ?? reference!,
  );
  return links
    .filter((link) => !/^[a-z][a-z+.-]*:/i.test(link)) // with a scheme it leads elsewhere
    .flatMap((link) => {
      const [path = '', anchor] = decodeURI(link).split('#');
      const target = path ? normalize(join(dirname(file), path)) : file;
      if (path && !existsSync(join(root, target))) return [`${file}: ${link}: there is no ${target}`];
      if (anchor === undefined || (path && !target.endsWith('.md'))) return [];
      const anchors = anchorsIn(path ? readFileSync(join(root, target), 'utf8') : markdown);
      return anchors.has(anchor) ? [] : [`${file}: ${link}: ${target} has no heading for #${anchor}`];
    });
}

describe('a link in a Markdown file', () => {
  test('leads to a file of the repository, and to a heading in it', () => {
    assert.ok(files.length >= 8 && files.includes('README.md'), files.join());
    assert.deepEqual(
      files.flatMap((file) => brokenLinks(file, readFileSync(join(root, file), 'utf8'))),
      [],
    );
  });

  test('is found where its file, its heading or its place in the folder is wrong', () => {
    const text = [
      '# A `code`, and (more) & so on',
      '# Twice\n# Twice',
      '[good](#a-code-and-more--so-on) [good](#twice-1) [good](../README.md#fareloom) [good](https://example.com/x.md)',
      '`[code](nowhere.md)`\n```\n[code](nowhere.md)\n```',
      '[no file](nowhere.md) [no heading](#twice-2) [no heading there](../README.md#nowhere)',
      '[by name]: nowhere.md',
    ];
    assert.deepEqual(brokenLinks('workers/made-up.md', text.join('\n\n')), [
      'workers/made-up.md: nowhere.md: there is no workers/nowhere.md',
      'workers/made-up.md: #twice-2: workers/made-up.md has no heading for #twice-2',
      'workers/made-up.md: ../README.md#nowhere: README.md has no heading for #nowhere',
      'workers/made-up.md: nowhere.md: there is no workers/nowhere.md',
    ]);
  });
});
