/** What varies from fit to fit in an ablation: bounds and early cuts with a list, choices of a fit; and how to speak of their values. */

import type { Measure, RecordedFilter } from '../filters/filter.ts';
import type { Meaning } from '../judge/ablation.ts';
import type { Penalty } from '../objective/penalty.ts';
import { count, percent, power } from '../words.ts';
import type { AblationChoice, AblationRow } from './ablation.ts';
import type { Varied } from './vary.ts';

/** How a row was made. */
type Settled = Pick<AblationRow, 'filters' | 'choice'>;

/** One number of the filters that varies, or one choice of the fit. */
export interface Cut {
  /** Head of its column. */
  readonly header: string;
  /** Its value in one fit. */
  readonly value: (row: Settled) => string;
  /** The same after "the fit": `at <= 100 tokens per parameter`. */
  readonly words: (row: Settled) => string;
  /** What it means if the rows left out are predicted too low, or too high. */
  readonly meaning?: Meaning;
}

/** Header, unit, and what more of it brings. */
const MEASURES: Readonly<Record<Measure, readonly [header: string, unit: string, brings?: string]>> = {
  N: ['params', 'parameters', 'extra parameters bring'],
  D: ['tokens', 'training tokens', 'extra tokens bring'],
  C: ['FLOPs', 'training FLOPs', 'extra compute brings'],
  tokensPerParam: ['tokens/param', 'tokens per parameter', 'extra tokens bring'],
  loss: ['loss', 'loss'],
  fraction: ['fraction', 'of each run'],
};
const EARLY = { tokens: ' tokens', fraction: ' of each run', steps: ' steps' } as const;

/** The choices that are not the same in all rows, in the order in which a plan varies them. */
export function choiceCutsOf(rows: readonly Settled[]): readonly Cut[] {
  const cuts = [
    choiceCut(
      'penalty',
      ({ penalty }) => penaltyName(penalty),
      (name) => `with ${name} penalty`,
    ),
    choiceCut(
      'space',
      ({ space }) => space,
      (name) => (name === 'log' ? 'on log loss' : 'on loss'),
    ),
    choiceCut(
      'weights',
      ({ weights }) => weights,
      (name) => `with ${name} weights`,
    ),
  ];
  return cuts.filter(({ value }) => new Set(rows.map(value)).size > 1);
}

function choiceCut(header: string, name: (choice: AblationChoice) => string, words: (name: string) => string): Cut {
  return { header, value: ({ choice }) => name(choice), words: ({ choice }) => words(name(choice)) };
}

const penaltyName = (penalty: Penalty): string => (penalty.kind === 'huber' ? `huber ${penalty.delta}` : penalty.kind);

/** The cuts of a plan's filters, in order. */
export function cutsOf(filters: readonly Varied[]): readonly Cut[] {
  return filters.flatMap((filter): Cut[] => {
    if (filter.kind === 'range') {
      return (['min', 'max'] as const).flatMap((end) => (Array.isArray(filter[end]) ? rangeCut(filter.of, end) : []));
    }
    if (filter.kind !== 'exclude-early' || 'early' in filter) return [];
    return (['tokens', 'fraction', 'steps'] as const).flatMap((by) => (Array.isArray(filter[by]) ? earlyCut(by) : []));
  });
}

/** The cuts that differ between rows, as far as their recorded filters tell. */
export function recordedCutsOf(rows: readonly Settled[]): readonly Cut[] {
  const early = (['tokens', 'fraction', 'steps'] as const).map(earlyCut);
  const ranges = (Object.keys(MEASURES) as Measure[]).flatMap((of) => [rangeCut(of, 'min'), rangeCut(of, 'max')]);
  return [...early, ...ranges].filter(({ value }) => new Set(rows.map(value)).size > 1);
}

function rangeCut(of: Measure, end: 'min' | 'max'): Cut {
  const [header, unit, brings] = MEASURES[of];
  const write = of === 'C' ? power : count;
  const bound = (filters: readonly RecordedFilter[]): number | undefined =>
    filters.map((one) => (one.kind === 'range' && one.of === of ? one[end] : undefined)).find(isNumber);
  return {
    header: `${end} ${header}`,
    value: ({ filters }) => written(bound(filters), write) ?? 'none',
    words: ({ filters }) => {
      const value = written(bound(filters), write);
      return value === undefined ? `at any ${unit}` : `at ${end === 'max' ? '<=' : '>='} ${value} ${unit}`;
    },
    ...(end === 'max' &&
      brings && { meaning: { tooLow: `it overstates what ${brings}`, tooHigh: `it understates what ${brings}` } }),
  };
}

function earlyCut(by: keyof typeof EARLY): Cut {
  const write = by === 'fraction' ? percent : count;
  const cut = (filters: readonly RecordedFilter[]): number | undefined =>
    filters.map((one) => (one.kind === 'exclude-early' ? one[by] : undefined)).find(isNumber);
  return {
    header: `early ${by}`,
    value: ({ filters }) => written(cut(filters), write) ?? 'none',
    words: ({ filters }) => {
      const value = cut(filters);
      return value ? `without the first ${write(value)}${EARLY[by]}` : 'to whole runs';
    },
    meaning: { tooLow: 'early checkpoints lie above the law', tooHigh: 'early checkpoints lie below the law' },
  };
}

const isNumber = (value: number | undefined): value is number => value !== undefined;
const written = (value: number | undefined, write: (value: number) => string): string | undefined =>
  value === undefined ? undefined : write(value);
