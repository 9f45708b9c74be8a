/** How figures are drawn, apart from the library that draws them, so that a command line can tell of it without loading that. */

import { choice, custom, positive, text, yes } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

/** As paper. */
export const DEFAULT_THEME = 'light';

/** What figures are built with; Node has none: see `plotDocument` of `scaling-laws/node`. */
export const documentField = custom<Document>(
  'be a document',
  (value) => typeof value === 'object' && value !== null && 'createElementNS' in value,
  { help: 'Document with which figures are built.', otherwise: "the page's own" },
);

/** How to draw. */
export const svgOptions = object('SVG options', {
  theme: optional(choice(['light', 'dark'], { help: 'Colors of the page.' }), DEFAULT_THEME),
  width: optional(positive('pixels', { help: 'Width of the figure.', otherwise: "the figure's own" })),
  height: optional(positive('pixels', { help: 'Height of the figure.', otherwise: "the figure's own" })),
  document: optional(documentField),
});

/** How to draw. */
export type SvgOptions = Given<typeof svgOptions>;

/** What to show of several families. */
export const errorMapOptions = object('error map options', {
  facet: optional(yes({ help: 'Draw a panel for each family, not their mean.' }), false),
});

/** What to show of several families. */
export type ErrorMapOptions = Given<typeof errorMapOptions>;

/** What ordinary ratios of tokens to parameters identify least well (Sardana et al. 2024, table 1). */
export const DEFAULT_FOREST_COEFFICIENT = 'beta';

/** What to show of each fit. */
export const ablationForestOptions = object('ablation forest options', {
  coefficient: optional(text({ help: 'Coefficient to show of each fit.' }), DEFAULT_FOREST_COEFFICIENT),
});

/** What to show of each fit. */
export type AblationForestOptions = Given<typeof ablationForestOptions>;
