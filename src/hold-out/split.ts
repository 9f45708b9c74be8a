/**
 * Which rows a fit must not see, because they will judge it: the largest models, the longest runs, the end of the largest run.
 *
 * A scaling law is made to extrapolate, so what is held out lies beyond what is fitted; a random split would only measure how well
 * the law interpolates, and cannot find bad models (Choshen et al. 2024, arXiv:2410.11840, appendix D).
 */

import { refusal } from '../errors.ts';
import { rowsByRun, withFraction } from '../filters/groups.ts';
import { type RunRow, rowOf } from '../filters/row.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, inside, integer, text } from '../schema/fields.ts';
import { type Checked, type Given, optional, variants } from '../schema/objects.ts';
import { percent } from '../words.ts';

/** The target of Choshen et al. 2024, section 4: the last 30% of the tokens of the largest model. */
export const DEFAULT_LAST_SHARE = 0.3;

/** What is held out. */
export const holdOuts = variants(
  'holdOut',
  {
    /** All rows of the largest `sizes` model sizes. */
    'largest-N': { sizes: optional(integer({ help: 'Model sizes to hold out, the largest first.' }, 1), 1) },
    /** The rows that have seen most tokens; rows of equal D stay together. */
    'largest-D': {
      fraction: optional(inside({ help: 'Share of the rows to hold out, those of most tokens.' }), DEFAULT_LAST_SHARE),
    },
    /** The end of the run of the largest model. */
    'last-of-largest': {
      share: optional(
        inside({ help: 'Share of the tokens of the largest model, from their end.' }),
        DEFAULT_LAST_SHARE,
      ),
    },
    /** Rows that `keep` refuses, as with the filter of the same name; recorded by `name`. */
    predicate: {
      name: text({ help: 'The rule in words.' }),
      keep: custom<(row: RunRow) => boolean>('be a function of a row', (value) => typeof value === 'function'),
    },
  },
  { help: 'Rows that no fit sees, and that judge it.', placeholder: 'rows' },
);
export type HoldOut = Given<typeof holdOuts>;

/** A hold-out as plain JSON data: a predicate without its function. */
export type RecordedHoldOut =
  | Exclude<HoldOut, { readonly kind: 'predicate' }>
  | { readonly kind: 'predicate'; readonly name: string };

/** Held-out runs from which on an interval of their mean error says something; with fewer a ranking decides nothing. */
const ENOUGH_RUNS = 5;

/**
 * The hold-out of a table that nobody has thought about: its largest sizes, as few as hold five runs (rows, where runs have no names), and
 * at most half of all sizes.
 *
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * defaultHoldOut(runs) // => { kind: 'largest-N', sizes: 2 }
 */
export function defaultHoldOut(runs: Runs): HoldOut {
  const sizes = Float64Array.from(new Set(runs.N)).sort().reverse();
  const most = Math.max(1, sizes.length >> 1);
  const units = rowsByRun(runs);
  const enough = sizes.findIndex((least) => units.filter(([i]) => runs.N[i!]! >= least).length >= ENOUGH_RUNS);
  return { kind: 'largest-N', sizes: enough < 0 ? most : Math.min(enough + 1, most) };
}

/** Runs in two parts. */
export interface Split {
  /** What a fit may see. */
  readonly rest: Runs;
  /** What will judge it. */
  readonly heldOut: Runs;
}

/**
 * Parts runs into those that a fit may see and those that judge it.
 *
 * The share of its run that a row had reached is settled before, so that filters on it mean the whole run in both parts.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` for an ill-formed hold-out, or one that leaves nothing on one of the two sides.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * splitRuns(runs, { kind: 'largest-N', sizes: 2 }).heldOut.length // => 8
 */
export function splitRuns(runs: Runs, how: HoldOut): Split {
  const checked = check(holdOuts, how, 'holdOut');
  const whole = withFraction(runs);
  const isHeldOut = judgesOf(whole, checked);
  const all = Array.from({ length: whole.length }, (_, i) => i);
  const heldOut = all.filter(isHeldOut);
  if (heldOut.length === 0 || heldOut.length === whole.length) {
    throw refusal(
      'holdOut',
      'leave rows on both sides',
      `${how.kind} with ${heldOut.length} of ${whole.length} held out`,
    );
  }
  return Object.freeze({
    rest: takeRuns(
      whole,
      all.filter((i) => !isHeldOut(i)),
    ),
    heldOut: takeRuns(whole, heldOut),
  });
}

/** `how` as plain data, defaults filled in. */
export function recordHoldOut(how: HoldOut): RecordedHoldOut {
  const checked = check(holdOuts, how, 'holdOut');
  return checked.kind === 'predicate' ? { kind: checked.kind, name: checked.name } : checked;
}

function judgesOf(runs: Runs, how: Checked<typeof holdOuts>): (i: number) => boolean {
  switch (how.kind) {
    case 'largest-N': {
      const least = Float64Array.from(new Set(runs.N)).sort().at(-how.sizes) ?? 0;
      return (i) => runs.N[i]! >= least;
    }
    case 'largest-D': {
      const least = Float64Array.from(runs.D)
        .sort()
        .at(-Math.ceil(how.fraction * runs.length))!;
      return (i) => runs.D[i]! >= least;
    }
    case 'last-of-largest': {
      const largest = runs.N.reduce((a, b) => Math.max(a, b), 0);
      const end = runs.D.reduce((most, D, i) => (runs.N[i] === largest ? Math.max(most, D) : most), 0);
      return (i) => runs.N[i] === largest && runs.D[i]! > (1 - how.share) * end;
    }
    case 'predicate': {
      const kept = Array.from({ length: runs.length }, (_, i) => how.keep(rowOf(runs, i)));
      return (i) => !kept[i];
    }
    default:
      return how satisfies never;
  }
}
/** What was held out. */
export function holdOutInWords(how: RecordedHoldOut): string {
  switch (how.kind) {
    case 'largest-N':
      return how.sizes === 1 ? 'the largest size' : `the largest ${how.sizes} sizes`;
    case 'largest-D':
      return `the ${percent(how.fraction!)} of most tokens`;
    case 'last-of-largest':
      return `the last ${percent(how.share!)} of the largest size`;
    case 'predicate':
      return how.name;
    default:
      return how satisfies never;
  }
}
