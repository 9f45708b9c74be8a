/**
 * Filters as plain data: which rows of a table of runs a fit may see.
 *
 * What is left out moves a fit more than how it is fitted: five outliers of 245 move Chinchilla's beta from .37 to .46
 * (Besiroglu et al. 2024), and early checkpoints bias every exponent (Choshen et al. 2024; Li et al. 2025). So a filter
 * is a value that can be printed, saved and compared, never a side effect; a fit records each one with its victims.
 */

import type { RunRow } from './row.ts';

/** Quantities a `range` filter can bound; `fraction` is the share of its run that a row had reached. */
export type Measure = 'N' | 'D' | 'C' | 'tokensPerParam' | 'loss' | 'fraction';
/** All of them. */
export const MEASURES: readonly Measure[] = ['N', 'D', 'C', 'tokensPerParam', 'loss', 'fraction'];

/**
 * Named cuts of early checkpoints.
 *
 * `hitchhiker`: the first 10 % of a run or the first 10e9 tokens, whichever is more, from Choshen et al. (2024),
 * arXiv:2410.11840, section 6. Meant for models trained on far more tokens than that: see `W_CUT_REMOVES_RUNS`.
 */
export const EARLY_PRESETS = { hitchhiker: { tokens: 10e9, fraction: 0.1 } } as const;

/**
 * Keeps checkpoints strictly later than every cut given, hence than the largest of them in each run: `D > tokens`,
 * share of the run `> fraction` (in [0, 1)), `step > steps`.
 */
export interface EarlyCuts {
  readonly kind: 'exclude-early';
  readonly tokens?: number;
  readonly fraction?: number;
  readonly steps?: number;
}

/** Cuts by name, see {@link EARLY_PRESETS}; a fit records the numbers. */
export interface EarlyPreset {
  readonly kind: 'exclude-early';
  readonly early: keyof typeof EARLY_PRESETS;
}

/** Keeps rows with `min <= of <= max`: both ends inclusive, either may be absent, in the unit of the quantity. */
export interface Range {
  readonly kind: 'range';
  readonly of: Measure;
  readonly min?: number;
  readonly max?: number;
}

/** Drops exactly `count` rows of highest loss; among equal losses the later source row goes first. */
export interface DropTopLoss {
  readonly kind: 'drop-top-loss';
  readonly count: number;
}

/** Keeps the row of most tokens in each run; among equals the last step, then the last source row. */
export interface FinalOnly {
  readonly kind: 'final-only';
}

/** Keeps the row of lowest loss at each (N, D), the first source row among equals: the best learning rate, say. */
export interface LowestLoss {
  readonly kind: 'lowest-loss';
}

/** Keeps every `k`-th checkpoint of each run, counted from its end, so that the last one stays. */
export interface EveryKth {
  readonly kind: 'every-kth';
  readonly k: number;
}

/** Something a cell can be equal to. */
export type EqualsValue = string | number | boolean;

/**
 * Keeps rows whose `column` equals `value`, or one of several values.
 *
 * Equal means the same trimmed text, or the same number where both read as one; `true` and `false` match in any case.
 */
export interface Equals {
  readonly kind: 'equals';
  readonly column: string;
  readonly value: EqualsValue | readonly EqualsValue[];
}

/** Keeps rows that the user's own function accepts; recorded by `name`, so give the rule there. */
export interface Predicate {
  readonly kind: 'predicate';
  readonly name: string;
  readonly keep: (row: RunRow) => boolean;
}

/** One rule on which rows stay. */
export type Filter =
  | EarlyCuts
  | EarlyPreset
  | Range
  | DropTopLoss
  | FinalOnly
  | LowestLoss
  | EveryKth
  | Equals
  | Predicate;

/** A filter as plain JSON data: a preset spelled out in numbers, a predicate without its function. */
export type RecordedFilter = Exclude<Filter, EarlyPreset | Predicate> | Omit<Predicate, 'keep'>;

/** Fields of a recorded filter, in the order of record, so that equal filters are equal as JSON text. */
const RECORDED = ['kind', 'of', 'min', 'max', 'tokens', 'fraction', 'steps', 'count', 'k', 'column', 'value', 'name'];

/** `filter` as plain, frozen JSON data. */
export function recordFilter(filter: Filter | RecordedFilter): RecordedFilter {
  const preset = 'early' in filter && filter.early ? EARLY_PRESETS[filter.early] : {};
  const fields: Readonly<Record<string, unknown>> = { ...filter, ...preset };
  const given = RECORDED.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  return Object.freeze(Object.fromEntries(given)) as RecordedFilter;
}

/** Whether a filter asks how far along its run a row is. */
export function usesFraction(filter: Filter): boolean {
  const record = recordFilter(filter);
  if (record.kind === 'exclude-early') return record.fraction !== undefined;
  return record.kind === 'range' && record.of === 'fraction';
}

/** A filter in words, for messages and reports: `exclude-early (tokens 10e9, fraction 0.1)`. */
export function describeFilter(filter: Filter | RecordedFilter): string {
  const { kind, ...fields } = recordFilter(filter);
  const words = Object.entries(fields).map(([name, value]) => `${name} ${inWords(value)}`);
  return words.length > 0 ? `${kind} (${words.join(', ')})` : kind;
}

/** Large numbers by powers of a thousand, as papers write them: 10e9 tokens, 151e6 parameters. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(' or ');
  if (typeof value !== 'number' || Math.abs(value) < 1e6) return String(value);
  const exponent = 3 * Math.floor(Math.log10(Math.abs(value)) / 3);
  return `${Number((value / 10 ** exponent).toPrecision(12))}e${exponent}`;
}
