/** Links, anchors, figures, equations and the sidebar of README and docs/, without building the site. */

import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { createMarkdownRenderer } from 'vitepress';
import { describe, expect, it } from 'vitest';
import config from '../docs/.vitepress/config.ts';
import { figures } from '../docs/.vitepress/figures.ts';
import { anchorOf, pagesOf, parts } from '../docs/.vitepress/pages.ts';
import { plotDocument } from '../src/node/pictures.ts';
import { renderSvg } from '../src/plot.ts';
import { filesUnder, read } from './fences.ts';

const pages = filesUnder('docs', '.md').filter((path) => !path.startsWith('docs/api/'));

/** A text without its code, where brackets and hashes mean something else. */
const prose = (path: string): string => read(path).replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');

/** Targets of the links and pictures of a page. */
const linksOf = (path: string): string[] =>
  [
    ...prose(path)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target]) => target!);

/** Anchors of a page's headings; a heading that comes twice is numbered. */
function anchorsOf(path: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const anchor = anchorOf(heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, ''));
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

describe('links', () => {
  it.each(['README.md', 'CONTRIBUTING.md', ...pages])('of %s lead somewhere', (path) => {
    const broken = linksOf(path).filter((target) => {
      if (/^(https?|mailto):/.test(target) || target.startsWith('/figures/')) return false;
      const [file = '', anchor] = target.split('#');
      const to = file ? normalize(join(dirname(path), file)) : path;
      return !existsSync(to) || (anchor !== undefined && !anchorsOf(to).includes(anchor));
    });
    expect(broken).toEqual([]);
  });
});

describe('figures', () => {
  const used = pages.flatMap(linksOf).filter((target) => target.startsWith('/figures/'));

  it('that a page shows are made, and those that are made are shown', () => {
    const made = figures.map(({ name }) => `/figures/${name}.svg`);
    expect([...new Set(used)].sort()).toEqual(made.sort());
  });

  it('of the README is the one of that name, drawn anew', async () => {
    const figure = await figures.find(({ name }) => name === 'loss-by-compute')!.make();
    const drawn = renderSvg(figure, { document: await plotDocument() });
    expect(read('docs/public/loss-by-compute.svg').trim()).toBe(drawn.trim());
  });

  it('have words for those who cannot see them', () => {
    expect(pages.filter((path) => /!\[\]\(/.test(prose(path)))).toEqual([]);
  });

  it('are shown in the scheme of the page, with the same words; other pictures as they are', async () => {
    const { render } = await createMarkdownRenderer('docs', config.markdown);
    const [light, dark, ...more] = [
      ...render('![what it shows](/figures/loss-surface.svg)').matchAll(/<img ([^>]*)>/g),
    ].map(([, attributes]) => attributes!);
    expect(more).toEqual([]);
    expect(light).toMatch(/src="\/figures\/loss-surface\.svg"/);
    expect(light).toMatch(/class="light-only"/);
    expect(dark).toBe(light!.replace('surface.svg', 'surface-dark.svg').replace('light-only', 'dark-only'));
    expect(dark).toMatch(/alt="what it shows"/);
    expect(render('![other](/other.svg)').match(/<img /g)).toHaveLength(1);
    // What scrolls is reached by keys.
    expect(render('    C = 6 N D')).toMatch(/<pre[^>]* tabindex="0"/);
    expect(render('![what it shows](/figures/loss-surface.svg)')).toMatch(/<span class="figure"[^>]* tabindex="0"/);
  });
});

it('every page is in the sidebar, once', () => {
  const listed = parts.flatMap((part) => pagesOf(part, 'docs')).map((name) => `docs/${name}.md`);
  expect(listed.sort()).toEqual(pages.sort());
});

describe('docs/maths.md', () => {
  const text = read('docs/maths.md');

  it('numbers its equations in order', () => {
    const tags = [...text.matchAll(/\\tag\{(\d+)\}/g)].map(([, tag]) => Number(tag));
    expect(tags).toEqual(tags.map((_, i) => i + 1));
    expect(tags.length).toBe(text.split(/^\$\$$/m).length >> 1);
  });

  it('names files that are there', () => {
    const files = [...text.matchAll(/`(src\/[\w/.-]+)`/g)].map(([, file]) => file!);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
