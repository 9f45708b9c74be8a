/** The site: every page of docs/, the API that TypeDoc wrote to docs/api, local search, equations by MathJax. No remote file. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DefaultTheme, UserConfig } from 'vitepress';
import { scrollingBoxes } from './boxes.ts';
import { anchorOf, pagesOf, parts, titleOf } from './pages.ts';

const docs: string = fileURLToPath(new URL('..', import.meta.url));

/** What typedoc-plugin-markdown writes to docs/api/navigation.json. */
interface Entry {
  readonly title: string;
  readonly path?: string | null;
  readonly children?: readonly Entry[];
}

const link = (name: string): string => (name === 'index' ? '/' : `/${name}`);

/** A page with those of the folder of its name, folded away. */
function item(name: string, all: readonly string[]): DefaultTheme.SidebarItem {
  const inside = all.filter((other) => other.startsWith(`${name}/`));
  return {
    text: name === 'index' ? 'What it is' : titleOf(name, docs),
    link: link(name),
    ...(inside.length > 0 ? { collapsed: true, items: inside.map((other) => item(other, all)) } : {}),
  };
}

const guide: DefaultTheme.SidebarItem[] = parts.map((part) => {
  const all = pagesOf(part, docs);
  return { text: part.text, items: all.filter((name) => !name.includes('/')).map((name) => item(name, all)) };
});

/** An entry by the title of its page: `index`, `node`, ... */
const entryOf = (title: string): string => (title === 'index' ? 'scaling-laws' : `scaling-laws/${title}`);

const navigation = join(docs, 'api', 'navigation.json');
const entries: readonly Entry[] = existsSync(navigation) ? JSON.parse(readFileSync(navigation, 'utf8')) : [];

/** Types are found from the functions that take them, by search and in the index: listed on every page they would be most of the site. */
const TYPES: readonly string[] = ['Interfaces', 'Type Aliases'];

function api({ title, path, children }: Entry, isEntry = false): DefaultTheme.SidebarItem {
  return {
    text: isEntry ? entryOf(title) : title,
    ...(path ? { link: `/api/${path.replace(/(index)?\.md$/, '')}` } : {}),
    ...(children
      ? {
          items: children.filter((child) => !TYPES.includes(child.title)).map((child) => api(child)),
          collapsed: title !== 'index',
        }
      : {}),
  };
}

const playground = existsSync(join(docs, 'playground.md')) ? [{ text: 'Playground', link: '/playground' }] : [];

const config: UserConfig<DefaultTheme.Config> = {
  title: 'scaling-laws',
  description: 'Fit scaling laws to training runs, and turn the fit into a decision.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }]],
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    math: true,
    anchor: { slugify: anchorOf },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: scrollingBoxes,
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/getting-started', activeMatch: '^/(?!api/|playground)' },
      ...playground,
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
    ],
    sidebar: { '/': guide, '/api/': [{ text: 'API', link: '/api/' }, ...entries.map((entry) => api(entry, true))] },
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: false, next: false },
    externalLinkIcon: false,
  },
};

export default config;
