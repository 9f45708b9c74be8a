/** What a table says of itself that its reader should know: losses of the training text, FLOPs that disagree, headings that stand twice. */

import { type Finding, finding } from '../finding.ts';
import type { Runs } from './runs.ts';

/** Share by which a given C may differ from `k N D` before a warning; our choice, above what rounded sizes explain. */
const COMPUTE_TOLERANCE = 0.2;

/** A warning that losses are of the training text. */
export const trainingLoss = (header: string): Finding =>
  finding(
    'W_TRAINING_LOSS',
    `The loss is read from ${JSON.stringify(header)}, a training loss: the table has no loss on held-out text.`,
    { about: ['columns.loss'] },
  );

/** One warning if the given C and `k N D` are further apart than {@link COMPUTE_TOLERANCE} in any row. */
export function computeWarnings({ N, D, C, row }: Runs, k: number): Finding[] {
  let count = 0;
  let worst = 0;
  const ratio = (i: number): number => C[i]! / (k * N[i]! * D[i]!);
  const distance = (i: number): number => Math.abs(Math.log(ratio(i)));
  for (let i = 0; i < C.length; i++) {
    if (Math.abs(ratio(i) - 1) > COMPUTE_TOLERANCE) count++;
    if (distance(i) > distance(worst)) worst = i;
  }
  if (count === 0) return [];
  const worstRatio = Number(ratio(worst).toPrecision(3));
  const message =
    `C differs from ${k} N D by more than ${COMPUTE_TOLERANCE * 100}% in ${count} of ${C.length} rows, ` +
    `most in row ${row[worst]}, where it is ${worstRatio} times ${k} N D; the given C is kept.`;
  return [
    finding('W_COMPUTE_DISAGREES', message, {
      about: ['columns.C'],
      evidence: { rows: count, worstRow: row[worst]!, worstRatio },
      advice: 'Check the units, and which parameters N counts.',
    }),
  ];
}

/** A warning for each heading that stands twice. */
export function doubledWarnings(header: readonly string[]): Finding[] {
  const first = new Set<string>();
  const doubled = new Set(header.filter((name) => first.size === first.add(name).size));
  return [...doubled].map((name) =>
    finding(
      'W_COLUMN_DOUBLED',
      `Column ${JSON.stringify(name)} stands twice or more in the header; the first is read.`,
      {
        about: [`columns.${name}`],
      },
    ),
  );
}
