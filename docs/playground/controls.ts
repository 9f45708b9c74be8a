/** The playground's HTML: native inputs, each with a label, and places for answers, which have `data-slot`. */

import { PAYMENT_UNITS } from '../../src/plan/problem.ts';
import { type Html, html } from '../../src/report/html.ts';
import { gpus } from '../../src/serving.ts';
import { DEMAND_STEPS, STEPS } from './bindings.ts';
import { FIELDS, type Field, RANGES, type RangeOf } from './state.ts';

const RANGE_NAMES: Readonly<Record<RangeOf, string>> = {
  N: 'parameters',
  D: 'tokens',
  tokensPerParam: 'tokens per parameter',
};
const FIELD_NAMES: Readonly<Record<Field, string>> = {
  N: 'Parameters (N)',
  D: 'Tokens (D)',
  C: 'FLOPs (C)',
  loss: 'Loss, nats per token',
  run: 'Run',
  fraction: 'Share of the run',
};

const slider = (name: string, label: string, max: number): Html => html`<div class="control">
<label for="pg-${name}">${label}</label><output for="pg-${name}" data-slot="${name}-words"></output>
<input id="pg-${name}" name="${name}" type="range" min="0" max="${max}" step="1" value="0"></div>`;

const choice = (name: string, label: string, options: readonly (readonly [value: string, text: string])[]): Html =>
  html`<div class="control"><label for="pg-${name}">${label}</label>
<select id="pg-${name}" name="${name}">${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></div>`;

const section = (name: string, heading: string, body: Html): Html =>
  html`<section aria-labelledby="pg-${name}-heading"><h2 id="pg-${name}-heading">${heading}</h2>${body}</section>`;

const data = (examples: readonly string[]): Html => html`
<p>Nothing leaves this page: files are read and fitted in your browser.</p>
${choice('example', 'Bundled example', [['', 'none'], ...examples.map((name) => [name, name] as const)])}
<div class="drop"><div class="control"><label for="pg-file">Your file</label>
<input id="pg-file" name="file" type="file" accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt" aria-describedby="pg-file-hint"></div>
<p class="quiet" id="pg-file-hint">CSV, TSV, JSON, or an export of W&amp;B, TensorBoard or the Trainer; or drop it here.</p></div>
<details><summary>Paste a table</summary><div class="control"><label for="pg-paste">Table with a header line</label>
<textarea id="pg-paste" name="paste" rows="6" spellcheck="false" placeholder="params,tokens,loss"></textarea></div>
<p><button type="button" name="use-paste">Use this table</button></p></details>
<details data-slot="columns" hidden><summary>Columns</summary>
<div class="grid">${FIELDS.map((field) => choice(`column-${field}`, FIELD_NAMES[field], []))}</div>
<p class="quiet">Two of N, D and C are enough: the third follows from C = 6ND.</p></details>
<p role="status" data-slot="source"></p>
<p class="error" role="alert" data-slot="data-error" hidden></p>`;

const filters: Html = html`<div class="grid">
${slider('early', 'Leave out the beginning of runs', 95)}
<div class="control"><label for="pg-dropTopLoss">Leave out so many of the highest losses</label>
<input id="pg-dropTopLoss" name="dropTopLoss" type="number" min="0" step="1" value="0"></div>
${RANGES.map((of) => [
  slider(`${of}-min`, `Least ${RANGE_NAMES[of]}`, STEPS),
  slider(`${of}-max`, `Most ${RANGE_NAMES[of]}`, STEPS),
])}
</div>
<div class="bar"><label><input type="checkbox" name="finalOnly"> Last checkpoint of each run only</label>
<button type="button" name="reset">Use all rows</button></div>
<p class="error" role="alert" data-slot="fit-error" hidden></p>`;

const fit: Html = html`<p class="equation" data-slot="equation"></p>
<p role="status" data-slot="status"></p><p class="quiet" data-slot="time"></p>
<div data-slot="coefficients"></div>
<div class="bar"><label for="pg-replicates">Bootstrap re-fits</label><select id="pg-replicates" name="replicates">
<option>200</option><option selected>1000</option><option>4000</option></select>
<button type="button" name="bootstrap">Bootstrap</button><button type="button" name="stop" hidden>Stop</button>
<progress aria-label="Bootstrap re-fits done" max="1" value="0" data-slot="progress" hidden></progress>
<span role="status" data-slot="bootstrap-status"></span></div>
<p class="error" role="alert" data-slot="bootstrap-error" hidden></p>`;

const optimum: Html = html`<div class="grid">
<div class="control"><label for="pg-loss">Loss to reach, nats per token</label>
<input id="pg-loss" name="loss" type="number" min="0" step="0.01"></div>
${slider('demand', 'Tokens served over the life', DEMAND_STEPS)}
${choice(
  'pay',
  'What is paid',
  Object.entries(PAYMENT_UNITS).map(([pay, unit]) => [pay, unit === '$' ? 'dollars' : unit]),
)}
${choice(
  'trainGpu',
  'Training GPU',
  Object.keys(gpus).map((name) => [name, name]),
)}
${choice(
  'serveGpu',
  'Serving GPU',
  Object.keys(gpus).map((name) => [name, name]),
)}
</div><p class="error" role="alert" data-slot="plan-error" hidden></p><div data-slot="optimum"></div>`;

const keep: Html = html`<div class="bar"><button type="button" name="save-fit">Fit (JSON)</button>
<button type="button" name="save-report">Report (HTML)</button>
<button type="button" name="copy-link">Copy link</button><span role="status" data-slot="kept"></span></div>
<p class="quiet">Figures have their own buttons. A link restores columns, filters and the plan's settings. It holds no rows: whoever opens it
needs the file, unless the rows are a bundled example.</p>`;

/** The whole of it; `examples` by name. */
export const controls = (examples: readonly string[]): Html => html`
<div class="side">
${section('data', 'Data', data(examples))}
<div data-slot="filters" hidden>${section('filters', 'Filters', filters)}</div>
</div>
<div class="answers" data-slot="answers" hidden>
${section('fit', 'Fit', fit)}
${section('diagnosis', 'Diagnosis', html`<div data-slot="diagnosis"></div>`)}
${section('optimum', 'Optimum', optimum)}
${section('figures', 'Figures', html`<div data-slot="figures"></div>`)}
${section('keep', 'Keep', keep)}
</div>`;
