/** The Hitchhiker's experiment in words: ARE by models and share, and each family in a line. */

import type { Hitchhike, HitchhikeCell, HitchhikeFamily } from '../families/hitchhike-plan.ts';
import { table } from '../report/text-table.ts';
import { type Cell, type Sheet, sheetOf } from '../tables/sheet.ts';
import { count, percent, power } from '../words.ts';

/** Two tables, and what the baselines reach. */
export function hitchhikeInWords(found: Hitchhike, width?: number): string[] {
  const { families, baselines, options } = found;
  const judged = families.flatMap((one) => ('cells' in one ? [one] : []));
  const errors = families.flatMap((one) => ('error' in one ? [`${one.family}: ${one.error.message}`] : []));
  if (judged.length === 0) return ['No family has cells.', '', ...errors];
  return [
    `ARE on the last ${percent(options.target)} of the ${options.direction === 'up' ? 'largest' : 'smallest'} model, mean over ${judged.length === 1 ? 'one family' : `${judged.length} families`}, by models and share of their tokens:`,
    '',
    ...table(meanLines(found), 1, width, 1),
    '',
    ...table(
      [
        ['family', 'sizes', 'target', 'all models', '10% from', 'FLOPs', 'best loss', 'last loss'],
        ...judged.map(familyLine),
      ],
      1,
      width,
    ),
    ...(errors.length > 0 ? ['', ...errors] : []),
    ...(baselines
      ? [
          '',
          `With all models and checkpoints, the best loss seen is off by ${percent(baselines.best)} on average, the last by ${percent(baselines.last)}.`,
        ]
      : []),
  ];
}

function meanLines({ mean, fromHalf }: Hitchhike): string[][] {
  const shares = [...new Set(mean.map(({ share }) => share))].sort((a, b) => a - b);
  const models = [...new Set(mean.map((one) => one.models))];
  return [
    ['models', ...shares.map(percent), 'from 50%', 'families'],
    ...models.map((k) => {
      const own = mean.filter((one) => one.models === k);
      const cell = (share: number): string => {
        const one = own.find((found) => found.share === share);
        return one ? percent(one.are) : '-';
      };
      const half = fromHalf.find((one) => one.models === k);
      return [
        String(k),
        ...shares.map(cell),
        half ? percent(half.are) : '-',
        String(Math.max(...own.map(({ families }) => families))),
      ];
    }),
  ];
}

function familyLine({ family, sizes, target, cells, cheapest }: HitchhikeFamily): string[] {
  const fullest = cells.at(-1);
  const ten = cheapest.find(({ level }) => level === 0.1);
  const orNone = (value: number | null | undefined): string =>
    value === null || value === undefined ? '-' : percent(value);
  return [
    family,
    String(sizes.length),
    count(target.N),
    orNone(fullest?.are),
    ten ? `${ten.models} at ${percent(ten.share)}` : '-',
    ten ? power(ten.flops) : '-',
    orNone(fullest?.baselines?.best),
    orNone(fullest?.baselines?.last),
  ];
}

/** One line a cell, every digit. */
export function hitchhikeSheet({ families }: Hitchhike): Sheet {
  const lines = families.flatMap((one): (readonly (readonly [string, Cell])[])[] =>
    'error' in one
      ? [
          [
            ['family', one.family],
            ['error', one.error.message],
          ],
        ]
      : one.cells.map((cell) => cellLine(one.family, cell)),
  );
  return sheetOf(lines, ['family', 'status', 'error']);
}

const cellLine = (family: string, cell: HitchhikeCell): (readonly [string, Cell])[] => [
  ['family', family],
  ['models', cell.models],
  ['N', cell.N],
  ['scale-up', cell.scaleUp],
  ['share', cell.share],
  ['rows', cell.rows],
  ['FLOPs', cell.flops],
  ['row FLOPs', cell.rowFlops],
  ['ARE', cell.are],
  ['signed', cell.signed],
  ['best loss ARE', cell.baselines?.best ?? null],
  ['last loss ARE', cell.baselines?.last ?? null],
  ...Object.entries(cell.coefficients ?? {}),
  ['objective', cell.objective],
  ['status', cell.status],
  ...(cell.error ? [['error', cell.error.message] as const] : []),
];
