/** One small table, written by hand in every shape that people keep runs in: each must be read as the same rows, or refused with the cure. */

import { describe, expect, it } from 'vitest';
import { type ReadRunsOptions, readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { errorOf } from '../runs/error-of.ts';

const ROWS = [
  [1e8, 2e9, 3.5],
  [1e8, 8e9, 3.25],
  [4e8, 8e9, 3],
  [4e8, 32e9, 2.75],
] as const;
const HEADER = ['params', 'tokens', 'val_loss'] as const;
const objects = ROWS.map((row) => Object.fromEntries(row.map((cell, j) => [HEADER[j]!, cell])));
const lines = (delimiter: string): string => [HEADER, ...ROWS].map((row) => row.join(delimiter)).join('\n');
const byName = Object.fromEntries(objects.map((row, i) => [`run-${i}`, row]));
const byColumn = Object.fromEntries(
  HEADER.map((name, j) => [name, Object.fromEntries(ROWS.map((row, i) => [i, row[j]]))]),
);
const bars = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
const markdown = [bars(HEADER), '|---|:-:|--:|', ...ROWS.map((row) => bars([row[0], row[1], `**${row[2]}**`]))].join(
  '\n',
);

const expectRows = (runs: Runs): void => {
  expect([...runs.N].map((N, i) => [N, runs.D[i], runs.loss[i]])).toEqual(ROWS);
};
const notes = ({ warnings }: Runs): string[] => warnings.map(({ message }) => message);

describe('the same rows', () => {
  it.each([
    ['commas', lines(',')],
    ['tabs', lines('\t')],
    ['semicolons', lines(';')],
    ['bars', lines('|')],
    ['one space', lines(' ')],
    ['aligned columns', [HEADER, ...ROWS].map((row) => row.map((cell) => String(cell).padEnd(14)).join('')).join('\n')],
    ['what pandas prints', [`  ${HEADER.join('  ')}`, ...ROWS.map((row, i) => `${i}  ${row.join('  ')}`)].join('\n')],
    [
      'what write.table of R writes',
      ['"params" "tokens" "val_loss"', ...ROWS.map((row, i) => `"${i + 1}" ${row.join(' ')}`)].join('\n'),
    ],
    ['comments above', `# by train.py\n# seed 1\n${lines(',')}`],
    ["NumPy's savetxt, headings in a comment", `# ${HEADER.join(' ')}\n${ROWS.map((row) => row.join(' ')).join('\n')}`],
    ['delimiters at the end of every line', lines(';').replaceAll('\n', ';;;\n')],
    ['what Excel puts first', `sep=;\n${lines(';')}`],
    ['Markdown', markdown],
    ['Markdown below prose', `Results of last week:\n\n${markdown}\n\nSee | above.`],
    ['row objects', JSON.stringify(objects)],
    ['JSON Lines', objects.map((row) => JSON.stringify(row)).join('\n')],
    ['results in an object', JSON.stringify({ results: objects, seed: 1, date: { year: 2025 } })],
    ['results in an object within', JSON.stringify({ meta: { seed: 1 }, data: { runs: objects } })],
    ['runs by name', JSON.stringify(byName)],
    ['runs by name in an object', JSON.stringify({ seed: 1, runs: byName })],
    ['lists by column', JSON.stringify(Object.fromEntries(HEADER.map((name, j) => [name, ROWS.map((row) => row[j])])))],
    ["pandas' default, columns", JSON.stringify(byColumn)],
    ["pandas' index", JSON.stringify(Object.fromEntries(objects.map((row, i) => [i, row])))],
    ["pandas' split, and a W&B table", JSON.stringify({ columns: HEADER, index: [0, 1, 2, 3], data: ROWS })],
    [
      "pandas' table",
      JSON.stringify({
        schema: { fields: [{ name: 'params' }] },
        data: objects.map((row, index) => ({ index, ...row })),
      }),
    ],
    ['lists of cells below their headings', JSON.stringify([HEADER, ...ROWS])],
    ['nested objects', JSON.stringify(objects.map(({ params, ...summary }) => ({ config: { params }, summary })))],
  ])('%s', (_, text) => {
    const runs = readRuns(text);
    expectRows(runs);
    expect(notes(runs)).toEqual([]);
  });

  it.each([
    ['a title above', `Scaling runs\n\n${lines(',')}`, 'The line "Scaling runs" above the header is passed over.'],
    [
      'a title padded by a spreadsheet',
      `Scaling runs,,\n${lines(',')}`,
      'The line "Scaling runs" above the header is passed over.',
    ],
    [
      'a row of units',
      lines(',').replace('\n', '\n(count),(count),(nats)\n'),
      'The row "(count), (count), (nats)" below the header is read as units.',
    ],
    [
      'a comment among the rows',
      lines(',').replace('\n4', '\n# broken from here\n4'),
      '1 line that begins with # are passed over.',
    ],
  ])('%s, said', (_, text, note) => {
    const runs = readRuns(text);
    expectRows(runs);
    expect(notes(runs)).toEqual([note]);
  });

  it('row objects of the caller, nested or not', () => {
    expectRows(readRuns(objects));
    expectRows(readRuns(objects.map(({ params, ...rest }) => ({ model: { params }, ...rest }))));
  });
});

describe('refused, with the cure', () => {
  it.each([
    ['a table without headings', ROWS.map((row) => row.join(',')).join('\n'), /begin with a line of headings/],
    ["pandas' values", JSON.stringify(ROWS), /name its columns.*orient='records'/],
    ['a notebook', JSON.stringify({ cells: [], nbformat: 4 }), /a notebook.*to_csv/],
    ['two tables in one text', `${markdown}\n\n${markdown}`, /hold one table, got 2; keep the one/],
    [
      'two lists of runs',
      JSON.stringify({ train: objects, val: objects }),
      /hold one list of runs, got "train" and "val"/,
    ],
    [
      'rows that share no column',
      JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ [`k${i}`]: 1 }))),
      /the same columns/,
    ],
    ['nesting without end', `[${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}]`, /at most 32 levels/],
    ['lists without end', `[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`, /nest|characters/],
    ['too many columns', Array.from({ length: 20_001 }, (_, i) => `c${i}`).join(','), /at most 20000 columns/],
    ['a cell without end', `N,D,loss\n1,2,${'3'.repeat(40_000)}`, /at most 32767 characters/],
  ])('%s', (_, text, message) => {
    const error = errorOf(() => readRuns(text));
    expect([error.code, error.message]).toEqual(['E_FORMAT', expect.stringMatching(message)]);
  });

  it("Python's NaN, by its row", () => {
    const text = JSON.stringify(objects).replace('2.75', 'NaN');
    const error = errorOf(() => readRuns(text));
    expect([error.code, error.details.row]).toEqual(['E_CELL', 4]);
    expect(readRuns(text, { onBadRow: 'skip' }).length).toBe(3);
    expect(errorOf(() => readRuns(text.replaceAll('},', '}\n').slice(1, -1))).details.row).toBe(4);
  });
});

