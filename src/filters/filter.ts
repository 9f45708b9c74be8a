/**
 * Filters as plain data: which rows of a table of runs a fit may see.
 *
 * What is left out moves a fit more than how it is fitted: five outliers of 245 move Chinchilla's beta from 0.37 to 0.46
 * (Besiroglu et al. 2024), and early checkpoints bias every exponent (Choshen et al. 2024; Li et al. 2025). So a filter
 * is a value that can be printed, saved and compared, never a side effect; a fit records each one with its victims.
 */

import { choice, custom, finite, integer, list, notNegative, startingShare, text } from '../schema/fields.ts';
import { type Given, optional, variants, where } from '../schema/objects.ts';
import type { RunRow } from './row.ts';

/** Quantities that a `range` bounds; `fraction` is the share of its run that a row had reached. */
export const MEASURES = ['N', 'D', 'C', 'tokensPerParam', 'loss', 'fraction'] as const;
/** One of them. */
export type Measure = (typeof MEASURES)[number];

/**
 * Named cuts of early checkpoints.
 *
 * `hitchhiker`: the first 10% of a run or the first 10e9 tokens, whichever is more, from Choshen et al. (2024),
 * arXiv:2410.11840, section 6. Meant for models trained on far more tokens than that: see `W_CUT_REMOVES_RUNS`.
 */
export const EARLY_PRESETS = { hitchhiker: { tokens: 10e9, fraction: 0.1 } } as const;

/** Something a cell can be equal to. */
export type EqualsValue = string | number | boolean;
const isValue = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

const forms = variants(
  'filter',
  {
    /**
     * Keeps checkpoints strictly later than every cut given, hence than the largest of them in each run. A cut by name is recorded by its
     * numbers, see {@link EARLY_PRESETS}.
     */
    'exclude-early': {
      tokens: optional(
        notNegative('tokens', {
          help: 'Keep checkpoints after this many training tokens.',
          flag: 'exclude-early-tokens',
        }),
      ),
      fraction: optional(
        startingShare({
          help: 'Keep checkpoints after this share of their run.',
          flag: 'exclude-early-fraction',
          placeholder: 'share',
        }),
      ),
      steps: optional(
        notNegative('steps', {
          help: 'Keep checkpoints after this many optimizer steps.',
          flag: 'exclude-early-steps',
        }),
      ),
      early: optional(
        choice(['hitchhiker'], {
          help: 'Named cut of early checkpoints: hitchhiker keeps those after 10% of their run and after 10 billion tokens.',
        }),
      ),
    },
    /** Keeps rows with `min <= of <= max`: both ends inclusive, either may be absent, in the unit of the quantity. */
    range: {
      of: choice(MEASURES, { help: 'Quantity that is bounded.', flag: null }),
      min: optional(finite({ help: 'Least value of a row that stays.', flag: null })),
      max: optional(finite({ help: 'Largest value of a row that stays.', flag: null })),
    },
    /** Drops exactly `count` rows of highest loss; among equal losses the later source row goes first. */
    'drop-top-loss': {
      count: integer({ help: 'Drop this many rows of highest loss.', unit: 'rows', flag: 'drop-top-loss' }, 0),
    },
    /** Keeps the row of most tokens in each run; among equals the last step, then the last source row. */
    'final-only': {},
    /** Keeps the row of lowest loss at each (N, D), the first source row among equals: the best learning rate, say. */
    'lowest-loss': {},
    /** Keeps every `k`-th checkpoint of each run, counted from its end, so that the last one stays. */
    'every-kth': {
      k: integer(
        { help: 'Keep every k-th checkpoint of each run, counted from its end.', flag: 'every-kth', placeholder: 'k' },
        1,
      ),
    },
    /**
     * Keeps rows whose `column` equals `value`, or one of several values: the same trimmed text, or the same number where both read as one;
     * `true` and `false` match in any case.
     */
    equals: {
      column: text({ help: 'Header of the column.', flag: null }),
      value: custom<EqualsValue | readonly EqualsValue[]>(
        'be a text, a finite number, a boolean, or a non-empty list of these',
        (value) => (Array.isArray(value) ? value.length > 0 && value.every(isValue) : isValue(value)),
        { help: 'Value, or values, of rows that stay.', flag: null },
      ),
    },
    /** Keeps rows that the user's own function accepts; recorded by `name`, so give the rule there. */
    predicate: {
      name: text({ help: 'The rule in words.', flag: null }),
      keep: custom<(row: RunRow) => boolean>('be a function of a row', (value) => typeof value === 'function'),
    },
  },
  {
    help: 'Which rows stay.',
    kinds: {
      'final-only': { help: 'Keep the last checkpoint of each run.' },
      'lowest-loss': { help: 'Keep the lowest loss at each (N, D).' },
    },
  },
);

/** One rule on which rows stay. */
export type Filter = Given<typeof forms>;
/** A filter of one kind. */
export type FilterOf<K extends Filter['kind']> = Extract<Filter, { readonly kind: K }>;

const CUTS = ['tokens', 'fraction', 'steps', 'early'] as const;
const cutsOf = (one: Filter): readonly string[] =>
  one.kind === 'exclude-early' ? CUTS.filter((name) => one[name] !== undefined) : [];
const rangeOf = (one: Filter): FilterOf<'range'> | undefined => (one.kind === 'range' ? one : undefined);

/** Filters in the order of application. */
export const filters = list(
  where(
    forms,
    ['have a cut: tokens, fraction, steps or early', (one) => one.kind !== 'exclude-early' || cutsOf(one).length > 0],
    ['have either early or cuts of its own', (one) => !cutsOf(one).includes('early') || cutsOf(one).length === 1],
    ['have a bound: min, max or both', (one) => one.kind !== 'range' || one.min !== undefined || one.max !== undefined],
    [
      (one) => `be at most max, ${rangeOf(one)?.max}`,
      (one) => !((rangeOf(one)?.min ?? Number.NEGATIVE_INFINITY) > (rangeOf(one)?.max ?? Number.POSITIVE_INFINITY)),
      'min',
    ],
  ),
  { help: 'Which rows enter, applied in order.' },
);

/** A filter as plain JSON data: a preset spelled out in numbers, a predicate without its function. */
export type RecordedFilter =
  | Exclude<Filter, FilterOf<'exclude-early'> | FilterOf<'predicate'>>
  | Omit<FilterOf<'exclude-early'>, 'early'>
  | Omit<FilterOf<'predicate'>, 'keep'>;

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
