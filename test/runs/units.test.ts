import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/runs/read-runs.ts';

const codesOf = (table: string): string[] => readRuns(table).warnings.map(({ code }) => code);

describe('counts in the wrong unit', () => {
  it('are warned of, a field each', () => {
    const { warnings } = readRuns('N,D,loss\n25,0.125,4.1\n1000,200,2.9');
    expect(warnings).toMatchObject([
      {
        code: 'W_UNITS',
        message: expect.stringMatching(/^N goes from 25 to 1000 parameters: /),
        advice: expect.stringContaining('write 25M or 25B'),
      },
      { code: 'W_UNITS', message: expect.stringMatching(/^D goes from 0\.125 to 200 tokens: /) },
    ]);
  });

  it('are seen in a whole table, where sizes and tokens in millions would each pass for small counts', () => {
    // Hoffmann et al. 2022: 44M to 16.2B parameters, in millions; 6 x 16183 x 1.29e6 FLOPs are a second of one core.
    expect(codesOf('Parameters,Tokens,Loss\n44,220,4.7252\n16183,1294640,2.03')).toEqual(['W_UNITS', 'W_UNITS']);
    // The smallest study that was seen: 1.2M to 33.5M parameters, 5M to 80M tokens.
    expect(codesOf('N,D,loss\n1238144,5e6,8.2\n33506304,8e7,2.8')).toEqual([]);
  });

  it('are not seen in counts, with a suffix or without, nor in the small models of a real study', () => {
    expect(codesOf('N,D,loss\n25M,125M,4.1\n1B,200B,2.9')).toEqual([]);
    expect(codesOf('N,D,loss\n768,1e6,6.1\n1500000,2e10,3.9')).toEqual([]);
  });
});
