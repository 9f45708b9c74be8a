/**
 * The pages of the site, in reading order, and how their headings become anchors: one list for the sidebar and for the tests.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part of the sidebar. */
export interface Part {
  readonly text: string;
  /** Files under docs/, without `.md`; a name that ends in `/` stands for all pages of that folder. */
  readonly pages: readonly string[];
}

export const parts: readonly Part[] = [
  {
    text: 'Start',
    pages: ['index', 'getting-started', 'choosing', 'from-python-chinchilla', 'cookbook', 'playground'],
  },
  {
    text: 'Fit',
    pages: ['readers', 'fitting', 'ablation', 'laws', 'laws/', 'families', 'hitchhiker', 'approaches'],
  },
  { text: 'Trust', pages: ['uncertainty', 'diagnosis', 'validation', 'failure-modes'] },
  { text: 'Decide', pages: ['inference-aware', 'planning', 'serving', 'flops'] },
  {
    text: 'Look up',
    pages: [
      'entries',
      'command-line',
      'figures',
      'report',
      'json-formats',
      'maths',
      'changes-from-the-papers',
      'glossary',
    ],
  },
];

/** Names of the pages of a part that are there, in the folder `docs`. */
export function pagesOf(part: Part, docs: string): string[] {
  return part.pages.flatMap((name) => {
    const path = join(docs, name);
    if (!name.endsWith('/')) return existsSync(`${path}.md`) ? [name] : [];
    const files = existsSync(path) ? readdirSync(path) : [];
    return files
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${name}${file.slice(0, -'.md'.length)}`)
      .sort();
  });
}

/** The first heading of a page, without its Markdown. */
export function titleOf(name: string, docs: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(docs, `${name}.md`), 'utf8'))?.[1] ?? name;
  return heading.replaceAll('`', '');
}

/** Anchor of a heading, as GitHub makes it, so that a link works there and on the site. */
export function anchorOf(heading: string): string {
  const words = heading.trim().toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
}
