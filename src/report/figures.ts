/** The figures of a report: each as light and as dark SVG, with what it shows in words; or the reason why there is none. */

import type { Size } from '../allocate/frontier.ts';
import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { bootstrapMarginals, bootstrapPairs } from '../plot/bootstrap-figures.ts';
import { costBySize } from '../plot/cost-by-size.ts';
import type { Figure } from '../plot/figure.ts';
import { lossByCompute } from '../plot/loss-by-compute.ts';
import { lossSurface } from '../plot/loss-surface.ts';
import { renderSvg } from '../plot/render-svg.ts';
import { predictedByObserved, residualsAgainst } from '../plot/residuals.ts';
import type { Runs } from '../runs/runs.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { type Html, html, raw } from './html.ts';

/** What figures are drawn from. */
export interface Drawn {
  readonly fit: Fit<string>;
  readonly runs?: Runs | undefined;
  /** The rows that the fit used. */
  readonly kept?: Runs | undefined;
  readonly bootstrap?: Bootstrap<string> | undefined;
  readonly problem?: PlanProblem | undefined;
  readonly optimum?: Size | undefined;
  readonly document?: Document | undefined;
}

/** The figures that these things allow. */
export function figuresOf({ fit, runs, kept, bootstrap, problem, optimum, document }: Drawn): readonly Html[] {
  const show = (name: string, make: () => Figure): Html => {
    try {
      return drawn(make(), document);
    } catch (error) {
      if (!(error instanceof ScalingLawsError)) throw error;
      return html`<p class="quiet">${name}: no figure, because ${error.message}.</p>\n`;
    }
  };
  return [
    show('Loss by compute', () => lossByCompute(fit, kept)),
    ...(runs
      ? [
          show('Predicted against observed loss', () => predictedByObserved(fit, runs)),
          show('Residuals', () => residualsAgainst(fit, runs, 'D')),
        ]
      : []),
    show('Loss surface', () => lossSurface(fit, { ...(kept && { runs: kept }), ...(optimum && { optimum }) })),
    ...(bootstrap
      ? [
          show('Coefficients over replicates', () => bootstrapMarginals(bootstrap)),
          show('Pairs of coefficients', () => bootstrapPairs(bootstrap)),
        ]
      : []),
    ...(problem ? [show('Cost by size', () => costBySize(problem))] : []),
  ];
}

function drawn(figure: Figure, document: Document | undefined): Html {
  const svg = (theme: 'light' | 'dark'): Html => raw(renderSvg(figure, { theme, ...(document && { document }) }));
  // It scrolls by itself where the page is too narrow for its words.
  return html`<figure><div class="drawn" role="region" aria-label="${figure.ariaLabel}" tabindex="0"><div class="light">${svg('light')}</div><div class="dark">${svg('dark')}</div></div>
<figcaption><strong>${figure.ariaLabel}.</strong> ${figure.ariaDescription}</figcaption></figure>\n`;
}
