/** Priors of laws whose kernel has coordinates of its own, priors of published laws, and what is refused. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { borrow } from '../../src/families/borrow.ts';
import { fitFamilies } from '../../src/families/fit-families.ts';
import { predictRunEnd } from '../../src/families/predict-run-end.ts';
import { choshenPrior, familyPrior } from '../../src/families/prior.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { Prior } from '../../src/fit/prior.ts';
import { amplitude, exponent, floor } from '../../src/laws/coefficient.ts';
import { defineLaw } from '../../src/laws/define-law.ts';
import { kernelOf } from '../../src/laws/kernel.ts';
import type { Kernel } from '../../src/laws/law.ts';
import { powerLawN } from '../../src/laws/power-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { laws } from '../../src/laws/registry.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { twoFamilies } from './two-families.ts';

const runs = twoFamilies(0.005);
const SQUARED = { kind: 'squared' } as const;

describe('a prior of Farseer', () => {
  const reference = JSON.parse(
    readFileSync(new URL('../reference/farseer-prior.json', import.meta.url), 'utf8'),
  ) as Readonly<{
    rows: { N: number; D: number; loss: number }[];
    objective: number;
    fixed: Record<string, number>;
    coefficients: Record<string, number>;
    departures: number[];
  }>;
  const prior: Prior = {
    law: 'farseer',
    lines: [
      { weights: { s: 1 }, centre: -0.016, width: 0.0005 },
      { weights: { q: 1 }, centre: 0.18, width: 0.005 },
    ],
    noise: 0.001,
    source: 'the script',
  };

  it('finds the optimum that scipy finds, and departures that are those of its coefficients', () => {
    const fit = fitScalingLaw(readRuns(reference.rows), {
      law: 'farseer',
      prior,
      penalty: SQUARED,
      fixed: reference.fixed,
      search: { starts: 3, hops: 0 },
    });
    const { objective, coefficients, status } = fit;
    const { departures } = fit.prior!;
    expect(status.kind).toBe('converged');
    expect(objective.value / reference.objective).toBeCloseTo(1, 10);
    const of = coefficients as Readonly<Record<string, number>>;
    // The objective is known to 1e-14, so its argument to about the root of that.
    for (const [name, value] of Object.entries(reference.coefficients)) expect(of[name]! / value).toBeCloseTo(1, 4);
    prior.lines.forEach(({ centre, width }, k) => {
      expect(departures[k]).toBeCloseTo(reference.departures[k]!, 5);
      expect(departures[k]).toBeCloseTo((of[k === 0 ? 's' : 'q']! - centre) / width, 9);
    });
  });

  it('refuses a law whose own kernel bends what it should leave as it is', () => {
    const bent = defineLaw({
      kind: 'bent-kernel',
      variables: ['N'],
      coefficients: { E: floor(), A: amplitude('N', 'alpha'), alpha: exponent() },
      equation: powerLawN.equation,
      source: 'a test',
      value: powerLawN.value,
      kernel(columns, options): Kernel {
        const kernel = kernelOf(powerLawN, columns, options);
        const at = kernel.coordinates.findIndex(({ name }) => name === 'alpha');
        return {
          ...kernel,
          toCoefficients(theta) {
            const { alpha, ...others } = kernel.toCoefficients(theta);
            return { ...others, alpha: alpha! + theta[at]! ** 2 };
          },
        };
      },
    });
    const one: Prior = { ...prior, law: bent.kind, lines: [{ weights: { alpha: 1 }, centre: 0.3, width: 0.1 }] };
    expect(() => fitScalingLaw(runs, { law: bent, prior: one })).toThrow(
      'prior must be about coefficients that the kernel of bent-kernel',
    );
  });
});

describe('a prior of published laws', () => {
  const { gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb } = publishedLaws;
  const laws = [gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb];

  it('has their mean and spread, and the noise that it is given', () => {
    const prior = familyPrior(laws, { noise: 0.01 });
    const alphas = laws.map(({ coefficients }) => coefficients.alpha);
    const mean = alphas.reduce((sum, alpha) => sum + alpha, 0) / 3;
    expect(prior.noise).toBe(0.01);
    expect(prior.coefficients.alpha!.mean).toBeCloseTo(mean, 12);
    expect(prior.coefficients.alpha!.spread).toBeCloseTo(
      Math.sqrt(alphas.reduce((sum, alpha) => sum + (alpha - mean) ** 2, 0) / 2),
      12,
    );
    expect(fitScalingLaw(runs, { prior, penalty: SQUARED }).status.kind).toBe('converged');
  });

  it('needs the noise, which they do not record', () => {
    expect(() => familyPrior(laws)).toThrow('noise must be a positive finite number of relative loss, got NaN');
  });
});

describe('refused with a typed error', () => {
  const prior = choshenPrior({ widths: { alpha: 0.1, beta: 0.1 }, noise: 0.01 });
  const line = prior.lines[0]!;
  const withLine = (change: object): Prior => ({ ...prior, lines: [{ ...line, ...change }] });
  const none = null as never;
  const { hoffmann2022 } = publishedLaws;

  it.each([
    [
      () => fitScalingLaw(runs, { prior: withLine({ weights: { gamma: 1 } }) }),
      /^prior\.lines\[0\]\.weights must be of coeff.* got gamma/,
    ],
    [
      () => fitScalingLaw(runs, { prior: withLine({ weights: { alpha: Number.NaN } }) }),
      /^prior\.lines\[0\]\.weights\.alpha must be/,
    ],
    [
      () => fitScalingLaw(runs, { prior: withLine({ weights: none }) }),
      /^prior\.lines\[0\]\.weights must be an object/,
    ],
    [() => fitScalingLaw(runs, { prior: withLine({ width: 0 }) }), /^prior\.lines\[0\]\.width must be a positive/],
    [
      () => fitScalingLaw(runs, { prior: withLine({ centre: Number.NaN }) }),
      /^prior\.lines\[0\]\.centre must be a finite number/,
    ],
    [() => fitScalingLaw(runs, { prior: { ...prior, lines: [none] } }), /^prior\.lines\[0\] must be an object/],
    [() => fitScalingLaw(runs, { prior: { ...prior, lines: none } }), /^prior\.lines must be a list/],
    [() => fitScalingLaw(runs, { prior: { ...prior, noise: Number.NaN } }), /^prior\.noise must be .* got NaN/],
    [() => fitScalingLaw(runs, { prior: { ...prior, noise: 0 } }), /^prior\.noise must be .* got 0/],
    [() => fitScalingLaw(runs, { prior: none }), /^prior must be an object/],
    [() => fitScalingLaw(runs, none), /^fit options must be an object/],
    [() => familyPrior(none), /^laws must be a list/],
    [() => familyPrior([none, none]), /^laws\[0\] must be an object/],
    [() => familyPrior([hoffmann2022, hoffmann2022], { noise: 0.01 }), /^laws must be of families that differ/],
    [() => familyPrior([hoffmann2022], { nois: 0.01 } as never), /^prior options must be among noise/],
    [() => (choshenPrior as (given?: unknown) => unknown)(), /^given must be an object/],
    [() => choshenPrior({ noise: 0.01 } as never), /^widths must be an object/],
    [() => choshenPrior({ widths: { alpha: 1, beta: 1 }, noise: 0 }), /^noise must be/],
    [() => fitFamilies(runs, none), /^fit options must be an object/],
    [() => borrow(none, runs, { keep: ['A'] }), /^from must be an object/],
    [() => borrow({ law: laws.chinchilla, coefficients: none }, runs, { keep: ['A'] }), /^chinchilla: E must be/],
    [() => borrow(hoffmann2022, runs, none), /^borrow options must be an object/],
    [() => predictRunEnd(runs, none), /^run end options must be an object/],
  ] as const)('%#', (ask, message) => {
    let caught: unknown;
    try {
      ask();
    } catch (error) {
      caught = error;
    }
    expect(caught instanceof ScalingLawsError || caught instanceof ScalingLawsError).toBe(true);
    expect((caught as Error).message).toMatch(message);
  });
});
