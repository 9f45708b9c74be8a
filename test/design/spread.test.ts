import { expect, it } from 'vitest';
import { designSpread } from '../../src/design/spread.ts';
import { expectPrinted } from '../printed.ts';

it.each([
  [[5, 100], '.0327'],
  [[10, 20, 40, 80, 160], '.0101'],
  [[1, 1.5, 1.9, 2, 2.5, 2.7, 3, 3.3, 3.5, 4, 4.5, 5], '.0102'],
  [[10, 15, 20, 30, 50, 75, 100, 250, 500, 1000], '.0146'],
])('V_K of %j at beta 0.28 prints as %s', (ratios, printed) => {
  expectPrinted(designSpread(ratios, 0.28), printed);
});

it('is 0 on one ray, however many runs are on it', () => {
  expect(designSpread([20], 0.28)).toBe(0);
  expect(designSpread([20, 20, 20], 0.28)).toBe(0);
});

it.each([
  [[], 0.28, 'ratios must be a list of 1 or more, got a list'],
  [[20, -1], 0.28, 'ratios[1] must be a positive finite number of tokens per parameter, got -1'],
  [[20], 0, 'beta must be a positive finite number, got 0'],
])('refuses %j, %d', (ratios, beta, message) => {
  expect(() => designSpread(ratios, beta)).toThrow(expect.objectContaining({ code: 'E_ARGUMENT', message }));
});
