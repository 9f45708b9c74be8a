/** docs/fitting.md explains every code that the library can give. */

import { expect, it } from 'vitest';
import { filesUnder, read } from './fences.ts';

const sorted = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();
const documented = sorted([...read('docs/fitting.md').matchAll(/^\| `([EW]_[A-Z_]+)`/gm)].map(([, code]) => code!));

it('every error code', () => {
  const union = /export type ErrorCode =([\s\S]*?);/.exec(read('src/errors.ts'))![1]!;
  const codes = sorted([...union.matchAll(/'(E_[A-Z_]+)'/g)].map(([, code]) => code!));
  expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
});

it('every warning code', () => {
  const source = filesUnder('src', '.ts').map(read).join('\n');
  const codes = sorted([...source.matchAll(/'(W_[A-Z_]+)'/g)].map(([, code]) => code!));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
});
