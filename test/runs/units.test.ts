import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/runs/read-runs.ts';
import { errorOf } from './error-of.ts';

const codesOf = (table: string): string[] => readRuns(table).warnings.map(({ code }) => code);
/** Eight rows of a law in counts, written in other scales. */
const COUNTS = [25e6, 100e6, 400e6, 1600e6].flatMap((N) => [20, 80].map((ratio) => [N, N * ratio] as const));
const loss = (N: number, D: number): number => 1.9 + 400 / N ** 0.34 + 400 / D ** 0.28;
const table = (write: (N: number, D: number) => string, header = 'N,D,loss'): string =>
  `${header}\n${COUNTS.map(([N, D]) => `${write(N, D)},${loss(N, D).toFixed(4)}`).join('\n')}`;

describe('counts in the wrong unit', () => {
  it('of a table too short for a fit are warned of', () => {
    const { warnings } = readRuns('N,D,loss\n25,0.125,4.1\n1000,200,2.9');
    expect(warnings).toMatchObject([{ code: 'W_UNITS', evidence: { N: [25, 1000], D: [0.125, 200] } }]);
  });

  it.each([
    ['sizes and tokens in millions', table((N, D) => `${N / 1e6},${D / 1e6}`), { N: 1e6, D: 1e6 }],
    ['sizes and tokens in billions', table((N, D) => `${N / 1e9},${D / 1e9}`), { N: 1e9, D: 1e9 }],
    ['sizes alone, by tokens per parameter', table((N, D) => `${N / 1e6},${D}`), { N: 1e6 }],
    ['tokens alone, by tokens per parameter', table((N, D) => `${N},${D / 1e6}`), { D: 1e6 }],
    [
      'both, by FLOPs that are 1e12 times 6 N D',
      table((N, D) => `${N / 1e3},${D / 1e3},${6e6 * N * D}`, 'N,D,C,loss'),
      { N: 1e6, D: 1e6 },
    ],
    ['tokens as powers of ten', table((N, D) => `${N},${Math.log10(D)}`), { D: 'log10' }],
  ])('%s are refused with the scale that makes sense of them', (_, text, value) => {
    const error = errorOf(() => readRuns(text));
    expect([error.code, error.cure]).toEqual(['E_SCALE', expect.arrayContaining([{ option: 'scale', value }])]);
  });

  it('are refused where the largest size and the tokens would each pass for small counts', () => {
    // Hoffmann et al. 2022: 44M to 16.2B parameters, in millions.
    const rows = [44, 74, 140, 306, 1018, 16183].map((N) => `${N},${80 * N},${(2 + 10 / N).toFixed(3)}`);
    expect(errorOf(() => readRuns(`Parameters,Tokens,Loss\n${rows.join('\n')}`)).code).toBe('E_SCALE');
  });

  it('are read where the caller says so, or says that they are counts', () => {
    const text = table((N, D) => `${N / 1e6},${D / 1e6}`);
    expect(readRuns(text, { scale: { N: 1e6, D: 'M' } }).D).toEqual(Float64Array.from(COUNTS, ([, D]) => D));
    expect(readRuns(text, { scale: { N: 1, D: 1 } }).N[0]).toBe(25);
  });

  it('are read as logarithms where FLOPs leave no doubt, and that is told', () => {
    const text = table((N, D) => `${N},${Math.log10(D)},${Math.log10(6 * N * D)}`, 'params,num_token,flops,loss');
    const { D, reading } = readRuns(text);
    for (const [i, [, tokens]] of COUNTS.entries()) expect(Math.abs(D[i]! / tokens - 1)).toBeLessThan(1e-12);
    expect(reading!.quantities).toMatchObject({ D: { scale: 'log10' }, C: { scale: 'log10' } });
  });

  it('are not seen in counts, with a suffix or without, nor in the small models of a real study', () => {
    expect(codesOf('N,D,loss\n25M,125M,4.1\n1B,200B,2.9')).toEqual([]);
    expect(codesOf('N,D,loss\n768,1e6,6.1\n1500000,2e10,3.9')).toEqual([]);
    // The smallest study that was seen: 1.2M to 33.5M parameters, 5M to 80M tokens.
    expect(codesOf('N,D,loss\n1238144,5e6,8.2\n33506304,8e7,2.8')).toEqual([]);
  });
});

