/**
 * What is worth knowing of a plan that is no error: it lies outside the runs, its model does not fit its GPUs, replicates are left out, or the
 * law speaks of another model than the costs.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type Finding, finding } from '../finding.ts';
import { BYTES, type Dtype } from '../inference/hardware.ts';
import { extrapolationFindings } from '../judge/extrapolation.ts';
import { openEndFindings } from '../judge/uncertainty.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { VariableRole } from '../laws/law.ts';
import { openNames } from '../uncertainty/answer-intervals.ts';
import { replicatesBehind } from '../uncertainty/intervals.ts';
import { plural, short } from '../words.ts';
import type { DecisionIntervals } from './decision-intervals.ts';
import type { PlannedModel } from './plan.ts';
import type { CheckedProblem } from './problem.ts';
import type { Compiled } from './solve.ts';

/** What a plan's reader should know. */
export function warningsOf(compiled: Compiled, model: PlannedModel, spread: DecisionIntervals | null): Finding[] {
  const { N, D } = model;
  const { problem } = compiled;
  const { fittedRange } = compiled.law;
  return [
    ...(fittedRange
      ? extrapolationFindings(fittedRange, { N, D, C: DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D }, 'The plan')
      : []),
    ...intervalFindings(problem, spread),
    ...unpaidFindings(problem, compiled),
    ...servingFindings(problem, compiled, N),
  ];
}

/** Cells of a sweep without a plan, by the code of the error. */
export function sweepFindings(failures: Readonly<Record<string, number>>): Finding[] {
  return Object.entries(failures).map(([code, cells]) =>
    finding('W_CELLS_WITHOUT_PLAN', `${plural(cells, 'cell')} ${cells === 1 ? 'has' : 'have'} no plan: ${code}.`, {
      evidence: { code, cells },
    }),
  );
}

/** Where replicates lack a plan, their share says why ends are open. */
function intervalFindings({ law }: CheckedProblem, spread: DecisionIntervals | null): Finding[] {
  if (!spread) return [];
  const all = replicatesBehind(law);
  if (spread.N.undefined === 0 || all === 0) return openEndFindings(openNames({ ...spread }), all);
  const without = spread.N.undefined;
  return [
    finding(
      'W_REPLICATES_WITHOUT_PLAN',
      `${without} of ${all} replicates of the law have no plan (${((100 * without) / all).toPrecision(3)}%); ` +
        'the intervals are over the others, for which the goal is easier to reach.',
      {
        evidence: { without, replicates: all },
        advice: 'Set an easier goal, or add runs that constrain the law better.',
      },
    ),
  ];
}

function unpaidFindings(problem: CheckedProblem, { law }: Compiled): Finding[] {
  return unpaid(problem, law).map(({ variable, asked, paid, by }) =>
    finding(
      'W_VARIABLE_NOT_PAID',
      `The law is asked for ${variable} = ${asked}, but the costs are those of ${variable} = ${paid}: ${by}.`,
      { about: [`law.${variable}`], evidence: { asked, paid } },
    ),
  );
}

function servingFindings({ serving }: CheckedProblem, { costs, demand }: Compiled, N: number): Finding[] {
  const { deployment } = costs;
  if (!deployment || !(demand.total > 0)) return [];
  const weights = serving?.weights ?? 'bf16';
  const { arithmetic, memoryAvailable } = deployment;
  const takes = deployment.memoryTotal(N);
  const gigabytes = (bytes: number): string => `${short(bytes / 1e9, 3)} GB`;
  return [
    ...(arithmetic === weights
      ? []
      : [
          finding(
            'W_WEIGHTS_ONLY',
            `The serving GPU does not compute in ${weights}: weights take fewer bytes, and are multiplied in ${arithmetic}.`,
            { about: ['serving.weights'] },
          ),
        ]),
    ...(takes <= memoryAvailable
      ? []
      : [
          finding(
            'W_MEMORY',
            `The model does not fit its serving hardware: it takes ${gigabytes(takes)}, and there are ${gigabytes(memoryAvailable)}.`,
            {
              about: ['serving'],
              evidence: { takes, available: memoryAvailable },
              advice: ['Add ', { option: 'constraints', value: [{ kind: 'memory' }] }, ', or GPUs.'],
            },
          ),
        ]),
  ];
}

/** A variable of a law that changes what a model costs, and its value for which the costs hold. */
interface Paid {
  readonly paid: number;
  /** What says so. */
  readonly by: string;
}

/** Bits of a number. */
const bits = (dtype: Dtype = 'bf16'): number => 8 * BYTES[dtype];

/** What costs take for granted of a variable that plays a role; nothing where nothing that is paid hangs on it. */
function paidFor(role: VariableRole, { training, serving }: CheckedProblem): readonly Paid[] {
  const served = (paid: number, by: string): readonly Paid[] => (serving ? [{ paid, by }] : []);
  switch (role) {
    case 'model-bits':
      return [
        { paid: bits(training?.dtype), by: 'training counts 6 N D operations in training.dtype' },
        ...served(bits(serving?.weights), 'serving.weights'),
      ];
    case 'weight-bits':
    case 'served-weight-bits':
      return served(bits(serving?.weights), 'serving.weights');
    case 'activation-bits':
      return served(bits(serving?.activations), 'serving.activations');
    case 'kv-bits':
      return served(bits(serving?.kv), 'serving.kv');
    case 'experts':
      return served(serving?.shape?.experts?.count ?? 1, 'serving.shape.experts.count');
    case 'samples':
      return [{ paid: 1, by: 'each answer is written once' }];
    case 'unique-tokens':
      return [];
    default:
      return role satisfies never;
  }
}

/** Where the law is asked about another model than the one that is paid for. */
function unpaid(
  problem: CheckedProblem,
  law: FittedLaw<string>,
): (Paid & { readonly variable: string; readonly asked: number })[] {
  return Object.entries(lawOf(law).roles ?? {}).flatMap(([variable, role]) => {
    const asked = problem.given[variable];
    if (asked === undefined) return [];
    return paidFor(role, problem).flatMap((one) => (one.paid === asked ? [] : [{ ...one, variable, asked }]));
  });
}
