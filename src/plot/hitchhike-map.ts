/** The Hitchhiker's experiment as a heat map: ARE over models and share of training. Figures 1 and 4 of Choshen et al. 2024, arXiv:2410.11840. */

import { refusal } from '../errors.ts';
import type { CheapestCell, Hitchhike, HitchhikeCell, HitchhikeFamily } from '../families/hitchhike-plan.ts';
import { check } from '../schema/check.ts';
import { drawnCount as count, percent } from '../words.ts';
import { type ErrorAxis, type ErrorPanel, errorMap, flopsInWords } from './error-map.ts';
import type { Figure } from './figure.ts';
import { type ErrorMapOptions, errorMapOptions } from './options.ts';

/** The level that "the cheapest set" is asked for. */
const CHEAP = 0.1;

/**
 * Draws the cells of an experiment, averaged over families or a panel each.
 *
 * @param found - From `hitchhike`, or its JSON.
 * @param options - Whether each family has a panel of its own.
 * @returns Options for `Plot.plot`: color for ARE up to 35%, lines around the cells below 5, 10 and 15%. Of one family also lines of equal
 *   training FLOPs, and the cheapest set below 10%: families do not cost the same, so a mean has none.
 * @throws {ScalingLawsError} `E_ARGUMENT` if no family has cells. @throws {ScalingLawsError} `E_OPTION`.
 * @example
 * const layout = { kind: 'grid', N: [1e8, 2e8, 4e8, 8e8], D: [2e11] };
 * const runs = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 20, noise: 0.01, seed: 1 });
 * hitchhikeMap(hitchhike(runs)).x?.label // => 'Share of training seen'
 */
export function hitchhikeMap(found: Hitchhike, options: ErrorMapOptions = {}): Figure {
  const { facet } = check(errorMapOptions, options);
  const families = found.families.flatMap((one) => ('cells' in one ? [one] : []));
  if (families.length === 0) throw refusal('found', 'be of a family with cells', 'none');
  const all = families.flatMap(({ cells }) => cells);
  const shares = valuesOf(all.map(({ share }) => share));
  // Windows of one number of models differ by their largest size.
  const isWindow = found.options.window !== null;
  const level = (cell: Pick<HitchhikeCell, 'models' | 'N'>): number => (isWindow ? cell.N : cell.models);
  const word = isWindow ? count : String;
  const yLabel = isWindow ? 'Largest model used (parameters)' : 'Models used, from the smallest';
  const x: ErrorAxis = { label: 'Share of training seen', ticks: shares.map(percent) };
  const panel = ({ family, cells, cheapest, target }: HitchhikeFamily): ErrorPanel => {
    const best = cheapest.find((one) => one.level === CHEAP);
    const at = best && cells.find((cell) => isSame(cell, best));
    const levels = valuesOf(cells.map(level));
    const place = (cell: HitchhikeCell) => ({ x: shares.indexOf(cell.share), y: levels.indexOf(level(cell)) });
    return {
      title: `${family}, target ${count(target.N)}`,
      rows: levels.map(word),
      cells: cells.map((cell) => ({ ...place(cell), error: cell.are, flops: cell.flops })),
      cheapest: at && { ...place(at), words: `10% from ${flopsInWords(best.flops)}` },
    };
  };
  const name = 'Error of the predicted end of the largest model';
  if (facet || families.length === 1) return errorMap(families.map(panel), x, yLabel, name);
  const levels = valuesOf(all.map(level));
  const errorsAt = (at: number, share: number): number[] =>
    all.flatMap((cell) => (level(cell) === at && cell.share === share && cell.are !== null ? [cell.are] : []));
  const familiesAt = (at: number): number =>
    families.filter(({ cells }) => cells.some((one) => level(one) === at && one.are !== null)).length;
  const rows = levels.filter((at) => familiesAt(at) > 0);
  const cells = rows.flatMap((at, j) =>
    shares.flatMap((share, i) => {
      const errors = errorsAt(at, share);
      return errors.length > 0
        ? [{ x: i, y: j, error: errors.reduce((sum, one) => sum + one, 0) / errors.length }]
        : [];
    }),
  );
  const title = `Mean over ${families.length} families`;
  const counted = rows.map((at) => `${word(at)} (${familiesAt(at)})`);
  return errorMap([{ title, rows: counted, cells }], x, `${yLabel} (families)`, name);
}

const valuesOf = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
const isSame = (cell: HitchhikeCell, best: CheapestCell): boolean =>
  cell.models === best.models && cell.share === best.share && cell.flops === best.flops;