describe('scales in headings', () => {
  it.each([
    ['params (M)', 'tokens [billions]', 1e6, 1e9],
    ['Parameters (in millions)', 'Tokens (B)', 1e6, 1e9],
    ['N (1e6)', 'D (10^9)', 1e6, 1e9],
    ['params_M', 'train/tokens_seen_B', 1e6, 1e9],
    ['params in millions', 'tokens_in_billions', 1e6, 1e9],
    ['num_params (count)', 'throughput/total_tokens', 1, 1],
  ])('%s, %s', (N, D, first, second) => {
    const runs = readRuns(`${N},${D},loss\n${2.5e7 / first},${5e8 / second},4.1`);
    expect([runs.N[0], runs.D[0]]).toEqual([2.5e7, 5e8]);
  });

  it.each([
    ['throughput/total_gflops', 3e9],
    ['compute (PF-days)', 3e18 / 8.64e19],
    ['FLOPs (1e18)', 3],
    ['log10_flops', Math.log10(3e18)],
  ])('%s', (heading, value) => {
    const runs = readRuns(`N,D,${heading},loss\n2.5e7,2e10,${value},4.1`);
    expect(Math.abs(runs.C[0]! / 3e18 - 1)).toBeLessThan(1e-12);
  });

  it('say of a logarithm which one', () => {
    expect(readRuns('N,log10(D),loss\n25M,9,4').D[0]).toBe(1e9);
    expect(Math.abs(readRuns('N,ln D,loss\n25M,20,4').D[0]! / Math.exp(20) - 1)).toBeLessThan(1e-14);
    expect(errorOf(() => readRuns('N,log_tokens,loss\n25M,9,4')).message).toMatch(/say which logarithm/);
    expect(readRuns('N,log_tokens,loss\n25M,9,4', { scale: { D: 'log10' } }).D[0]).toBe(1e9);
  });

  it('do not change a cell that says its own', () => {
    expect(readRuns('params (M),tokens,loss\n25M,5e8,4.1\n100,2e9,3.5').N).toEqual(Float64Array.of(25e6, 100e6));
  });
});

describe('losses', () => {
  const rows = (heading: string, of: (loss: number) => number): string =>
    table((N, D) => `${N},${D},${of(loss(N, D))}`, `N,D,${heading},note`);
  const given = (text: string, options = {}) => readRuns(text, options);

  it.each([
    ['ppl', Math.exp],
    ['val_perplexity', Math.exp],
    ['eval/lm/c4/PPL', Math.exp],
    ['loss (bits)', (nats: number) => nats / Math.LN2],
    ['bits_per_token', (nats: number) => nats / Math.LN2],
    ['loss (nats)', (nats: number) => nats],
    ['log_ppl', (nats: number) => nats],
  ])('%s become nats per token', (heading, of) => {
    const runs = given(rows(heading, of));
    expect(runs.lossUnit).toBe('nats');
    for (const [i, [N, D]] of COUNTS.entries()) expect(Math.abs(runs.loss[i]! - loss(N, D))).toBeLessThan(1e-12);
  });

  it.each(['val_bpb', 'bits_per_byte', 'eval/paloma/c4_en/bpb', 'loss (bpb)'])('%s stay bits per byte', (heading) => {
    const runs = given(rows(heading, (nats) => nats / 4));
    expect([runs.lossUnit, runs.loss[0]]).toEqual(['bits-per-byte', loss(...COUNTS[0]!) / 4]);
    expect(runs.reading!.lossGiven).toBe('bits-per-byte');
  });

  it('in bits per byte become nats per token with the bytes of a token', () => {
    const runs = given(
      rows('val_bpb', (nats) => nats / 4 / Math.LN2),
      { bytesPerToken: 4 },
    );
    expect(runs.lossUnit).toBe('nats');
    expect(Math.abs(runs.loss[0]! - loss(...COUNTS[0]!))).toBeLessThan(1e-12);
  });

  it('in bits per character become nats per character', () => {
    const runs = given(rows('val_bpc', (nats) => nats / 2));
    expect(runs.lossUnit).toBe('nats-per-character');
    expect(Math.abs(runs.loss[0]! - (loss(...COUNTS[0]!) / 2) * Math.LN2)).toBeLessThan(1e-12);
  });

  it('that can only be perplexities are refused, and read as the caller says', () => {
    const text = rows('loss', Math.exp);
    const error = errorOf(() => given(text));
    expect([error.code, error.message]).toEqual(['E_LOSS_UNIT', expect.stringContaining("lossUnit: 'perplexity'")]);
    expect(Math.abs(given(text, { lossUnit: 'perplexity' }).loss[0]! - loss(...COUNTS[0]!))).toBeLessThan(1e-12);
    expect(given(text, { lossUnit: 'nats' }).warnings).toEqual([]);
  });
});
