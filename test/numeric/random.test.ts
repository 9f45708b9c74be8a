/** Seeded random numbers: the same stream for the same seed, and the moments that their distributions have. */

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/numeric/random.ts';

const COUNT = 100_000;
const take = <T>(next: () => T, count = COUNT): T[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seededRandom', () => {
  it('gives one stream a seed', () => {
    const stream = (seed: number): number[] => {
      const random = seededRandom(seed);
      return take(() => random.uniform() + random.normal() + random.integer(10), 50);
    };
    expect(stream(3)).toEqual(stream(3));
    expect(stream(3)).not.toEqual(stream(4));
    expect(stream(-1)).not.toEqual(stream(1));
  });

  it('the first numbers of neighbouring seeds are as random as the rest of a stream', () => {
    for (const skipped of [0, 1, 2]) {
      const values = Array.from({ length: 1000 }, (_, seed) => take(seededRandom(seed).normal, skipped + 1).at(-1)!);
      expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(1000));
      expect(Math.abs(mean(values.map((v) => v ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 1000));
    }
  });

  // Tolerances are five standard errors of a mean of 100,000.
  it('uniform: in [0, 1), mean 1/2, variance 1/12', () => {
    const values = take(seededRandom(1).uniform);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / COUNT));
    expect(Math.abs(mean(values.map((v) => (v - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / COUNT));
  });

  it('normal: mean 0, variance 1, skewness 0, 68.27% within one, 4.55% beyond two', () => {
    const values = take(seededRandom(2).normal);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(COUNT));
    expect(Math.abs(mean(values.map((v) => v ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
    expect(Math.abs(mean(values.map((v) => v ** 3)))).toBeLessThan(5 * Math.sqrt(15 / COUNT));
    expect(mean(values.map((v) => (Math.abs(v) < 1 ? 1 : 0)))).toBeCloseTo(0.6827, 2);
    expect(mean(values.map((v) => (Math.abs(v) > 2 ? 1 : 0)))).toBeCloseTo(0.0455, 2);
  });

  it('integer: every value below the bound, about equally often', () => {
    const { integer } = seededRandom(5);
    const counts = new Array(7).fill(0);
    for (const value of take(() => integer(7))) counts[value]++;
    expect(counts).toHaveLength(7);
    for (const count of counts) expect(Math.abs(count - COUNT / 7)).toBeLessThan(5 * Math.sqrt((COUNT / 7) * (6 / 7)));
  });
});
