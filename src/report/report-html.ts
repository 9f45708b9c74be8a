/**
 * A fit as one page of HTML that stands alone: data, filters, coefficients with intervals, diagnosis, figures, optimum, sources, and the
 * fit itself as JSON. It asks nothing of the network, follows the colors of its reader's system, and prints.
 */

import type { Answer } from '../answer/answer.ts';
import { VERSION } from '../constants.ts';
import { diagnose } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { plan } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { documentField } from '../plot/options.ts';
import { runsField } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, text } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { withBootstrap } from '../uncertainty/with-bootstrap.ts';
import { answerSection } from './answer.ts';
import { citationsOf } from './citations.ts';
import { knownCoefficients } from './coefficients.ts';
import { figuresOf } from './figures.ts';
import { type Html, html, json, raw } from './html.ts';
import { computeOptima, planned } from './optimum.ts';
import {
  citationSection,
  coefficientSection,
  dataSection,
  diagnosisSection,
  filterSection,
  fitSection,
} from './sections.ts';
import { equationInWords } from './sentences.ts';
import { STYLE } from './style.ts';

/** Name of a report that is given none. */
export const DEFAULT_REPORT_TITLE = 'Scaling-law report';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a report is about. */
export const reportOptions = object('report options', {
  fit: custom<Fit<string>>('be a fit', isObject, { help: 'The fit.' }),
  runs: optional(runsField),
  bootstrap: optional(
    custom<Bootstrap<string>>('be a bootstrap of the fit', isObject, {
      help: 'Replicates of the fit; without them intervals are those of the curvature at the optimum.',
    }),
  ),
  problem: optional(
    custom<Omit<PlanProblem, 'law'>>('be an object', isObject, {
      help: 'What to plan for, with the fit as its law; without it the optimum is that of training compute alone.',
    }),
  ),
  answer: optional(
    custom<Answer>('be an answer', isObject, { help: 'What `answer` says of the same fit, for the head of the page.' }),
  ),
  title: optional(text({ help: 'Name of the page.' }), DEFAULT_REPORT_TITLE),
  document: optional(documentField),
});

/** What a report is about. */
export type ReportOptions = Given<typeof reportOptions>;

/**
 * A report as HTML.
 *
 * @param options - The fit, and what there is beside it.
 * @returns A whole document. The text of its element `#fit` is JSON that `fitFromJson` reads.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if `runs` are not those behind the fit; `E_OPTION`.
 * @throws {ScalingLawsError} `E_ARGUMENT` where there is no document.
 * @throws {ScalingLawsError} As `plan`, for the problem.
 * @example
 * import { plotDocument } from 'scaling-laws/node';
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const page = reportHtml({ fit: fitScalingLaw(runs), runs, document: await plotDocument() });
 * page.slice(0, 15) // => '<!doctype html>'
 */
export function reportHtml(options: ReportOptions): string {
  const { fit: alone, runs, bootstrap, problem: asked, answer, title, document } = check(reportOptions, options);
  const fit = bootstrap ? withBootstrap(alone, bootstrap) : alone;
  const kept = runs && rowsOf(fit, runs);
  const problem: PlanProblem | undefined = asked && { ...asked, law: fit };
  const found = problem && plan(problem);
  const known = knownCoefficients(fit);
  const figures = figuresOf({ fit, runs, kept, bootstrap, problem, optimum: found, document });
  const sections: readonly (readonly [id: string, name: string, body: Html])[] = [
    ...(answer ? [['answer', 'Answer', answerSection(answer)] as const] : []),
    ['data', 'Data', dataSection(fit, runs, kept)],
    ['filters', 'Filters', filterSection(fit)],
    ['coefficients', 'Coefficients', coefficientSection(known, fit.uncertainty)],
    ['quality', 'Fit', fitSection(fit)],
    ['diagnosis', 'Diagnosis', diagnosisSection(runs && diagnose(fit, runs), fit)],
    ['figures', 'Figures', html`${figures}`],
    ['optimum', 'Optimum', found ? planned(found) : computeOptima(fit)],
    ['cite', 'How to cite', citationSection(citationsOf(fit, { bootstrap: !!bootstrap, plan: !!found }))],
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="scaling-laws ${VERSION}">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="equation">${equationInWords(fit)}</p>
<nav aria-label="Sections"><ul>${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
</header>
<main>
${sections.map(([id, name, body]) => html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>\n${body}</section>\n`)}</main>
<footer><p>Made by scaling-laws ${VERSION} from a fit of version ${fit.version}. The fit itself is in this page as JSON, in the element
<code>fit</code>: <code>fitFromJson(document.getElementById('fit').textContent)</code>.</p></footer>
${json('fit', fit)}</body>
</html>
`.html;
}
