/**
 * The samples in examples/data/logs were written from L = 1.69 + 406.4 / N^0.336 + 410.7 / D^0.283 (Sardana et al. 2024, arXiv:2401.00448), rounded
 * to four decimals, at 2^19 tokens a step; so every loss that is read must be the law's at the N and D that are read.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunsFile } from '../../src/node.ts';
import { joinRuns } from '../../src/runs/join-runs.ts';
import { type ReadRunsOptions, readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { sourceOf } from '../../src/runs/source.ts';
import { read } from '../fences.ts';
import { errorOf } from './error-of.ts';

const LOGS = 'examples/data/logs/';
const TOKENS_PER_STEP = 2 ** 19;
/** Half a unit of the fourth decimal, and what floating point adds. */
const ROUNDING = 0.5e-4 + 1e-12;

const codes = ({ warnings }: Runs): string[] => warnings.map(({ code }) => code);
const expectLaw = ({ N, D, loss }: Runs): void => {
  loss.forEach((value, i) => {
    const truth = 1.69 + 406.4 / N[i]! ** 0.336 + 410.7 / D[i]! ** 0.283;
    expect(Math.abs(value - truth)).toBeLessThanOrEqual(ROUNDING);
  });
};
const steps = (every: number, last: number): number[] =>
  Array.from({ length: last / every }, (_, i) => (i + 1) * every * TOKENS_PER_STEP);

