/** `scaling-laws fit-families`: one law for each family of models, some coefficients the same in all. */

import { fitFamiliesOptions, fitFamilies as fittedFamilies } from '../families/fit-families.ts';
import { table } from '../report/text-table.ts';
import { digits, listed } from '../words.ts';
import { command } from './command.ts';
import { FIT_SETS, fitInput } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { jsonFlags } from './out.ts';
import { FILE, FILTER_ORDER } from './rows.ts';

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    shared: flagSet(fitFamiliesOptions, { title: 'Families', only: ['shared'] }),
    ...FIT_SETS,
    output: jsonFlags('Print { shared, families: [{ family, fit }], objective } as JSON.'),
  },
  notes: FILTER_ORDER,
  examples: ['scaling-laws fit-families families.csv --family model --shared alpha,beta'],
  run: async ({ flags, io, rows: tableRows }) => {
    const { runs, options } = await fitInput(flags, tableRows);
    const { shared = [] } = flags.shared;
    const found = fittedFamilies(runs, { ...options, shared: shared as readonly never[] });
    const names = Object.keys(found.families[0]!.fit.coefficients);
    const rows = found.families.map(({ family, fit }) => [
      family,
      String(fit.runs.kept),
      ...Object.values<number>(fit.coefficients).map((value) => digits(value, 4)),
    ]);
    const { value, separate, pooled } = found.objective;
    const others = `${separate === null ? '' : `${digits(separate, 4)} if nothing were shared, `}${digits(pooled, 4)} if everything were`;
    const words = (): string[] => [
      ...table([['family', 'rows', ...names], ...rows], 1, io.columns),
      '',
      `${shared.length === 0 ? 'Nothing is' : `${listed(shared)} ${shared.length === 1 ? 'is' : 'are'}`} shared.`,
      `The objective is ${digits(value, 4)}; it would be ${others}.`,
    ];
    return { json: found, words, warnings: found.warnings };
  },
});
