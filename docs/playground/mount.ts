/** The playground on a page: what its user does, and what follows. All computing is the library's. */

import { type PlanProblem, summarizeRuns } from '../../src/index.ts';
import { reportHtml } from '../../src/report.ts';
import { type Binding, bindings, type Spans } from './bindings.ts';
import { startBootstrap } from './bootstrap-button.ts';
import { controls } from './controls.ts';
import { copyAddress, saveFile } from './keep.ts';
import { pageOf } from './page.ts';
import { reading } from './rows.ts';
import { newSession, type Session } from './session.ts';
import { showAll, showColumns, showControls, showFigures, showFit, showPlan } from './show.ts';
import { FIELDS, fromHash, INITIAL, type State, toHash, withAllRows, withRows } from './state.ts';

/** What the page that holds the playground gives it. */
export interface Surroundings {
  /** Texts of the bundled examples by name; the first is shown where the link names no rows. */
  readonly examples: Readonly<Record<string, string>>;
  /** A worker that runs `scaling-laws/worker`. */
  readonly makeWorker: () => Worker;
}

/** Milliseconds of rest after which the whole search, the diagnosis and the figures follow. */
const REST = 250;

/**
 * Puts the playground into `root`.
 *
 * @returns What takes it off again.
 */
export function mountPlayground(root: HTMLElement, { examples, makeWorker }: Surroundings): () => void {
  root.innerHTML = controls(Object.keys(examples)).html;
  root.classList.add('playground');
  const page = pageOf(root);
  const { slot, input, say, attempt } = page;
  const session = newSession();
  let stop = (): void => {};
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let owed: Binding['moves'] | undefined;

  const pause = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(rest);
    owed = undefined;
  };
  /** Answers in two strides: at the next frame what is quick, at rest the whole. What is owed already stays owed. */
  const answer = (moves: Binding['moves']): void => {
    showControls(page, session);
    const owes = owed === 'fit' ? owed : moves;
    pause();
    owed = owes;
    frame = requestAnimationFrame(() => {
      if (owes === 'fit') showFit(page, session, 'quick');
      else if (session.fit) showPlan(page, session);
    });
    rest = setTimeout(() => {
      owed = undefined;
      if (owes === 'fit') showAll(page, session);
      else if (session.fit) showFigures(page, session);
      void keepAddress();
    }, REST);
  };
  const keepAddress = async (): Promise<void> => {
    history.replaceState(history.state, '', `#${await toHash(session.state)}`);
  };
  const refit = (): void => {
    stop();
    session.bootstrap = undefined;
    say('bootstrap-status', '');
    answer('fit');
  };

  const read = (): void => {
    const rows = reading(session.text, session.state.columns);
    session.runs = rows.runs;
    session.spans = rows.runs && (summarizeRuns(rows.runs) as Spans);
    session.fit = undefined;
    const { example, file } = session.state;
    input('example').value = example ?? '';
    showColumns(page, rows, session);
    slot('filters').hidden = slot('answers').hidden = !rows.runs;
    const warnings = (rows.runs?.warnings ?? []).map(({ message }) => ` Warning: ${message}.`);
    say('source', rows.runs ? `${example ?? file}: ${rows.runs.length} rows.${warnings.join('')}` : '');
    const good = attempt('data-error', () => {
      if (rows.error !== undefined) throw new Error(rows.error);
    });
    if (good) refit();
    else {
      stop();
      pause();
    }
  };
  const open = (text: string, rows: Pick<State, 'example' | 'file'>): void => {
    session.text = text;
    session.state = withRows(session.state, rows);
    read();
  };
  const openFile = async (file: File | undefined): Promise<void> => {
    if (file) open(await file.text(), { example: null, file: file.name });
  };
  const restore = async (): Promise<void> => {
    session.state = (await fromHash(location.hash)) ?? { ...INITIAL, example: Object.keys(examples)[0]! };
    const { example, file } = session.state;
    if (example !== null && Object.hasOwn(examples, example)) open(examples[example]!, { example, file: null });
    else
      say(
        'source',
        `This link was made with ${file ?? 'rows that are not here'}: open that file, and its filters come back.`,
      );
  };

  const buttons: Readonly<Record<string, (value: string) => void>> = {
    'use-paste': () => open(input('paste').value, { example: null, file: 'pasted rows' }),
    reset: () => {
      session.state = withAllRows(session.state);
      refit();
    },
    bootstrap: () => {
      stop = startBootstrap(page, session, makeWorker(), (bootstrap) => {
        session.bootstrap = bootstrap;
        showAll(page, session);
      });
    },
    stop: () => stop(),
    'save-fit': () => saveFile('fit.json', 'application/json', JSON.stringify(session.fit, null, 2)),
    'save-report': () => saveFile('report.html', 'text/html', reportOf(session)),
    'save-svg': (value) => {
      const figure = session.figures.find(({ name }) => name === value)!;
      if ('svg' in figure) saveFile(`${value}.svg`, 'image/svg+xml', figure.svg);
    },
    'copy-link': async () => {
      await keepAddress();
      say('kept', await copyAddress());
    },
  };
  root.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (button) buttons[button.name]?.(button.value);
  });
  root.addEventListener('input', ({ target }) => {
    const { name, value, type, checked, files } = target as HTMLInputElement;
    const binding = bindings.find((one) => one.name === name);
    const field = FIELDS.find((one) => name === `column-${one}`);
    if (binding) {
      session.state = binding.take(type === 'checkbox' ? (checked ? 'on' : '') : value, session.state, session.spans!);
      if (binding.moves === 'fit') refit();
      else answer('plan');
    } else if (field) {
      const { [field]: _, ...others } = session.state.columns;
      session.state = { ...session.state, columns: value === '' ? others : { ...others, [field]: value } };
      read();
    } else if (name === 'example' && value !== '') open(examples[value]!, { example: value, file: null });
    else if (name === 'file') void openFile(files?.[0]);
  });
  const dragging = (is: boolean, event: DragEvent): void => {
    event.preventDefault();
    root.classList.toggle('dragging', is);
  };
  root.addEventListener('dragover', (event) => dragging(true, event));
  root.addEventListener('dragleave', (event) => dragging(false, event));
  root.addEventListener('drop', (event) => {
    dragging(false, event);
    void openFile(event.dataTransfer?.files[0]);
  });
  const onHash = (): void => void restore();
  addEventListener('hashchange', onHash);
  const themes = new MutationObserver(() => {
    if (session.fit) showFigures(page, session);
  });
  themes.observe(document.documentElement, { attributeFilter: ['class'] });
  void restore();

  return () => {
    stop();
    pause();
    removeEventListener('hashchange', onHash);
    themes.disconnect();
  };
}

function reportOf({ fit, runs, bootstrap, problem: posed }: Session): string {
  const beside = { fit: fit!, runs: runs!, ...(bootstrap && { bootstrap }) };
  if (!posed) return reportHtml(beside);
  const { law: _, ...problem }: PlanProblem = posed;
  return reportHtml({ ...beside, problem });
}
