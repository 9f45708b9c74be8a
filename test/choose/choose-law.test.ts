import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLaw } from '../../src/choose/choose-law.ts';
import { ScalingLawsError } from '../../src/errors.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';
import { describeWithData } from '../shared-data.ts';

const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, noise: 0.003, seed: 4 });
const how = { kind: 'largest-N', sizes: 2 } as const;
const options = { replicates: 60, seed: 1 };

const codes = (findings: readonly { readonly code: string }[]): string[] => findings.map(({ code }) => code);

describe('chooseLaw', () => {
  it('puts the law behind the runs first, and a law of N alone behind it', () => {
    const { ranked, tied, findings } = chooseLaw(runs, ['power-law-n', 'chinchilla'], how, options);
    expect(ranked.map(({ name }) => name)).toEqual(['chinchilla', 'power-law-n']);
    expect(tied).toEqual(['chinchilla']);
    expect(ranked[1]!.difference).toMatchObject({ verdict: 'worse' });
    expect(ranked[1]!.difference!.lower!).toBeGreaterThan(0);
    expect(codes(findings)).toEqual(['W_LAW_DIFFERENCE', 'W_BEST_LAW']);
  });

  it('says when the runs cannot tell: the same law under another name', () => {
    const { tied, findings, ranked } = chooseLaw(
      runs,
      [
        { name: 'all rows', options: { law: 'chinchilla' } },
        { name: 'deeper search', options: { law: 'chinchilla', search: { hops: 64 } } },
      ],
      how,
      options,
    );
    expect(tied).toHaveLength(2);
    expect(ranked[1]!.difference!.verdict).toBe('undecided');
    expect(codes(findings)).toEqual(['W_LAW_DIFFERENCE', 'W_LAWS_TIED']);
    expect(findings[1]!.message).toBe('These runs cannot tell all rows and deeper search apart.');
  });

  it('lists laws that cannot be judged, with the reason', () => {
    const { ranked, unfit } = chooseLaw(runs, ['muennighoff', 'chinchilla'], how, options);
    expect(ranked.map(({ name }) => name)).toEqual(['chinchilla']);
    expect(unfit).toMatchObject([{ name: 'muennighoff', code: 'E_LAW_VARIABLE' }]);
  });

  it('refuses ill-posed questions', () => {
    expect(() => chooseLaw(runs, [], how)).toThrowError(ScalingLawsError);
    expect(() => chooseLaw(runs, ['chinchilla', 'chinchilla'], how)).toThrow(
      'candidates must have names of their own, got chinchilla twice',
    );
    expect(() => chooseLaw(runs, ['chinchila' as 'chinchilla'], how)).toThrowError(ScalingLawsError);
    for (const [ask, code, message] of [
      [
        () => chooseLaw(runs, [null as never], how),
        'E_ARGUMENT',
        'candidates[0] must be a law, its name, or { name, options }, got null',
      ],
      [() => chooseLaw(runs, null as never, how), 'E_ARGUMENT', 'candidates must be a list of 1 or more, got null'],
      [
        () => (chooseLaw as (...given: unknown[]) => unknown)(runs, ['kaplan']),
        'E_ARGUMENT',
        'holdOut must be an object, got nothing',
      ],
      [
        () => chooseLaw(runs, ['kaplan'], how, { replicats: 3 } as never),
        'E_OPTION',
        'options of the choice must be among against, method, level, replicates, resample, seed, signal, got replicats; did you mean replicates?',
      ],
    ] as const) {
      expect(ask).toThrowError(expect.objectContaining({ code, message }));
    }
  });
});

describeWithData('the 47 runs of Beyond Chinchilla-Optimal', ['sardana2024/trainingresults.csv'], (path) => {
  it('cannot tell Chinchilla with its two exponents tied from Chinchilla', () => {
    const real = readRuns(readFileSync(path, 'utf8'), {
      columns: { N: 'Parameters', D: 'Tokens', loss: 'Smoothed Loss' },
    });
    const { tied, ranked } = chooseLaw(
      real,
      ['chinchilla', { name: 'tied', options: { law: 'chinchilla', tied: [['alpha', 'beta']] } }, 'power-law-n'],
      { kind: 'largest-N', sizes: 1 },
      options,
    );
    expect(tied).toEqual(expect.arrayContaining(['chinchilla', 'tied']));
    expect(ranked.at(-1)!.name).toBe('power-law-n');
  });
});
