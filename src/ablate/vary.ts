/** Filters whose numbers are lists, and options that are lists, spread out into every combination. */

import { refusal } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import { custom, either, list } from '../schema/fields.ts';
import type { OptionalField } from '../schema/objects.ts';

/** A filter with any of its numbers replaced by a list of alternatives; `Infinity` (and `-Infinity`) in a list means no bound. */
export type Varied<F extends Filter = Filter> = F extends Filter
  ? { readonly [Field in keyof F]: NonNullable<F[Field]> extends number ? F[Field] | readonly number[] : F[Field] }
  : never;

/** One combination of a grid. */
export interface Combination {
  /** Filters of the combination, bounds that bind nothing left out. */
  readonly filters: readonly Filter[];
}

/** An option that may vary. */
export type OneOrMore<T> = T | readonly T[];

/** The fields of a filter that may carry a list. */
const NUMBERS = ['tokens', 'fraction', 'steps', 'min', 'max', 'count', 'k'];

const listsOf = (filter: object): [string, readonly number[]][] =>
  Object.entries(filter).filter(
    (entry): entry is [string, number[]] => NUMBERS.includes(entry[0]) && Array.isArray(entry[1]),
  );

/** Whether a filter carries a list. */
export function isVaried(filter: Varied): boolean {
  return listsOf(filter).length > 0;
}

/** Filters whose numbers may be lists; each combination is checked by the fit that it enters. */
export const variedFilters = custom<readonly Varied[]>('be a list', Array.isArray, {
  help: 'Which rows enter; any number may be a list, and every combination is fitted.',
});

/** An option of a fit, or a list of choices for it; what it is where it is absent stays. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOrMore<G, C>(
  field: OptionalField<G | undefined, C>,
): OptionalField<OneOrMore<G> | undefined, OneOrMore<C>> {
  const { optional: _, ofNone, ...one } = field;
  const { rule, help } = one;
  const choices = either(rule, [one, list(one, { least: 1 })] as const, help === undefined ? {} : { help });
  return { ...choices, optional: true, ofNone } as OptionalField<OneOrMore<G> | undefined, OneOrMore<C>>;
}

/**
 * Every combination of the lists in `filters`, the last list varying fastest.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for an empty list.
 */
export function combinations(filters: readonly Varied[]): readonly Combination[] {
  let grid: Filter[][] = [[]];
  filters.forEach((filter, i) => {
    const alternatives = spread(filter, `filters[${i}]`);
    grid = grid.flatMap((chosen) => alternatives.map((one) => (one ? [...chosen, one] : chosen)));
  });
  return grid.map((chosen) => ({ filters: chosen }));
}

/** The alternatives of one filter; undefined where its lists leave nothing that binds. */
function spread(filter: Varied, where: string): (Filter | undefined)[] {
  let fields: Record<string, unknown>[] = [{ ...filter }];
  const lists = listsOf(filter);
  for (const [name, values] of lists) {
    if (values.length === 0) throw refusal(`${where}.${name}`, 'be a number or a list of numbers', '[]');
    fields = fields.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return fields.map((one) => {
    for (const [name] of lists) if (Math.abs(one[name] as number) === Number.POSITIVE_INFINITY) delete one[name];
    const binds = lists.length === 0 || NUMBERS.some((name) => one[name] !== undefined);
    return binds ? (one as unknown as Filter) : undefined;
  });
}

/**
 * Every combination of the options that are lists, the last one varying fastest.
 */
export function alternatives<T extends Readonly<Record<string, unknown>>>(
  options: {
    readonly [Name in keyof T]: OneOrMore<T[Name]>;
  },
): readonly T[] {
  return Object.entries(options).reduce<readonly T[]>(
    (grid, [name, value]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return grid.flatMap((chosen) => values.map((one) => ({ ...chosen, [name]: one })));
    },
    [{} as T],
  );
}
