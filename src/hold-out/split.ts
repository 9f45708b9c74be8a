/**
 * Which rows a fit must not see, because they will judge it: the largest models, the longest runs, the end of the largest run.
 *
 * A scaling law is made to extrapolate, so what is held out lies beyond what is fitted; a random split would only measure how well
 * the law interpolates, and cannot find bad models (Choshen et al. 2024, arXiv:2410.11840, appendix D).
 */

import { ScalingLawsError, shown } from '../errors.ts';
import { rowsByRun, withFraction } from '../filters/groups.ts';
import { type RunRow, rowOf } from '../filters/row.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';

/** What is held out. */
export type HoldOut =
  /** All rows of the largest `sizes` model sizes, an integer >= 1; default 1. */
  | { readonly kind: 'largest-N'; readonly sizes?: number }
  /** The share `fraction` of the rows that have seen most tokens, in (0, 1); rows of equal D stay together. */
  | { readonly kind: 'largest-D'; readonly fraction: number }
  /** Rows of the largest model in the last `share`, in (0, 1), of its tokens; default {@link DEFAULT_LAST_SHARE}. */
  | { readonly kind: 'last-of-largest'; readonly share?: number }
  /** Rows that `keep` refuses, as with the filter of the same name; recorded by `name`. */
  | { readonly kind: 'predicate'; readonly name: string; readonly keep: (row: RunRow) => boolean };

/** A hold-out as plain JSON data: a predicate without its function. */
export type RecordedHoldOut =
  | Exclude<HoldOut, { readonly kind: 'predicate' }>
  | { readonly kind: 'predicate'; readonly name: string };

/** The target of Choshen et al. 2024, section 4: the last 30 % of the tokens of the largest model. */
export const DEFAULT_LAST_SHARE = 0.3;

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
 * @throws {ScalingLawsError} `E_OPTION` for an ill-formed hold-out, or one that leaves nothing on one of the two sides.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * splitRuns(runs, { kind: 'largest-N', sizes: 2 }).heldOut.length // => 8
 */
export function splitRuns(runs: Runs, how: HoldOut): Split {
  const whole = withFraction(runs);
  const isHeldOut = judgesOf(whole, how);
  const all = Array.from({ length: whole.length }, (_, i) => i);
  const heldOut = all.filter(isHeldOut);
  if (heldOut.length === 0 || heldOut.length === whole.length) {
    refuse('such that rows are left on both sides', `${how.kind} with ${heldOut.length} of ${whole.length} held out`);
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
  switch (how.kind) {
    case 'largest-N':
      return { kind: how.kind, sizes: how.sizes ?? 1 };
    case 'largest-D':
      return { kind: how.kind, fraction: how.fraction };
    case 'last-of-largest':
      return { kind: how.kind, share: how.share ?? DEFAULT_LAST_SHARE };
    case 'predicate':
      return { kind: how.kind, name: how.name };
    default:
      return unknownKind(how);
  }
}

function judgesOf(runs: Runs, how: HoldOut): (i: number) => boolean {
  switch (how.kind) {
    case 'largest-N': {
      const { sizes = 1 } = how;
      if (!Number.isSafeInteger(sizes) || sizes < 1) refuse('largest-N with an integer number of sizes >= 1', sizes);
      const least = Float64Array.from(new Set(runs.N)).sort().at(-sizes) ?? 0;
      return (i) => runs.N[i]! >= least;
    }
    case 'largest-D': {
      inside('largest-D with a fraction', how.fraction);
      const least = Float64Array.from(runs.D)
        .sort()
        .at(-Math.ceil(how.fraction * runs.length))!;
      return (i) => runs.D[i]! >= least;
    }
    case 'last-of-largest': {
      const { share = DEFAULT_LAST_SHARE } = how;
      inside('last-of-largest with a share', share);
      const largest = runs.N.reduce((a, b) => Math.max(a, b), 0);
      const end = runs.D.reduce((most, D, i) => (runs.N[i] === largest ? Math.max(most, D) : most), 0);
      return (i) => runs.N[i] === largest && runs.D[i]! > (1 - share) * end;
    }
    case 'predicate': {
      if (typeof how.keep !== 'function' || typeof how.name !== 'string') {
        refuse('a predicate with a name and a function keep', `${how.name}, ${typeof how.keep}`);
      }
      const kept = Array.from({ length: runs.length }, (_, i) => how.keep(rowOf(runs, i)));
      return (i) => !kept[i];
    }
    default:
      return unknownKind(how);
  }
}

function inside(what: string, value: number): void {
  if (!(value > 0 && value < 1)) refuse(`${what} between 0 and 1`, value);
}

function unknownKind(how: never): never {
  const kind = (how as { kind?: unknown } | undefined)?.kind;
  return refuse('of kind largest-N, largest-D, last-of-largest or predicate', kind);
}

function refuse(rule: string, value: unknown): never {
  throw new ScalingLawsError('E_OPTION', `hold-out must be ${rule}, got ${shown(value)}`, {
    option: 'holdOut',
    value,
  });
}
