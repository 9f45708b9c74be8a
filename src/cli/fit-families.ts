/** `scaling-laws fit-families`: one law for each family of models, some coefficients the same in all. */

import { fitFamiliesOptions, fitFamilies as fittedFamilies } from '../families/fit-families.ts';
import type { Filter } from '../filters/filter.ts';
import { digits, listed } from '../words.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags, readRows } from './rows.ts';
import { table } from './words.ts';

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    shared: flagSet(fitFamiliesOptions, { title: 'Families', only: ['shared'] }),
    columns: columnFlags,
    filters: filterFlags(false),
    fit: fitFlags,
    law: lawFlags,
    output: jsonFlags('Print { shared, families: [{ family, fit }], objective } as JSON.'),
  },
  notes: FILTER_ORDER,
  examples: ['scaling-laws fit-families families.csv --family model --shared alpha,beta'],
  run: async ({ files, flags, io, door }) => {
    const options = await fitOptionsOf(flags.fit, flags.law);
    const runs = await readRows(files, flags.columns, io, options.law);
    const { shared = [] } = flags.shared;
    const filters = flags.filters as readonly Filter[];
    const { prior: _, ...plain } = options;
    const found = fittedFamilies(runs, { ...plain, filters, shared: shared as readonly never[] });
    if (flags.output.json) return printJson(io, found);
    const names = Object.keys(found.families[0]!.fit.coefficients);
    const rows = found.families.map(({ family, fit }) => [
      family,
      String(fit.runs.kept),
      ...Object.values<number>(fit.coefficients).map((value) => digits(value, 4)),
    ]);
    const { value, separate, pooled } = found.objective;
    const others = `${separate === null ? '' : `${digits(separate, 4)} if nothing were shared, `}${digits(pooled, 4)} if everything were`;
    printLines(io, [
      ...table([['family', 'rows', ...names], ...rows], 1, io.columns),
      '',
      `${shared.length === 0 ? 'Nothing is' : `${listed(shared)} ${shared.length === 1 ? 'is' : 'are'}`} shared.`,
      `The objective is ${digits(value, 4)}; it would be ${others}.`,
    ]);
    printWarnings(io, found.warnings, door);
  },
});