describe('curves in JSON', () => {
  const curve = [
    [10, 6e16, 3.5],
    [20, 12e16, 3.25],
  ];

  it('name their columns by the values that a run ends with; several runs are told apart', () => {
    const run = { params: 1e8, train: { steps: 20, lr: 1 }, flops: 12e16, val_loss: 3.25, best: 3.25, curve };
    const runs = readRuns(JSON.stringify([run, { ...run, params: 2e8 }]));
    expect([...runs.loss]).toEqual([3.5, 3.25, 3.5, 3.25]);
    expect([...runs.C]).toEqual([6e16, 12e16, 6e16, 12e16]);
    expect([...runs.step!]).toEqual([10, 20, 10, 20]);
    expect(runs.run).toEqual(['1', '1', '2', '2']);
    expect(runs.extra['train.lr']).toEqual([1, 1, 1, 1]);
    expect(notes(runs)).toEqual(['"curve" is read as a curve of step, flops, val_loss: one row an entry.']);
  });

  it('may be lists side by side, or a list of objects', () => {
    const lists = { params: 1e8, tokens: [1e9, 2e9], loss: [3.5, 3.25], betas: [0.9, 0.95, 0.99] };
    const entries = { params: 1e8, history: [1e9, 2e9].map((tokens, i) => ({ tokens, loss: [3.5, 3.25][i] })) };
    for (const run of [lists, entries]) {
      const runs = readRuns(JSON.stringify(run));
      expect([[...runs.N], [...runs.D], [...runs.loss]]).toEqual([
        [1e8, 1e8],
        [1e9, 2e9],
        [3.5, 3.25],
      ]);
    }
  });

  it('without tokens of their own give their last loss, at the tokens of the run', () => {
    const runs = readRuns(JSON.stringify({ params: 1e8, tokens: 2e9, loss: [4, 3.5, 3.25], lr: 1 }));
    expect([[...runs.D], [...runs.loss]]).toEqual([[2e9], [3.25]]);
    expect(notes(runs)).toEqual(['"loss" holds a list a run; its last value is read.']);
  });

  it('are refused where a run has two', () => {
    const run = { params: 1e8, a: { loss: [1, 2], tokens: [1, 2] }, b: { loss: [1, 2, 3], tokens: [1, 2, 3] } };
    expect(errorOf(() => readRuns(JSON.stringify([run]))).message).toMatch(/have one curve, got "a.loss" and "b.loss"/);
  });
});

