/**
 * Figures outside a browser: a document to build them in (linkedom), and pictures of them (resvg), drawn with DejaVu Sans, because resvg
 * leaves out all text, without a word, where it finds no font.
 *
 * The two packages that make pictures are large and not everybody's need: whoever wants PNG installs them beside this one.
 */

import { createRequire } from 'node:module';
import type { ResvgRenderOptions } from '@resvg/resvg-js';
import { refusal, ScalingLawsError } from '../errors.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { here } from './here.ts';

/** Pixels of a picture for each of the figure: sharp on the screens of today. */
export const DEFAULT_PIXEL_RATIO = 2;

/** What makes pictures. */
const RENDERER = '@resvg/resvg-js';
const FONT = 'dejavu-fonts-ttf';

/**
 * A document for `renderSvg`, and for `Plot.plot`, where there is no page.
 *
 * @returns An empty document of linkedom.
 */
export async function plotDocument(): Promise<Document> {
  const { parseHTML } = await import('./document.ts');
  return parseHTML('<!doctype html><html><head></head><body></body></html>').document;
}

/**
 * A picture of an SVG.
 *
 * @param svg - As `renderSvg` gives it.
 * @param pixelRatio - Pixels of the picture for each of the SVG, > 0; default {@link DEFAULT_PIXEL_RATIO}.
 * @returns The bytes of a PNG file.
 * @throws {ScalingLawsError} `E_PACKAGE_MISSING` unless `@resvg/resvg-js` and `dejavu-fonts-ttf` are installed; `E_ARGUMENT` for what is no SVG.
 */
export async function pngOfSvg(svg: string, pixelRatio: number = DEFAULT_PIXEL_RATIO): Promise<Uint8Array> {
  check(positive('pixels'), pixelRatio, 'pixelRatio');
  const { renderAsync } = await renderer();
  const options: ResvgRenderOptions = {
    fitTo: { mode: 'zoom', value: pixelRatio },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  };
  try {
    return (await renderAsync(svg, options)).asPng();
  } catch (cause) {
    throw refusal('svg', 'be the text of an SVG', svg, (cause as Error).message);
  }
}

const FAMILY = 'DejaVu Sans';

async function renderer(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw missing(RENDERER, cause);
  }
}

function fontFiles(): string[] {
  const { resolve } = createRequire(here());
  try {
    return ['DejaVuSans', 'DejaVuSans-Bold'].map((name) => resolve(`${FONT}/ttf/${name}.ttf`));
  } catch (cause) {
    throw missing(FONT, cause);
  }
}

const missing = (name: string, cause: unknown): ScalingLawsError =>
  new ScalingLawsError(
    'E_PACKAGE_MISSING',
    {
      argument: 'PNG',
      rule: `have ${name} installed (npm install ${RENDERER} ${FONT})`,
      got: (cause as Error).message.split('\n')[0],
    },
    { package: name },
  );
