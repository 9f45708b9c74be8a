/** What an ablation shows, in findings: its fits laid out for the checks of judge/. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type Finding, finding } from '../finding.ts';
import { holdOutInWords, type RecordedHoldOut } from '../hold-out/split.ts';
import { answerFindings, holdOutFinding, leftOutFinding } from '../judge/ablation.ts';
import { extrapolationFindings } from '../judge/extrapolation.ts';
import { count, power, short } from '../words.ts';
import type { AblationRow } from './ablation.ts';
import type { OptimumTarget } from './answers.ts';
import { type Cut, choiceCutsOf, cutsOf } from './cuts.ts';
import type { Varied } from './vary.ts';

/** Of any law. */
type Row = AblationRow<string>;

/** A target in words: `1e24 FLOPs`, `loss 1.947, 2T served`. */
export function targetInWords(target: OptimumTarget): string {
  if ('C' in target) return `${power(target.C)} FLOPs`;
  return `loss ${short(target.loss, 6)}${target.Dinf > 0 ? `, ${count(target.Dinf)} served` : ''}`;
}

const cutInWords = (cuts: readonly Cut[], row: Row): string => cuts.map(({ words }) => words(row)).join(', ');

/** What the fits show together. */
export function ablationFindings(
  rows: readonly Row[],
  filters: readonly Varied[],
  holdOut: RecordedHoldOut | undefined,
): Finding[] {
  const filterCuts = cutsOf(filters);
  const cuts = [...filterCuts, ...choiceCutsOf(rows)];
  const fits = rows.map((row) => ({
    words: cutInWords(cuts, row),
    heldOut: row.heldOut,
    fixedHoldOut: row.fixedHoldOut,
  }));
  const meaning = filterCuts.length === 1 ? filterCuts[0]!.meaning : undefined;
  const leavesOut = fits.some(({ heldOut }) => (heldOut?.rows ?? 0) > 0);
  const { predictions = [], optima = [] } = rows.find(({ fit }) => fit) ?? {};
  return [
    ...(holdOut && !leavesOut ? [] : [leftOutFinding(fits, meaning)]),
    ...(holdOut ? [holdOutFinding(fits, holdOutInWords(holdOut))] : []),
    ...predictions.flatMap(({ N, D }, i) =>
      answerFindings(
        `The loss of ${count(N)} parameters on ${count(D)} tokens`,
        rows.flatMap((row) => row.predictions?.[i]?.loss ?? []),
        short,
      ),
    ),
    ...optima.flatMap(({ target }, i) =>
      answerFindings(
        `The best size for ${targetInWords(target)}`,
        rows.flatMap((row) => row.optima?.[i]?.optimum?.N ?? []),
        count,
      ),
    ),
  ];
}

/** What is said against single fits and their answers, and why some could not be made: each once, with the cuts that it belongs to. */
export function ablationWarnings(rows: readonly Row[], filters: readonly Varied[]): Finding[] {
  const cuts = [...cutsOf(filters), ...choiceCutsOf(rows)];
  const said = new Map<string, { readonly one: Finding; readonly where: string[] }>();
  for (const row of rows) {
    for (const one of rowFindings(row)) {
      const { where } = said.get(one.message) ?? { where: [] };
      said.set(one.message, { one, where: [...where, cutInWords(cuts, row)] });
    }
  }
  return Array.from(said.values(), ({ one, where }) =>
    where.length === rows.length ? one : { ...one, message: `${where.join('; ')}: ${one.message}` },
  );
}

function rowFindings({ fit, error, predictions = [], optima = [] }: Row): readonly Finding[] {
  const outside = (what: string, N: number, D: number): Finding[] =>
    fit ? extrapolationFindings(fit.fittedRange, { N, D, C: DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D }, what) : [];
  return [
    ...(fit?.warnings ?? []),
    ...(error ? [finding('W_NO_FIT', `There is no fit: ${error.message}.`)] : []),
    ...predictions.flatMap(({ N, D }) => outside(`The point ${count(N)} parameters on ${count(D)} tokens`, N, D)),
    ...optima.flatMap(({ target, optimum, error: none }) => [
      ...(optimum ? outside(`The optimum for ${targetInWords(target)}`, optimum.N, optimum.D) : []),
      ...(none ? [finding('W_NO_OPTIMUM', `There is no optimum for ${targetInWords(target)}: ${none.message}.`)] : []),
    ]),
  ];
}
