/**
 * Boxes of a page that scroll where it is narrow, which keys must reach as well: figures and indented formulas.
 *
 * `![words](/figures/NAME.svg)` becomes the figure for light pages and that for dark ones. Which of the two is seen is style.css's; the
 * other is never fetched, for it is lazy.
 */

import type { MarkdownOptions } from 'vitepress';

/** What VitePress hands to `markdown.config`. */
type Markdown = Parameters<NonNullable<MarkdownOptions['config']>>[0];

const FIGURE: RegExp = /^(\/figures\/[\w-]+)\.svg$/;

/** Path of a figure for dark pages, from that for light ones. */
export const darkOf = (path: string): string => path.replace(FIGURE, '$1-dark.svg');

/** Teaches Markdown these boxes. */
export function scrollingBoxes({ renderer: { rules } }: Markdown): void {
  const { image, code_block: formula } = rules as Required<typeof rules>;
  rules.code_block = (...args) => formula!(...args).replace('<pre', '<pre tabindex="0"');
  rules.image = (tokens, i, options, env, self) => {
    const token = tokens[i]!;
    const path = token.attrGet('src') ?? '';
    if (!FIGURE.test(path)) return image!(tokens, i, options, env, self);
    const shown = (scheme: string, src: string): string => {
      for (const [name, value] of Object.entries({ loading: 'lazy', class: scheme, src })) token.attrSet(name, value);
      return image!(tokens, i, options, env, self);
    };
    const both = shown('light-only', path) + shown('dark-only', darkOf(path));
    return `<span class="figure" role="group" aria-label="Figure" tabindex="0">${both}</span>`;
  };
}