describe('wide tables', () => {
  const rows = (runs: Runs): number[][] => [...runs.N].map((N, i) => [N, runs.D[i]!, runs.loss[i]!]);
  const melted = [
    [1e8, 1e9, 3.5],
    [2e8, 1e9, 3.4],
    [1e8, 2e9, 3.25],
  ];

  it.each<[string, string, ReadRunsOptions]>([
    ['tokens in words', 'params,tokens=1B,tokens=2B\n1e8,3.5,3.25\n2e8,3.4,\n', {}],
    ['suffixes, where N is known', 'params,1B,2B,3B\n1e8,3.5,3.25,-\n2e8,3.4,—,\n', {}],
    ['plain numbers, told what they are', 'params,1000000000,2000000000\n1e8,3.5,3.25\n2e8,3.4,\n', { wide: 'D' }],
    ['a loss in every heading', 'params,val_loss_1B_tokens,val_loss_2B_tokens\n1e8,3.5,3.25\n2e8,3.4,\n', {}],
  ])('%s', (_, text, options) => {
    expect(rows(readRuns(text, options))).toEqual(melted);
  });

  it('sizes beside a column of tokens', () => {
    const runs = readRuns('tokens,100M,200M,400M\n1e9,3.5,3.4,3.3\n2e9,3.25,-,3\n');
    expect(rows(runs)).toEqual([
      [1e8, 1e9, 3.5],
      [1e8, 2e9, 3.25],
      [2e8, 1e9, 3.4],
      [4e8, 1e9, 3.3],
      [4e8, 2e9, 3],
    ]);
  });

  it('budgets, and a pivot table that names rows and columns in its corner', () => {
    const budgets = readRuns('params,1e18,3e18,1e19\n1e8,3.5,3.4,\n2e8,3.6,3.3,3.1\n');
    expect([...budgets.C]).toEqual([1e18, 1e18, 3e18, 3e18, 1e19]);
    const pivot = readRuns(
      '| params \\ flops | 1e18 | 3e18 |\n|---|---|---|\n| 1e8 | 3.5 | 3.4 |\n| 2e8 | — | 3.3 |\n',
    );
    expect([[...pivot.N], [...pivot.C], [...pivot.loss]]).toEqual([
      [1e8, 1e8, 2e8],
      [1e18, 3e18, 3e18],
      [3.5, 3.4, 3.3],
    ]);
    expect(notes(pivot)).toContain(
      'The headings "1e18", "3e18" are read as flops, and the cells below them as loss: one row a cell, 3 in all.',
    );
  });

  it('a column a run', () => {
    const text = 'tokens,small,large\n1e9,3.5,3.3\n2e9,3.25,3.0\n';
    const runConstants = { small: { N: 1e8 }, large: { N: 4e8 } };
    const runs = readRuns(text, { wide: 'run', runConstants });
    expect([runs.run, [...runs.N]]).toEqual([
      ['small', 'small', 'large', 'large'],
      [1e8, 1e8, 4e8, 4e8],
    ]);
    const error = errorOf(() => readRuns(text, { runConstants }));
    expect(error.message).toBe(
      'columns.loss must name the column of loss, got nothing; if "small", "large" hold losses, say what these headings are, for instance wide: \'run\'',
    );
  });

  it('numbers that might be steps as well are for the caller to name', () => {
    const error = errorOf(() => readRuns('params,0,200,400\n1e8,5,4,3\n'));
    expect(error).toMatchObject({ code: 'E_COLUMN_MISSING', details: { field: 'loss' } });
    expect(error.message).toMatch(/"0", "200", "400".*wide: 'D'/);
  });

  it('a table with a loss is not wide, whatever its headings', () => {
    expect(readRuns('params,tokens,loss,1B,2B,3B\n1e8,1e9,3,1,1,1\n').length).toBe(1);
  });
});

