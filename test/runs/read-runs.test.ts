import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadRunsOptions, readRuns } from '../../src/runs/read-runs.ts';
import { errorOf } from './error-of.ts';

const failure = (input: Parameters<typeof readRuns>[0], options?: ReadRunsOptions): [string, string] => {
  const { code, message } = errorOf(() => readRuns(input, options));
  return [code, message];
};

describe('readRuns', () => {
  it('derives the third of N, D and C', () => {
    expect(readRuns('N,D,loss\n70B,1.4T,1.94').C[0]).toBeCloseTo(5.88e23, -10);
    expect(readRuns('N,C,loss\n100,12000,2').D).toEqual(Float64Array.of(20));
    expect(readRuns('D,C,loss\n20,12000,2').N).toEqual(Float64Array.of(100));
    expect(readRuns('N,D,loss\n100,20,2', { flopsPerParamToken: 8 }).C).toEqual(Float64Array.of(16000));
  });

  it('reads every field', () => {
    const text =
      'N,D,loss,U,step,fraction,weight,run,family\n1M,2M,2.5,1_000_000,0,1,0.5,r1,f1\n1M,4M,2.4,1e6,2k,.5,2,r1,f1';
    expect(readRuns(text)).toMatchObject({
      length: 2,
      N: Float64Array.of(1e6, 1e6),
      D: Float64Array.of(2e6, 4e6),
      loss: Float64Array.of(2.5, 2.4),
      U: Float64Array.of(1e6, 1e6),
      step: Float64Array.of(0, 2000),
      fraction: Float64Array.of(1, 0.5),
      weight: Float64Array.of(0.5, 2),
      run: ['r1', 'r1'],
      family: ['f1', 'f1'],
      row: Int32Array.of(1, 2),
      passed: [],
      warnings: [],
    });
  });

  it('keeps what no number was read from in extra, and joins names', () => {
    const rows = [{ N: 1, D: 1, loss: 1, model: 'a', seed: 7, ok: true, note: null, params: 3 }];
    const runs = readRuns(rows, { columns: { run: ['model', 'seed'] } });
    expect(runs.run).toEqual(['a / 7']);
    expect(runs.extra).toEqual({ model: ['a'], seed: [7], ok: [true], note: [null], params: [3] });
  });

  it('returns frozen runs', () => {
    const runs = readRuns('N,D,loss,run\n1,1,1,a');
    for (const part of [runs, runs.extra, runs.extra.run, runs.run, runs.passed, runs.warnings]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('says of two unused columns of one name that it keeps the first', () => {
    const runs = readRuns('N,D,loss,note,note\n1M,1M,1,a,b');
    expect(runs.extra).toEqual({ note: ['a'] });
    expect(runs.warnings).toMatchObject([
      {
        code: 'W_COLUMN_DOUBLED',
        message: 'Column "note" stands twice or more in the header; the first is read.',
      },
    ]);
  });
});

describe('bad cells', () => {
  it.each([
    ['N', '0', 'N must be a positive finite number of parameters, got 0'],
    ['D', '-3e9', 'D must be a positive finite number of tokens, got -3e9'],
    ['D', '', 'D must be a positive finite number of tokens, got nothing'],
    ['D', 'many', 'D must be a positive finite number of tokens, got many'],
    ['D', 'NaN', 'D must be a positive finite number of tokens, got NaN'],
    ['D', 'Infinity', 'D must be a positive finite number of tokens, got Infinity'],
    ['D', '1e999', 'D must be a positive finite number of tokens, got 1e999'],
    ['D', '1,0,0', 'D must be a positive finite number of tokens, got 1,0,0'],
    ['C', '0', 'C must be a positive finite number of FLOPs, got 0'],
    ['loss', '2k', 'loss must be a positive finite number of nats per token, got 2k'],
    ['U', '-1', 'U must be a positive finite number of unique tokens, got -1'],
    ['step', '-1', 'step must be a finite number of steps, 0 or more, got -1'],
    ['fraction', '0', 'fraction must be a positive finite share of the run, got 0'],
    ['fraction', '-0.1', 'fraction must be a positive finite share of the run, got -0.1'],
    ['weight', '0', 'weight must be a positive finite number, got 0'],
    ['run', '', 'run must be a name, got nothing'],
    ['family', ' ', 'family must be a name, got nothing'],
  ])('%s: %j', (column, value, message) => {
    const good = {
      N: '1',
      D: '1',
      C: '6',
      loss: '1',
      U: '1',
      step: '0',
      fraction: '1',
      weight: '1',
      run: 'r',
      family: 'f',
    };
    const bad = { ...good, [column]: value };
    const text = [Object.keys(good).join('\t'), Object.values(good).join('\t'), Object.values(bad).join('\t')].join(
      '\n',
    );
    expect(failure(text)).toEqual(['E_CELL', `row 2: ${message}`]);
  });

  it('throws the first, after having counted all', () => {
    const error = errorOf(() => readRuns('N,D,loss\n1,1,1\n1,-3e9,1\n1,1,\n0,1,0\n1,1,1'));
    expect(error.message).toBe('row 2: D must be a positive finite number of tokens, got -3e9; 2 further bad rows');
    expect(error.details).toEqual({
      row: 2,
      column: 'D',
      value: '-3e9',
      furtherBadRows: 2,
    });
  });

  it('names the column where the header is another', () => {
    expect(failure('N,Tokens,loss\n1,x,1')[1]).toBe(
      'row 1, column "Tokens": D must be a positive finite number of tokens, got x',
    );
    const options = { columns: { run: ['a', 'b'] } };
    expect(failure('N,D,loss,a,b\n1,1,1,x,', options)[1]).toBe('row 1, column "b": run must be a name, got nothing');
  });

  it('refuses a derived number that overflows', () => {
    expect(failure('N,D,loss\n1e200,1e200,1')).toEqual([
      'E_CELL',
      'row 1: C = 6 N D must be a positive finite number of FLOPs, got Infinity',
    ]);
  });

  it('counts ragged rows among the bad ones', () => {
    const error = errorOf(() => readRuns('N,D,loss\n1,1,1\n1,1\n0,1,1\n1,1,1,1'));
    expect([error.code, error.message]).toEqual([
      'E_ROW_RAGGED',
      'row 2: the row must have 3 cells like the header, got 2; 2 further bad rows',
    ]);
    expect(error.details).toMatchObject({ row: 2, found: 2, expected: 3, furtherBadRows: 2 });
  });

  it('takes a missing key or null in row objects for an empty cell', () => {
    expect(
      failure([
        { N: 1, D: 1, loss: 1 },
        { N: 1, loss: 1 },
      ])[1],
    ).toMatch(/^row 2: D must .* got nothing$/);
    expect(failure([{ N: 1, D: null, loss: 1 }])[1]).toMatch(/^row 1: D must .* got nothing$/);
    expect(failure([7 as never])).toEqual(['E_FORMAT', 'row 1: the row must be an object, got 7']);
  });
});

describe('commas', () => {
  const one = (cell: string, delimiter = ';') =>
    readRuns(`N${delimiter}D${delimiter}loss\n${cell}${delimiter}2e10${delimiter}2.5`).N[0];

  it.each([
    ['0,025B', 25e6],
    ['1,6B', 1.6e9],
    ['1.234.567,5', 1234567.5],
    ['1,000,000', 1e6],
    ['1,600,000.5', 1600000.5],
  ])('%s is read as it can only be meant', (cell, value) => expect(one(cell)).toBe(value));

  it('part decimals in a loss, which has no thousands', () => {
    expect(readRuns('N;D;loss\n1e9;2e10;2,512\n2e9;2e10;2,4').loss).toEqual(Float64Array.of(2.512, 2.4));
  });

  it('before three digits are what the other cells show', () => {
    expect(readRuns('N;D;loss\n0,025B;1,600B;3\n1,600B;2,000B;2').D[0]).toBe(1.6e9);
    expect(readRuns('N\tD\tloss\n1,600\t1,000,000\t3').N[0]).toBe(1600);
    expect(readRuns('N,D,loss\n"1,600",1e9,3').N[0]).toBe(1600);
  });

  it('that may be either are refused, and read as the caller says', () => {
    const text = 'N (B);D (B);loss\n1,600;32,000;2.5';
    const error = errorOf(() => readRuns(text));
    expect([error.code, error.argument]).toEqual(['E_ARGUMENT', 'columns.D']);
    expect(error.message).toContain("decimal: ','");
    expect(readRuns(text, { decimal: ',' }).N[0]).toBe(1.6e9);
    expect(readRuns(text, { decimal: '.' }).N[0]).toBe(1.6e12);
  });

  it('that contradict each other are refused, and so is a point that may part thousands beside them', () => {
    expect(errorOf(() => readRuns('N;D;loss\n0,025B;1e9;3\n1,600,000;1e9;3')).message).toMatch(/got both/);
    expect(errorOf(() => readRuns('N;D;loss\n0,025B;1e9;3\n1.600B;1e9;3')).message).toMatch(/^row 2: N must/);
    expect(errorOf(() => readRuns('N;D;loss\n1e9;2e10;low\n')).message).toMatch(/got low$/);
  });
});

describe('onBadRow: skip', () => {
  it('leaves the row out, keeps the numbering, and says so', () => {
    const runs = readRuns('N,D,loss,note\n1M,1M,1,a\n1M,-1,1,b\n1M,1\n2M,2M,2,d', { onBadRow: 'skip' });
    expect(runs).toMatchObject({
      length: 2,
      N: Float64Array.of(1e6, 2e6),
      row: Int32Array.of(1, 4),
      extra: { note: ['a', 'd'] },
    });
    expect(runs.warnings).toMatchObject([
      {
        code: 'W_ROW_SKIPPED',
        message: 'row 2: D must be a positive finite number of tokens, got -1; the row is skipped.',
      },
      {
        code: 'W_ROW_SKIPPED',
        message: 'row 3: the row must have 4 cells like the header, got 2; the row is skipped.',
      },
    ]);
  });

  it('counts rows by what was wrong with them', () => {
    const runs = readRuns(`N,D,loss\n1M,1M,1\n${'0,1,1\n'.repeat(23)}1M,1M,x\n`, { onBadRow: 'skip' });
    expect(runs.warnings.filter(({ code }) => code === 'W_ROW_SKIPPED')).toMatchObject([
      {
        message: expect.stringMatching(/^rows 2, 3, 4, 5, 6 and 18 more: N must be .* parameters, got 0; 23 rows are/),
        evidence: { rows: 23 },
      },
      { message: expect.stringMatching(/^row 25: loss must be /) },
    ]);
  });

  it('leaves out what was measured before the first token, and counts it', () => {
    const runs = readRuns('N,D,loss\n1M,0,11\n1M,1M,5\n1M,2M,4');
    expect([Array.from(runs.D), runs.reading!.leftOut]).toEqual([[1e6, 2e6], { 'before the first token': 1 }]);
    expect(runs.warnings[0]!.message).toBe('1 of 3 rows are left out: 1 before the first token.');
    const planned = readRuns('N,D,step,loss\n1M,8M,0,11\n1M,8M,10,5\n1M,8M,20,4');
    expect(Array.from(planned.step!)).toEqual([10, 20]);
  });

  it('survives a torn last line of a log', () => {
    expect(readRuns('{"N":1,"D":1,"loss":1}\n{"N":1,"D"', { onBadRow: 'skip' }).length).toBe(1);
  });

  it('needs one good row', () => {
    expect(failure('N,D,loss\n0,1,1\n1,1', { onBadRow: 'skip' })).toEqual([
      'E_EMPTY',
      'the table must have a good row, got 2 bad ones',
    ]);
  });
});

describe('given compute', () => {
  it('is kept; one warning tells of rows that are more than 20% off', () => {
    const runs = readRuns('N,D,C,loss\n1M,1M,6e12,1\n1M,1M,7e12,1\n1M,1M,7.3e12,1\n1M,1M,15e12,1\n1M,1M,3e12,1');
    expect(runs.C).toEqual(Float64Array.of(6e12, 7e12, 7.3e12, 15e12, 3e12));
    expect(runs.warnings).toMatchObject([
      {
        code: 'W_COMPUTE_DISAGREES',
        message:
          'C differs from 6 N D by more than 20% in 3 of 5 rows, most in row 4, where it is 2.5 times 6 N D; the given C is kept.',
      },
    ]);
  });

  it('gives no warning within 20%, nor with a k that explains it', () => {
    expect(readRuns('N,D,C,loss\n1M,1M,7e12,1').warnings).toEqual([]);
    expect(readRuns('N,D,C,loss\n1M,1M,8e12,1', { flopsPerParamToken: 8 }).warnings).toEqual([]);
  });
});

describe('empty tables and wrong options', () => {
  it.each([
    [() => readRuns(''), 'E_EMPTY', 'the table must have rows, got blank text'],
    [() => readRuns('N,D,loss\n'), 'E_EMPTY', 'the table must have rows, got none below the header'],
    [() => readRuns([]), 'E_EMPTY', 'the table must have rows, got none below the header'],
    [() => readRuns(5 as never), 'E_FORMAT', 'the input must be text or an array of row objects, got 5'],
    [
      () => readRuns('N', { flopsPerParamToken: 0 }),
      'E_ARGUMENT',
      'flopsPerParamToken must be a positive finite number of FLOPs per parameter and token, got 0',
    ],
    [() => readRuns('N', { onBadRow: 'mend' as never }), 'E_ARGUMENT', 'onBadRow must be one of throw, skip, got mend'],
  ])('%s', (call, code, message) => {
    const error = errorOf(call);
    expect([error.code, error.message]).toEqual([code, message]);
  });
});

describe('properties', () => {
  const positive = fc.double({ min: 1e-100, max: 1e100, noNaN: true });
  const rows = fc.array(
    fc.record({ N: positive, D: positive, loss: positive, note: fc.constantFrom('a', 'b c', 'd') }),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  type Row = { N: number; D: number; loss: number; note: string };
  const delimited = (table: readonly Row[], delimiter: string): string =>
    ['N,D,loss,note'.replaceAll(',', delimiter), ...table.map((row) => Object.values(row).join(delimiter))].join('\n');

  it('text gives back the numbers that were written, whatever the format', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const runs = readRuns(delimited(table, ','));
        for (const name of ['N', 'D', 'loss'] as const) expect([...runs[name]]).toEqual(table.map((row) => row[name]));
        const byColumns = Object.fromEntries(
          (['N', 'D', 'loss', 'note'] as const).map((name) => [name, table.map((row) => row[name])]),
        );
        for (const other of [
          delimited(table, '\t'),
          delimited(table, ';'),
          JSON.stringify(table),
          JSON.stringify(table, null, 1),
          JSON.stringify(byColumns),
          table.map((row) => JSON.stringify(row)).join('\n'),
          table,
        ]) {
          expect(readRuns(other)).toEqual(runs);
        }
      }),
    );
  });

  it('the order of rows is the order of the source', () => {
    const shuffled = rows.chain((table) =>
      fc.tuple(
        fc.constant(table),
        fc.shuffledSubarray([...table.keys()], { minLength: table.length, maxLength: table.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([table, order]) => {
        const runs = readRuns(table);
        const moved = readRuns(order.map((i) => table[i]!));
        expect([...moved.C]).toEqual(order.map((i) => runs.C[i]));
        expect(moved.extra.note).toEqual(order.map((i) => runs.extra.note![i]));
      }),
    );
  });
});
