import { describe, expect, it } from 'vitest';
import * as columns from '../../src/runs/columns.ts';
import type { ColumnChoice } from '../../src/runs/fields.ts';
import { joinRuns } from '../../src/runs/join-runs.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { knows } from '../../src/runs/runs.ts';
import { summarizeRuns } from '../../src/runs/summary.ts';
import { errorOf } from './error-of.ts';

const placeColumns = (header: readonly string[], choice: ColumnChoice = {}): columns.ColumnPlaces =>
  columns.placeColumns({ header }, choice).places;
const required = (header: readonly string[], choice: ColumnChoice = {}): void =>
  columns.requireFields({ header }, placeColumns(header, choice));

describe('placeColumns', () => {
  it.each([
    [
      'N',
      ['params', 'parameters', 'n_params', 'num_params', 'N-Params', 'model_size', 'Model Size', 'model.size', 'n'],
    ],
    ['D', ['tokens', 'Tokens', 'n_tokens', 'num_tokens', 'tokens_seen', 'train_tokens', 'Training Tokens', 'd']],
    ['C', ['flops', 'compute', 'training_flops', 'Training FLOPs', 'Training FLOP', 'c']],
    ['loss', ['Loss', 'val_loss', 'validation-loss', 'Test Loss']],
    ['U', ['u', 'unique_tokens']],
    ['run', ['Run', 'run_id', 'Run ID']],
    ['family', ['Family']],
    ['step', ['STEP']],
    ['fraction', ['Fraction']],
    ['weight', ['Weight']],
  ] as const)('finds %s', (field, headers) => {
    for (const header of headers) {
      const others = ['N', 'D', 'C', 'loss'].filter((name) => name !== field);
      expect(placeColumns([...others, header])[field], header).toEqual([others.length]);
    }
  });

  it('prefers its own name to one in words, and that to a letter, which may be layers as well', () => {
    expect(placeColumns(['params', 'n', 'N', 'D', 'loss']).N).toEqual([2]);
    expect(placeColumns(['params', 'n', 'D', 'loss']).N).toEqual([0]);
    expect(placeColumns(['n', 'd', 'params', 'tokens', 'loss'])).toMatchObject({ N: [2], D: [3] });
  });

  it('takes the loss on held-out text, because the one that is called loss is the training loss more often than not', () => {
    expect(placeColumns(['N', 'D', 'loss', 'val_loss']).loss).toEqual([3]);
    expect(columns.placeColumns({ header: ['N', 'D', 'loss', 'val_loss'] }).others.loss).toEqual(['loss']);
    expect(placeColumns(['N', 'D', 'loss', 'val_loss'], { loss: 'loss' }).loss).toEqual([2]);
    expect(placeColumns(['N', 'D', 'train_loss', 'val_loss']).loss).toEqual([3]);
  });

  it('takes the caller at their word, exactly, else without case', () => {
    const header = ['size', 'Size', 'model', 'seed', 'N', 'D', 'loss'];
    expect(placeColumns(header, { N: 'Size', run: ['model', 'seed'] })).toMatchObject({ N: [1], run: [2, 3] });
    expect(placeColumns(header, { run: 'MODEL' }).run).toEqual([2]);
  });

  it('offers a column that was given to one field to no other', () => {
    expect(placeColumns(['params', 'tokens', 'D', 'loss'], { U: 'tokens' })).toMatchObject({ U: [1], D: [2] });
    expect(errorOf(() => required(['N', 'tokens', 'loss'], { U: 'tokens' })).code).toBe('E_COLUMN_MISSING');
  });

  it('refuses two columns of the same rank', () => {
    const error = errorOf(() => placeColumns(['params', 'n_params', 'D', 'loss']));
    expect(error.code).toBe('E_COLUMN_DOUBLED');
    expect(error.message).toBe(
      'columns.N must say which column to read: "params" and "n_params" fit equally well, got nothing; choose one, for instance columns: { N: \'params\' }',
    );
    expect(placeColumns(['params', 'n_params', 'D', 'loss'], { N: 'n_params' }).N).toEqual([1]);
  });

  it('refuses a header that stands twice if it is used', () => {
    expect(errorOf(() => placeColumns(['N', 'D', 'N', 'loss'])).message).toBe(
      'columns.N must say which column to read: "N" and "N" fit equally well, got nothing; rename one',
    );
    expect(errorOf(() => placeColumns(['a', 'a', 'D', 'loss'], { N: 'a' })).code).toBe('E_COLUMN_DOUBLED');
    expect(placeColumns(['N', 'D', 'loss', 'note', 'note'])).toEqual({ N: [0], D: [1], loss: [2] });
  });

  it('says what it was looking for and what there is', () => {
    const error = errorOf(() => placeColumns(['N', 'Tokens', 'loss'], { D: 'Tokenz' }));
    expect(error.code).toBe('E_COLUMN_MISSING');
    expect(error.message).toBe(
      'columns.D must name a column of the table, got Tokenz; did you mean "Tokens"? the columns are "N", "Tokens", "loss"',
    );
    expect(error.details).toMatchObject({ field: 'D', column: 'Tokenz', didYouMean: 'Tokens' });
    const far = errorOf(() => placeColumns(['N', 'D', 'loss'], { D: 'whatever' }));
    expect(far.message).toBe(
      'columns.D must name a column of the table, got whatever; the columns are "N", "D", "loss"',
    );
  });

  it('names the columns most like the missing one first, and twelve at most', () => {
    const header = ['N', 'D', ...Array.from({ length: 20 }, (_, i) => `x${i}`), 'z_loss'];
    expect(errorOf(() => required(header)).message).toBe(
      `columns.loss must name the column of loss, got nothing; the columns are "z_loss", "N", "D", ` +
        '"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", and 11 more',
    );
  });

  it('wants two of N, D and C', () => {
    expect(errorOf(() => required(['C', 'loss'])).message).toBe(
      `columns.N must name the column of N (two of N, D and C are needed), got only C; the columns are "C", "loss"; where no column holds it, give constants: { N: '…' }`,
    );
    expect(errorOf(() => required(['loss'])).message).toMatch('got nothing');
  });

  it.each([
    [
      'E_OPTION',
      { tokens: 'D' },
      'columns must be among N, D, C, loss, U, step, fraction, weight, run, family, got tokens',
    ],
    ['E_ARGUMENT', { N: ['N', 'D'] }, 'columns.N must be a non-empty text, got [N, D]'],
    ['E_ARGUMENT', { run: [] }, 'columns.run must be a header or a list of headers, got a list'],
    ['E_ARGUMENT', { N: 3 }, 'columns.N must be a non-empty text, got 3'],
  ])('refuses with %s the choice %j', (code, columns, message) => {
    const error = errorOf(() => readRuns('N,D,loss\n1,1,1', { columns: columns as never }));
    expect([error.code, error.message]).toEqual([code, message]);
  });
});