describe('the samples', () => {
  it('a W&B project: a row a run, those without a loss left out and counted', async () => {
    const runs = await readRunsFile(`${LOGS}wandb-project.csv`);
    expectLaw(runs);
    expect(Array.from(runs.N)).toEqual([70e6, 70e6, 160e6, 160e6, 410e6, 410e6]);
    expect(Array.from(runs.D)).toEqual([1.4e9, 7e9, 3.2e9, 16e9, 8.2e9, 21e9]);
    expect(runs.run![1]).toBe('pile-70m-long');
    expect(runs.extra.State!.at(-1)).toBe('crashed');
    expect(runs.warnings.map(({ message }) => message)).toEqual([
      '2 of 7 runs are not finished (crashed, failed).',
      '1 of 7 rows of the log are left out: 1 without loss (column "eval/loss").',
    ]);
  });

  it('a W&B history: the step that the trainer counts, the loss on held-out text', async () => {
    const constants = { N: '160M', run: 'pile-160m', tokensPerStep: TOKENS_PER_STEP };
    const runs = await readRunsFile(`${LOGS}wandb-history.csv`, { constants });
    expectLaw(runs);
    expect(Array.from(runs.D)).toEqual(steps(1000, 6000));
    expect(Array.from(runs.row)).toEqual([3, 6, 9, 12, 15, 18]);
    expect(new Set(runs.run)).toEqual(new Set(['pile-160m']));
    expect(runs.warnings.map(({ message }) => message)).toEqual([
      '12 of 18 rows of the log are left out: 12 without loss (column "eval/loss").',
    ]);
  });

  it('a W&B chart: a size a run, and a word on whose step it is', async () => {
    const runConstants = { 'pile-70m': { N: '70M' }, 'pile-160m': { N: '160M' }, 'pile-410m': { N: '410M' } };
    const options: ReadRunsOptions = { constants: { tokensPerStep: '524,288' }, runConstants };
    const runs = await readRunsFile(`${LOGS}wandb-chart.csv`, options);
    expectLaw(runs);
    expect(Array.from(runs.D)).toEqual([...steps(2000, 4000), ...steps(2000, 6000), ...steps(2000, 8000)]);
    expect(runs.run!.slice(1, 3)).toEqual(['pile-70m', 'pile-160m']);
    expect(codes(runs)).toEqual(['W_STEP_COUNTER']);
    const sure = await readRunsFile(`${LOGS}wandb-chart.csv`, { ...options, columns: { step: '_step' } });
    expect(codes(sure)).toEqual([]);
  });

  it('TensorBoard scalars, a file a run, by a manifest', async () => {
    const runs = await readRunsFile(`${LOGS}tensorboard.json`);
    expectLaw(runs);
    expect(Array.from(runs.D)).toEqual([...steps(1000, 4000), ...steps(1000, 6000)]);
    expect(new Set(runs.run)).toEqual(new Set(['pile-70m', 'pile-160m']));
    expect(runs.extra.file!.at(-1)).toBe(`${LOGS}tensorboard-pile-160m.csv`);
    expect(new Set(runs.row).size).toBe(runs.length);
    expect(runs.warnings.map(({ message }) => message)).toEqual([
      `${LOGS}tensorboard-pile-70m.csv: 1 of 5 rows of the log are left out: 1 before the first token.`,
      `${LOGS}tensorboard-pile-160m.csv: 1 of 7 rows of the log are left out: 1 before the first token.`,
    ]);
  });

  it("Hugging Face's trainer_state.json: eval_loss, tokens seen, share of the plan", async () => {
    const runs = await readRunsFile(`${LOGS}trainer_state.json`, { constants: { N: 410e6 } });
    expectLaw(runs);
    expect(Array.from(runs.D)).toEqual(steps(1000, 4000));
    expect(Array.from(runs.step!)).toEqual([1000, 2000, 3000, 4000]);
    expect(Array.from(runs.fraction!)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(codes(runs)).toEqual(['W_NOT_LOGGED']);
    // Its total_flos is 6 N D, so N follows from it.
    const byFlops = await readRunsFile(`${LOGS}trainer_state.json`, { columns: { C: 'total_flos' } });
    for (const N of byFlops.N) expect(Math.abs(N / 410e6 - 1)).toBeLessThan(1e-12);
  });
});

/** The kind of export that a text is taken for. */
const exported = (text: string): string | undefined => {
  const { format, isExport } = sourceOf(text, { columns: {} });
  return isExport ? format : undefined;
};

describe('an export', () => {
  it.each([
    ['wandb-project.csv', 'wandb-runs'],
    ['wandb-history.csv', 'wandb-history'],
    ['wandb-chart.csv', 'wandb-chart'],
    ['tensorboard-pile-70m.csv', 'tensorboard'],
    ['trainer_state.json', 'trainer-state'],
    ['tensorboard.json', undefined],
    ['../simulated-runs.csv', undefined],
    ['../cerebras-gpt.csv', undefined],
  ])('is known: %s', (name, format) => expect(exported(read(`${LOGS}${name}`))).toBe(format));

  it.each([
    ['{"_step": 0, "_runtime": 3.5, "loss": 2}\n', 'wandb-history'],
    ['[{"_step": 0, "_timestamp": 3.5, "loss": 2}]', 'wandb-history'],
    ['\uFEFF\n"_step","_timestamp","loss"\r\n', 'wandb-history'],
    ['Step,Value\n', undefined],
    ['Name,State,N,D,loss\n', undefined],
    ['{"N":[1],"D":[2],"loss":[3]}', undefined],
  ])('%j is %s', (text, format) => expect(exported(text)).toBe(format));

  it('lets the caller say that it is a plain table', () => {
    const text = '_step,_runtime,N,D,loss\n0,1,2,3,4\n1,2,2,4,\n';
    expect(readRuns(text).length).toBe(1);
    expect(errorOf(() => readRuns(text, { format: 'csv' })).message).toMatch('row 2: loss must be');
  });
});

describe('what a log lacks', () => {
  it('is not filled in: loss and tokens that were never logged together are no rows', () => {
    const text = '_step,_runtime,train/tokens,eval/loss\n0,1,1000,\n1,2,,3.5\n2,3,2000,\n3,4,,3.4\n';
    expect(errorOf(() => readRuns(text, { constants: { N: 10 } })).message).toBe(
      'the log must have rows with loss and tokens logged together, got none among 4; 2 without loss (column "eval/loss"), 2 without D (column "train/tokens")',
    );
  });

  it('a bad loss is no missing one', () => {
    const text = '{"_step":1,"_runtime":1,"tokens":5,"loss":NaN}\n{"_step":2,"_runtime":1,"tokens":6}\n';
    expect(errorOf(() => readRuns(text, { constants: { N: 10 } })).message).toBe(
      "row 1: loss must be a positive finite number of nats per token, got NaN; leave such rows out with onBadRow: 'skip'",
    );
  });

  it('any row of a history is read as it was logged, or counted as left out', () => {
    const upTo = (max: number) => fc.option(fc.integer({ min: 1, max }));
    fc.assert(
      fc.property(
        fc.array(fc.record({ tokens: upTo(1e6), loss: upTo(12) }), { minLength: 1, maxLength: 20 }),
        (rows) => {
          const text = `_step,_runtime,tokens,loss\n${rows.map(({ tokens, loss }, i) => `${i},1,${tokens ?? ''},${loss ?? ''}`).join('\n')}`;
          const whole = rows.filter(({ tokens, loss }) => tokens !== null && loss !== null);
          fc.pre(whole.length > 0);
          const runs = readRuns(text, { constants: { N: 10 } });
          expect(Array.from(runs.D)).toEqual(whole.map(({ tokens }) => tokens));
          expect(Array.from(runs.loss)).toEqual(whole.map(({ loss }) => loss));
          expect(codes(runs).includes('W_NOT_LOGGED')).toBe(whole.length < rows.length);
        },
      ),
    );
  });
});

describe('which column of a log', () => {
  /** One row of a log with these losses. */
  const log = (losses: Readonly<Record<string, number>>): Runs =>
    readRuns(`_step,_runtime,tokens,${Object.keys(losses).join(',')}\n1,1,5e6,${Object.values(losses).join(',')}\n`, {
      constants: { N: 1e6 },
    });

  it.each([
    [{ loss: 3, eval_loss: 2 }, []],
    [{ 'train/loss': 3, 'val/loss': 2 }, []],
    [{ eval_c4_loss: 3, eval_loss: 2 }, []],
    [{ eval_c4_loss: 2, loss: 3 }, []],
    [{ train_loss: 3, loss: 2 }, ['W_TRAINING_LOSS']],
    [{ 'train/loss': 2 }, ['W_TRAINING_LOSS']],
  ])('of %j the 2 is read', (losses, warned) => {
    const runs = log(losses as Record<string, number>);
    expect([runs.loss[0], codes(runs)]).toEqual([2, warned]);
  });

  it('two of a kind are for the caller to choose from', () => {
    expect(errorOf(() => log({ eval_c4_loss: 3, eval_pile_loss: 2 })).message).toBe(
      'columns.loss must say which column to read: "eval_c4_loss" and "eval_pile_loss" fit equally well, got nothing; choose one, for instance columns: { loss: \'eval_c4_loss\' }',
    );
  });
});

describe('values that the table does not hold', () => {
  it('serve any table', () => {
    const runs = readRuns('step,loss\n1,3\n2,2.5\n', { constants: { N: '1B', tokensPerStep: '2M', family: 'a' } });
    expect([Array.from(runs.N), Array.from(runs.D), runs.family]).toEqual([
      [1e9, 1e9],
      [2e6, 4e6],
      ['a', 'a'],
    ]);
    expect(runs.warnings).toEqual([]);
  });

  it.each([
    [{ constants: { N: -1 } }, 'constants.N must be a positive finite number of parameters, got -1'],
    [
      { constants: { M: 1 } },
      'constants must be among N, D, C, U, fraction, weight, run, family, tokensPerStep, got M',
    ],
    [{ constants: { D: 1 } }, 'constants.D must be given for a table without D, got the column "tokens" too'],
    [
      { constants: { N: 1, tokensPerStep: 1 } },
      'constants.tokensPerStep must be given for a table without D, got the column "tokens" too',
    ],
    [{ runConstants: { a: { N: 1 } } }, 'runConstants must give N of every run, got none of "beta"'],
    [{ runConstants: { bta: { N: 1 } } }, 'runConstants must name runs of the table, got bta; did you mean beta?'],
  ])('refuses %j', (options, message) => {
    const error = errorOf(() => readRuns('run,tokens,loss\na,1,2\nbeta,2,2\n', options as ReadRunsOptions));
    expect([error.code, error.message]).toEqual([/ among /.test(message) ? 'E_OPTION' : 'E_ARGUMENT', message]);
  });

  it('wants a step for the tokens of a step', () => {
    const error = errorOf(() => readRuns('loss\n1\n', { constants: { N: 1, tokensPerStep: 1 } }));
    expect(error.code).toBe('E_COLUMN_MISSING');
  });
});

describe('joinRuns', () => {
  it('keeps what all have, and says what only some have', () => {
    const joined = joinRuns([readRuns('N,D,loss,step,note\n1M,2M,3,4,x\n'), readRuns('N,D,loss\n5M,6M,7\n8M,9M,1\n')]);
    expect(Array.from(joined.C)).toEqual([12e12, 180e12, 432e12]);
    expect([Array.from(joined.row), joined.step, joined.extra.note]).toEqual([[1, 2, 3], undefined, ['x', null, null]]);
    expect(joined.warnings).toMatchObject([
      { code: 'W_COLUMN_DROPPED', message: 'step is left out: only some of the joined tables have it.' },
    ]);
    expect(errorOf(() => joinRuns([])).code).toBe('E_EMPTY');
  });
});
