/** A plan in words: the model, what its life costs, what holds it, how flat the optimum is, and what is not known. */

import type { Cost } from '../allocate/cost.ts';
import { lossUnitInWords } from '../loss-unit.ts';
import type { Plan, PlannedModel } from '../plan/plan.ts';
import { table } from '../report/text-table.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import { count, digits, interval, listed, percent, power } from '../words.ts';

/** An amount of what is paid. */
export const amount = (value: number, unit: string): string => (unit === 'FLOPs' ? power(value) : count(value));

/** The plan as lines. */
export function planInWords(plan: Plan): string[] {
  const { unit } = plan;
  const columns: [string, PlannedModel][] = [
    ['plan', plan],
    ['Chinchilla-style', plan.chinchilla],
  ];
  if (plan.unconstrained && plan.unconstrained.N !== plan.N) columns.push(['no constraints', plan.unconstrained]);
  const row = (name: string, of: (model: PlannedModel) => string): string[] => [
    name,
    ...columns.map(([, model]) => of(model)),
  ];
  const phases: (keyof Cost)[] = ['training', 'prefill', 'decode', 'total'];
  const rows = [
    ['', ...columns.map(([name]) => name)],
    row('parameters', ({ N }) => count(N)),
    row('tokens', ({ D }) => count(D)),
    row('tokens per parameter', ({ tokensPerParam }) => count(tokensPerParam)),
    row(`loss, ${lossUnitInWords(plan.problem.law.lossUnit)}`, ({ loss }) => digits(loss, 4)),
    ...phases.map((phase) => row(`${phase}, ${unit}`, ({ cost }) => amount(cost[phase], unit))),
    ...(columns.some(([, { breaks }]) => breaks.length > 0) ? [row('breaks', ({ breaks }) => listed(breaks))] : []),
  ];
  const known = Object.entries(plan.accounts) as [string, Cost][];
  const others = known.filter(([name]) => UNITS[name] !== undefined && UNITS[name] !== unit);
  return [
    ...table(rows),
    '',
    ...(others.length > 0 ? [`Counted otherwise: ${listed(others.map(otherwise))}.`] : []),
    savingInWords(plan),
    `For at most 1% more: ${spanOf(plan.flat.within1Percent)} parameters; for 5%: ${spanOf(plan.flat.within5Percent)}.`,
    ...(plan.epochs === null ? [] : [`It sees the unique tokens ${digits(plan.epochs, 3)} times over.`]),
    ...bindingInWords(plan),
    ...intervalsInWords(plan),
    ...riskInWords(plan),
  ];
}

const UNITS: Readonly<Record<string, string>> = {
  flops: 'FLOPs',
  gpuHours: 'GPU-hours',
  dollars: '$',
  energy: 'kWh',
  carbon: 'g CO2e',
};

const otherwise = ([name, { total }]: [string, Cost]): string => `${amount(total, UNITS[name]!)} ${UNITS[name]}`;
const spanOf = ([low, high]: readonly [number, number]): string => `${count(low)} to ${count(high)}`;

function savingInWords({ saving, ratios, unit }: Plan): string {
  const { overChinchilla, overMatched } = saving;
  const against = `${percent(ratios.N)} of the parameters on ${digits(ratios.D, 3)} x the tokens of the Chinchilla-style model of the same loss`;
  const matched = overMatched === null ? '' : `; ${difference(overMatched, ' than', ' as')} the model to match`;
  return `It has ${against}, and costs ${difference(overChinchilla)} in ${unit}${matched}.`;
}

/** A saving in words: `4.8% less`, `the same`. */
function difference(saving: number, than = '', as = ''): string {
  if (Math.abs(saving) < SAME) return `the same${as}`;
  return `${percent(Math.abs(saving))} ${saving < 0 ? 'more' : 'less'}${than}`;
}

/** Costs this close, relatively, are the same to anyone who pays them. */
const SAME = 1e-6;

function bindingInWords({ binding, unit, cost, problem }: Plan): string[] {
  return binding.map(({ constraint, limit, unit: of, spares, perPercent }) => {
    const spared =
      spares === 'loss'
        ? `${digits(perPercent, 2)} ${lossUnitInWords(problem.law.lossUnit)}`
        : `${amount(perPercent, unit)} ${unit}, ${percent(perPercent / cost.total)}`;
    return `Held by ${constraint}, ${count(limit)} ${of}: 1% more room would spare ${spared}.`;
  });
}

function intervalsInWords({ intervals, unit }: Plan): string[] {
  if (!intervals) return [];
  const { N, D, loss, cost, saving } = intervals;
  const of = ({ lower, upper, open }: Interval, write: (value: number) => string): string =>
    interval([lower, upper], write, open);
  // What the goal fixes has no interval.
  const isKnown = ({ lower, upper, estimate }: Interval): boolean => upper - lower < SAME * Math.abs(estimate);
  return [
    `${percent(N.level)} intervals: ${listed([
      `${of(N, count)} parameters`,
      `${of(D, count)} tokens`,
      ...(isKnown(loss) ? [] : [`loss ${of(loss, (value) => digits(value, 4))}`]),
      ...(isKnown(cost) ? [] : [`cost ${of(cost, (value) => amount(value, unit))} ${unit}`]),
      ...(saving.lower === 0 && saving.upper === 0 ? [] : [`saving ${of(saving, percent)}`]),
    ])}.`,
  ];
}

function riskInWords({ demandRisk, unit }: Plan): string[] {
  if (!demandRisk) return [];
  const { demand, valueOfKnowing, alternatives } = demandRisk;
  const rows = [
    ['if trained for', 'parameters', 'tokens', `expected, ${unit}`, 'regret', 'at worst', ''],
    ...alternatives.map(({ name, N, D, expectedCost, expectedRegret, worstRegret, allowed }) => [
      name.replaceAll('-', ' '),
      count(N),
      count(D),
      amount(expectedCost, unit),
      amount(expectedRegret, unit),
      amount(worstRegret, unit),
      allowed ? '' : 'breaks a constraint',
    ]),
  ];
  return [
    '',
    `Demand: ${count(demand.median)} tokens, ${listed([count(demand.p10), count(demand.p90)])} with probability 0.1 below and above. ` +
      `To know it beforehand would be worth ${amount(valueOfKnowing, unit)} ${unit}.`,
    ...table(rows),
  ];
}
