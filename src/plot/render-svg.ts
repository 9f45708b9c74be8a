/** A figure as one SVG text that stands alone: no style sheet, no script, no font of its own; colors of a light or a dark page. */

import { plot } from '@observablehq/plot';
import { refusal } from '../errors.ts';
import { check } from '../schema/check.ts';
import { type Figure, HUE, INK, PAPER } from './figure.ts';
import { type SvgOptions, svgOptions } from './options.ts';
import { escaped, type SomeNode, serialize, shortNumbers } from './serialize.ts';

export type { SvgOptions } from './options.ts';

/** Colors of the page. */
export type Theme = NonNullable<SvgOptions['theme']>;

/** What becomes of the colors that figures are made with. Okabe and Ito's lighter hues stand for the darker ones on black. */
const THEMES: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: { [INK]: '#1b1f24', [PAPER]: '#ffffff' },
  dark: { [INK]: '#e3e6ea', [PAPER]: '#14171c', [HUE.blue]: '#56B4E9', [HUE.vermillion]: '#E69F00' },
};

/**
 * Draws a figure.
 *
 * @param figure - One of this module's, or one that was composed from it; options of `Plot.plot` without titles and legends, which
 *   are HTML.
 * @param options - Theme, size in pixels, document.
 * @returns SVG, with its name and description for screen readers. The same figure gives the same text on every machine, to a hundredth
 *   of a pixel.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a theme or size that cannot be, or where there is no document; `E_OPTION`.
 * @example
 * import { plotDocument } from 'scaling-laws/node';
 * import { lossByCompute } from 'scaling-laws/plot';
 * renderSvg(lossByCompute(publishedLaws.sardana2024), { theme: 'dark', document: await plotDocument() }).slice(0, 4) // => '<svg'
 */
export function renderSvg(figure: Figure, options: SvgOptions = {}): string {
  const {
    theme,
    width = figure.width,
    height = figure.height,
    document = globalThis.document,
  } = check(svgOptions, options);
  if (!document) throw refusal('document', 'be given where there is no page', document);
  const colors = Object.entries(THEMES[theme]);
  const colored = (value: string): string => colors.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  const drawn = plot({ ...figure, ...(width && { width }), ...(height && { height }), document });
  if (drawn.localName !== 'svg') {
    throw refusal('figure', 'be without title, caption and legend, which are HTML', drawn.localName);
  }
  const { ariaLabel: label, ariaDescription: description } = figure;
  for (const name of ['class', 'aria-description', 'xmlns:xlink']) drawn.removeAttribute(name);
  // The picture as a whole has a name; its parts, which have no role, must not.
  for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', `${label}. ${description}`);
  const rewrite = (value: string, name: string): string =>
    name.startsWith('aria-') ? value : shortNumbers(colored(value));
  const text = serialize(drawn as unknown as SomeNode, rewrite);
  const start = text.indexOf('>') + 1;
  return [
    text.slice(0, start),
    `<title>${escaped(label)}</title><desc>${escaped(description)}</desc>`,
    `<rect fill="${colored(PAPER)}" height="100%" width="100%"/>`,
    text.slice(start),
    '\n',
  ].join('');
}
