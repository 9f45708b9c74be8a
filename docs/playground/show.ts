/** From what is known to the page: the fit, what follows from it, and the controls themselves. */

import { rowsOf } from '../../src/fit/rows-of.ts';
import { diagnose, plan } from '../../src/index.ts';
import { knownCoefficients } from '../../src/report/coefficients.ts';
import { planned } from '../../src/report/optimum.ts';
import { coefficientSection, diagnosisSection } from '../../src/report/sections.ts';
import { equationInWords, statusInWords } from '../../src/report/sentences.ts';
import { uncertaintyOf } from '../../src/uncertainty/intervals.ts';
import { fitOf, problemOf, QUICK, usualGoal } from './answer.ts';
import { bindings } from './bindings.ts';
import { figuresOf, shownFigures } from './figures.ts';
import type { Page } from './page.ts';
import type { Reading } from './rows.ts';
import type { Session } from './session.ts';
import { FIELDS } from './state.ts';

/** Fits, and shows the coefficients; quickly while a slider moves. False where there is no fit, and the page says why. */
export function showFit({ attempt, say, slot }: Page, session: Session, search: 'quick' | 'whole'): boolean {
  session.fit = undefined;
  return attempt('fit-error', () => {
    const { state, bootstrap } = session;
    const runs = session.runs!;
    const start = performance.now();
    const fit = fitOf(runs, state, search === 'quick' ? QUICK : {});
    const took = Math.max(Math.round(performance.now() - start), 1);
    session.fit = fit;
    say('equation', equationInWords(fit));
    say(
      'time',
      search === 'quick'
        ? `${fit.runs.kept} of ${fit.runs.read} rows, quickly: ${took} ms. The whole search follows when you rest.`
        : `Searched in ${took} ms.`,
    );
    slot('coefficients').innerHTML = coefficientSection(
      knownCoefficients(fit, bootstrap),
      uncertaintyOf(bootstrap ?? fit),
    ).html;
  });
}

/** Plans, and shows what to train. */
export function showPlan({ attempt, input, slot }: Page, session: Session): void {
  session.plan = session.problem = undefined;
  attempt('plan-error', () => {
    const fit = session.fit!;
    input('loss').placeholder = String(usualGoal(fit));
    const problem = { ...problemOf(fit, session.state), law: session.bootstrap ?? fit };
    session.plan = plan(problem);
    session.problem = problem;
  });
  slot('optimum').innerHTML = session.plan ? planned(session.plan).html : '';
}

/** Draws, in the colors of the page. */
export function showFigures({ slot }: Page, session: Session): void {
  const theme = document.documentElement.classList.contains('dark') ? 'dark' : 'light';
  const { fit, runs, ...rest } = session;
  session.figures = figuresOf({ ...rest, fit: fit!, runs: runs!, kept: rowsOf(fit!, runs!) }, theme);
  slot('figures').innerHTML = shownFigures(session.figures).html;
}

/** All that there is to say of the rows and the state. */
export function showAll(page: Page, session: Session): void {
  const { input, say, slot } = page;
  const fitted = showFit(page, session, 'whole');
  for (const name of ['bootstrap', 'save-fit', 'save-report']) input(name).disabled = !fitted;
  if (!fitted) {
    for (const name of ['equation', 'time', 'status']) say(name, '');
    for (const name of ['coefficients', 'diagnosis', 'optimum', 'figures']) slot(name).innerHTML = '';
    return;
  }
  const fit = session.fit!;
  say('status', `${fit.runs.kept} of ${fit.runs.read} rows; ${statusInWords(fit.status)}`);
  slot('diagnosis').innerHTML = diagnosisSection(diagnose(fit, session.runs!), fit).html;
  showPlan(page, session);
  showFigures(page, session);
}

/** Puts every control where the state says; hardware can be chosen where it matters. */
export function showControls({ input, say }: Page, { state, spans }: Session): void {
  for (const { name, show, words } of bindings) {
    const element = input(name);
    const value = show(state, spans!);
    if (element.type === 'checkbox') element.checked = value === 'on';
    else if (element !== document.activeElement || element.type === 'range') element.value = value;
    if (!words) continue;
    const inWords = words(state, spans!);
    say(`${name}-words`, inWords);
    element.setAttribute('aria-valuetext', inWords);
  }
  for (const name of ['trainGpu', 'serveGpu']) input(name).disabled = state.pay === 'flops';
}

/** Offers the headers of a table for every field. */
export function showColumns({ input, slot }: Page, { header, found, error }: Reading, { state }: Session): void {
  const details = slot('columns') as HTMLDetailsElement;
  details.hidden = header.length === 0;
  if (error !== undefined) details.open = true;
  for (const field of FIELDS) {
    const select = input(`column-${field}`) as unknown as HTMLSelectElement;
    const byName = new Option(found[field] === undefined ? 'none found' : `${found[field]} (by its name)`, '');
    select.replaceChildren(byName, ...header.map((name) => new Option(name, name)));
    select.value = state.columns[field] ?? '';
  }
}
