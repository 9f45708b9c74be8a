import { describe, expect, it } from 'vitest';
import { type ColumnChoice, placeColumns, requireFields } from '../../src/runs/columns.ts';
import { errorOf } from './error-of.ts';

const required = (header: readonly string[], choice: ColumnChoice = {}): void =>
  requireFields(header, placeColumns(header, choice));

describe('placeColumns', () => {
  it.each([
    ['N', ['params', 'parameters', 'n_params', 'N-Params', 'model_size', 'Model Size', 'model.size', 'n']],
    ['D', ['tokens', 'Tokens', 'train_tokens', 'Training Tokens', 'd']],
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

  it('prefers the exact name to the same in another case, and that to an alias', () => {
    expect(placeColumns(['params', 'n', 'N', 'D', 'loss']).N).toEqual([2]);
    expect(placeColumns(['params', 'n', 'D', 'loss']).N).toEqual([1]);
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
    expect(error.message).toBe('N fits the columns "params" and "n_params"; choose one with columns: { N: "params" }');
    expect(placeColumns(['params', 'n_params', 'D', 'loss'], { N: 'n_params' }).N).toEqual([1]);
  });

  it('refuses a header that stands twice if it is used', () => {
    expect(errorOf(() => placeColumns(['N', 'D', 'N', 'loss'])).message).toBe(
      'N fits the columns "N" and "N"; rename one',
    );
    expect(errorOf(() => placeColumns(['a', 'a', 'D', 'loss'], { N: 'a' })).code).toBe('E_COLUMN_DOUBLED');
    expect(placeColumns(['N', 'D', 'loss', 'note', 'note'])).toEqual({ N: [0], D: [1], loss: [2] });
  });

  it('says what it was looking for and what there is', () => {
    const error = errorOf(() => placeColumns(['N', 'Tokens', 'loss'], { D: 'Tokenz' }));
    expect(error.code).toBe('E_COLUMN_MISSING');
    expect(error.message).toBe(
      'columns.D: there is no column "Tokenz"; did you mean "Tokens"? the columns are "N", "Tokens", "loss"',
    );
    expect(error.details).toMatchObject({ field: 'D', column: 'Tokenz', didYouMean: 'Tokens' });
    const far = errorOf(() => placeColumns(['N', 'D', 'loss'], { D: 'whatever' }));
    expect(far.message).toBe('columns.D: there is no column "whatever"; the columns are "N", "D", "loss"');
  });

  it('names the columns most like the missing one first, and twelve at most', () => {
    const header = ['N', 'D', ...Array.from({ length: 20 }, (_, i) => `x${i}`), 'c4 loss'];
    expect(errorOf(() => required(header)).message).toBe(
      `loss must have a column, got none; name it with columns: { loss: '…' }; the columns are "c4 loss", "N", "D", ` +
        '"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", and 11 more',
    );
  });

  it('wants two of N, D and C', () => {
    expect(errorOf(() => required(['C', 'loss'])).message).toBe(
      `two of N, D and C must have a column, got only C; name it with columns: { N: '…' }, or give it with constants: { N: … }; the columns are "C", "loss"`,
    );
    expect(errorOf(() => required(['loss'])).message).toMatch('got none');
  });

  it.each([
    [{ tokens: 'D' }, 'columns.tokens: must be one of N, D, C, loss, U, step, fraction, weight, run, family, got "D"'],
    [{ N: ['N', 'D'] }, 'columns.N: must be a single header (only run and family join several), got ["N","D"]'],
    [{ run: [] }, 'columns.run: must be a header, got []'],
    [{ N: 3 }, 'columns.N: must be a header, got 3'],
  ])('refuses the option %j', (choice, message) => {
    const error = errorOf(() => placeColumns(['N', 'D', 'loss'], choice as never));
    expect([error.code, error.message]).toEqual(['E_OPTION', message]);
  });
});