describe('a law that reads other variables', () => {
  const TEXT = 'Size,streams,loss\n1B,1,2.5\n1B,2,2.4\n2B,1,2.3';

  it('is not asked for tokens, and none are made up', () => {
    const runs = readRuns(TEXT, { needs: ['N', 'P'], columns: { N: 'Size', P: 'streams' } });
    expect([Array.from(runs.N), runs.extra.P]).toEqual([
      [1e9, 1e9, 2e9],
      ['1', '2', '1'],
    ]);
    expect([...runs.D, ...runs.C].every(Number.isNaN)).toBe(true);
    expect((['N', 'D', 'C'] as const).map((name) => knows(runs, name))).toEqual([true, false, false]);
    expect(summarizeRuns(runs)).toEqual({ rows: 3, sizes: 2, N: [1e9, 2e9], loss: [2.3, 2.5] });
    expect(runs.warnings).toEqual([]);
  });

  it('gets what follows from two others', () => {
    expect(readRuns('N,D,loss\n100,20,2', { needs: ['C'] }).C).toEqual(Float64Array.of(12_000));
  });

  it('is told which of its variables has no column', () => {
    const error = errorOf(() => readRuns(TEXT, { needs: ['N', 'P'], columns: { N: 'Size' } }));
    expect([error.code, error.argument]).toEqual(['E_COLUMN_MISSING', 'columns.P']);
    expect(errorOf(() => readRuns(TEXT, { columns: { N: 'Size', P: 'streams' } })).code).toBe('E_OPTION');
  });
});

describe('runs.columns', () => {
  it('says which header each field was read from, and nothing of what was derived or given', () => {
    const runs = readRuns('Model Size,tokens,val_loss,a,b\n1B,2B,3,x,y', {
      columns: { run: ['a', 'b'] },
      constants: { family: 'f' },
    });
    expect(runs.columns).toEqual({ N: 'Model Size', D: 'tokens', loss: 'val_loss', run: ['a', 'b'] });
    expect(readRuns('N,D,loss\n1B,2B,3').columns).toEqual({ N: 'N', D: 'D', loss: 'loss' });
  });

  it('is what reads the table again', () => {
    const text = 'Size,Seen,Value\n1B,2B,3';
    const first = readRuns(text, { columns: { N: 'Size', D: 'Seen', loss: 'Value' } });
    expect(readRuns(text, { columns: first.columns })).toEqual(first);
  });

  it('of joined tables says what they agree on', () => {
    const joined = joinRuns([readRuns('N,tokens,loss\n1B,2B,3'), readRuns('N,D,loss\n1B,2B,3')]);
    expect(joined.columns).toEqual({ N: 'N', loss: 'loss' });
  });
});
