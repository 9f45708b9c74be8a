/** An answer in some ten lines that a reader can act on without knowing the library. */

import type { Fit } from '../fit/fit.ts';
import type { Ends } from '../uncertainty/answer-intervals.ts';
import { count, digits, interval, listed, percent, plural, power } from '../words.ts';
import type { Alternative } from './alternatives.ts';
import type { Answer } from './answer.ts';
import type { Decision } from './decision.ts';

/** A line: what it is about, and what it says. */
export type AnswerLine = readonly [about: string, said: string];

const nats = (value: number): string => digits(value, 4);

/** The lines of an answer. */
export function answerInWords(answer: Answer): readonly AnswerLine[] {
  const { decision, otherReading, fit } = answer;
  return [
    ['train', modelInWords(decision)],
    ...intervalLines(decision),
    ['budget', budgetInWords(answer, decision)],
    ...(otherReading ? [['or', `${otherInWords(answer, otherReading)}`] as const] : []),
    ['rests on', evidenceInWords(fit)],
    ['reach', reachInWords(decision, fit)],
    ...overturnLines(answer),
    ...nextLines(answer),
  ];
}

const modelInWords = ({ N, D, loss, tokensPerParam }: Decision): string =>
  `${count(N)} parameters on ${count(D)} tokens (${count(tokensPerParam)} tokens per parameter), for a loss of ${nats(loss)} nats per token`;

function intervalLines({ intervals, runInterval, flat }: Decision): AnswerLine[] {
  const [least, most] = flat.within1Percent;
  const region = `any size from ${count(least)} to ${count(most)} reaches this loss for at most 1% more`;
  if (!intervals) return [['', region]];
  const of = (name: 'N' | 'D' | 'loss', write: (value: number) => string, ends: Ends = intervals[name]): string =>
    interval(ends, write, {
      lower: intervals.open.includes(`${name}.lower`),
      upper: intervals.open.includes(`${name}.upper`),
    });
  const run = runInterval ? `; one run: ${of('loss', nats, runInterval)}` : '';
  return [
    [
      '',
      `${percent(intervals.level)} intervals: ${of('N', count)} parameters, ${of('D', count)} tokens, loss ${of('loss', nats)}${run}`,
    ],
    ['', region],
  ];
}

function budgetInWords(
  { question: { C, demand } }: Answer,
  { budget, trainingFlops, inferenceFlops }: Decision,
): string {
  if (demand === 0) return `${power(C)} FLOPs, all for training; nothing is said of serving`;
  return budget === 'lifetime'
    ? `${power(C)} FLOPs for the whole life: ${power(trainingFlops)} to train, ${power(inferenceFlops)} to serve ${count(demand)} tokens`
    : `${power(C)} FLOPs to train; serving ${count(demand)} tokens takes another ${power(inferenceFlops)}, which do not change the model`;
}

function otherInWords({ question: { C, demand } }: Answer, other: Decision): string {
  const model = `${count(other.N)} on ${count(other.D)}, loss ${nats(other.loss)}`;
  return other.budget === 'training'
    ? `if the ${power(C)} FLOPs pay for training alone: ${model}; serving takes another ${power(other.inferenceFlops)}`
    : `if the ${power(C)} FLOPs pay for serving ${count(demand)} tokens too: ${model}`;
}

function evidenceInWords({ law, runs, noise, quality, uncertainty }: Fit<string>): string {
  const rows =
    noise && noise.runs < noise.rows
      ? `${noise.rows} rows of ${plural(noise.runs, 'run')}, worth ${Math.round(noise.effectiveRows)} independent rows`
      : plural(runs.kept, 'run');
  const refits =
    uncertainty?.kind === 'bootstrap'
      ? `, ${uncertainty.replicates} re-fits to redrawn ${uncertainty.resample === 'rows' ? 'rows' : uncertainty.resample}`
      : '';
  return `the ${law} law fitted to ${rows}, mean error ${percent(quality.meanAbsoluteRelativeError)} of loss${refits}`;
}

function reachInWords({ N, D, extrapolation, outside }: Decision, { fittedRange }: Fit<string>): string {
  if (!extrapolation) return 'inside the range of the runs';
  const values = { N, D, C: 6 * N * D, tokensPerParam: D / N };
  const names = { N: 'parameters', D: 'tokens', C: 'training FLOPs', tokensPerParam: 'tokens per parameter' };
  const far = (Object.keys(values) as (keyof typeof values)[]).filter((name) => outside.includes(name));
  const times = far.map((name) => {
    const [low, high] = fittedRange[name];
    return values[name] > high
      ? `${digits(values[name] / high, 3)} times the most ${names[name]}`
      : `${digits(low / values[name], 3)} times below the fewest ${names[name]}`;
  });
  return `outside the runs: ${listed(times)}`;
}

function overturnLines({ decision, alternatives, findings }: Answer): AnswerLine[] {
  const far = [...alternatives].sort((one, two) => distance(two, decision) - distance(one, decision));
  const others = far
    .slice(0, 3)
    .map(({ otherwise, N, D, loss }) => `${otherwise}: ${count(N)} on ${count(D)}, loss ${nats(loss)}`);
  const grave = findings.filter(({ severity }) => severity !== 'note').slice(0, 2);
  return [
    ...(others.length > 0 ? [['could overturn', `a fit ${others.join('; ')}`] as const] : []),
    ...grave.map(({ message }): AnswerLine => ['', message]),
  ];
}

const distance = ({ N }: Alternative, decision: Decision): number => Math.abs(Math.log(N / decision.N));

function nextLines({ next }: Answer): AnswerLine[] {
  if (!next || next.runs.length === 0) return [];
  const runs = next.runs.map(({ N, D, count: times }) => `${times > 1 ? `${times} x ` : ''}${count(N)} on ${count(D)}`);
  const factor = (error: number): string => `a factor of ${digits(Math.exp(error), 3)}`;
  const gain =
    next.standardError === null
      ? ''
      : `, after which the size would be known to ${factor(next.standardError)}` +
        (next.before === null ? '' : ` (now ${factor(next.before)})`);
  return [['run next', `${listed(runs)}: ${power(next.flops)} FLOPs${gain}`]];
}
