import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../src/laws/published.ts';
import { laws } from '../src/laws/registry.ts';
import { nearest } from '../src/nearest.ts';

describe('nearest', () => {
  it.each([
    ['chinchila', Object.keys(laws), 'chinchilla'],
    ['hofmann-2022', Object.values(publishedLaws).map(({ name }) => name), 'hoffmann-2022'],
    ['vla_loss', ['step', 'train_loss', 'val_loss'], 'val_loss'],
    ['resdiuals', ['predicted', 'residuals'], 'residuals'],
    ['jsn', ['json'], 'json'],
    ['LOSS', ['cost', 'loss'], 'loss'],
    ['n', ['E', 'N'], 'N'],
  ])('of %s is the name that was meant', (name, known, meant) => {
    expect(nearest(name, known)).toBe(meant);
  });

  // A third of the characters or more: another word.
  it.each([
    ['7', ['N', 'D', 'loss']],
    ['x', ['N']],
    ['E', ['A', 'B']],
    ['loss', ['cost']],
    ['gamma', ['alpha', 'beta']],
    ['', ['N']],
    ['fit', []],
  ])('of %j is none of %j', (name, known) => {
    expect(nearest(name, known)).toBeUndefined();
  });
});