describe('a chart of W&B', () => {
  const spread = (name: string): string[] => [name, `${name}__MIN`, `${name}__MAX`];
  const header = ['', 'Step', ...spread('a - lm loss'), ...spread('Group: b - lm loss'), 'tokens_seen', 'num_params'];
  const text = `${header.map((name) => `"${name}"`).join(',')}\n0,100,4,4,4,4.5,4.4,4.6,1e9,1B\n1,200,3,3,3,,,,2e9,1B\n`;
  const options: ReadRunsOptions = { columns: { loss: 'lm loss' } };

  it('keeps its index and the columns beside its curves', () => {
    const runs = readRuns(text, options);
    expect([runs.run, [...runs.D], [...runs.N]]).toEqual([
      ['a', 'a', 'b'],
      [1e9, 2e9, 1e9],
      [1e9, 1e9, 1e9],
    ]);
    expect(runs.extra['lm loss__MIN']).toEqual(['4', '3', '4.4']);
    expect(runs.extra['']).toEqual(['0', '1', '0']);
    expect([...runs.step!]).toEqual([100, 200, 100]);
  });

  it('may count tokens as its steps', () => {
    const plain = text.replace('tokens_seen', 'other');
    expect([...readRuns(plain, { columns: { ...options.columns, D: 'Step' } }).D]).toEqual([100, 200, 100]);
  });

  it('is refused with two curves of one name', () => {
    const error = errorOf(() => readRuns(text.replaceAll('Group: b', 'a'), options));
    expect([error.code, error.message]).toEqual([
      'E_COLUMN_DOUBLED',
      expect.stringMatching(/one curve a name, got two of "a - lm loss"/),
    ]);
  });
});

describe('time is linear in the input', () => {
  it.each([
    [
      'a chart of 6,000 runs',
      `Step,${Array.from({ length: 6000 }, (_, i) => `r${i} - loss,r${i} - loss__MIN,r${i} - loss__MAX`).join(',')}\n1${',3'.repeat(18_000)}\n`,
    ],
    ['quotes that never close, in JSON', `{"a": NaN, "b": "${'\\"'.repeat(300_000)}`],
    ['a heading of dots', `${'.'.repeat(30_000)}1x1,loss\n1,2\n`],
    ['blanks', `${' '.repeat(500_000)}x`],
    ['bars', `a|b\n${'|'.repeat(400_000)}-\n`],
  ])('%s', (_, text) => {
    // Of this process, which shares its cores with others.
    const start = process.cpuUsage();
    try {
      readRuns(text, { constants: { N: 1e6, tokensPerStep: 1 } });
    } catch {}
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
