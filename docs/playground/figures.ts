/** The figures of the playground: each in the page's colors, with its words and a button that saves it. */

import { type Bootstrap, type Fit, type Plan, type PlanProblem, type Runs, ScalingLawsError } from '../../src/index.ts';
import {
  bootstrapMarginals,
  bootstrapPairs,
  costBySize,
  type Figure,
  lossByCompute,
  lossSurface,
  predictedByObserved,
  renderSvg,
  residualsAgainst,
  type Theme,
} from '../../src/plot.ts';
import { type Html, html, raw } from '../../src/report/html.ts';

/** What figures are drawn from. */
export interface Drawn {
  readonly runs: Runs;
  /** Those that the fit used. */
  readonly kept: Runs;
  readonly fit: Fit;
  readonly bootstrap?: Bootstrap<string> | undefined;
  readonly problem?: PlanProblem | undefined;
  readonly plan?: Plan | undefined;
}

/** A figure as SVG text, under the name that its file gets; or the reason why there is none. */
export type NamedSvg = { readonly name: string } & (
  | { readonly svg: string; readonly caption: string }
  | { readonly why: string }
);

/** The figures that these things allow. */
export function figuresOf({ runs, kept, fit, bootstrap, problem, plan }: Drawn, theme: Theme): readonly NamedSvg[] {
  const makers: readonly (readonly [name: string, make: () => Figure])[] = [
    ['loss-by-compute', () => lossByCompute(fit, kept)],
    ['loss-surface', () => lossSurface(fit, { runs: kept, ...(plan && { optimum: plan }) })],
    ...(problem ? [['cost-by-size', () => costBySize(problem)] as const] : []),
    ['predicted-by-observed', () => predictedByObserved(fit, runs)],
    ['residuals-by-tokens', () => residualsAgainst(fit, runs, 'D')],
    ...(bootstrap
      ? ([
          ['bootstrap-marginals', () => bootstrapMarginals(bootstrap)],
          ['bootstrap-pairs', () => bootstrapPairs(bootstrap)],
        ] as const)
      : []),
  ];
  return makers.map(([name, make]) => {
    try {
      const figure = make();
      return { name, svg: renderSvg(figure, { theme }), caption: `${figure.ariaLabel}. ${figure.ariaDescription}` };
    } catch (error) {
      if (error instanceof ScalingLawsError) return { name, why: error.message };
      throw error;
    }
  });
}

/** Figures as HTML. */
export const shownFigures = (figures: readonly NamedSvg[]): Html =>
  html`${figures.map((figure) =>
    'why' in figure
      ? html`<p class="quiet">No figure ${figure.name}, because ${figure.why}.</p>`
      : html`<figure><div class="drawn" role="region" aria-label="${figure.name}" tabindex="0">${raw(figure.svg)}</div><figcaption>${figure.caption}
<button type="button" name="save-svg" value="${figure.name}" aria-label="Save ${figure.name} as SVG">SVG</button></figcaption></figure>`,
  )}`;
