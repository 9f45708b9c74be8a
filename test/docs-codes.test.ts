/** docs/failure-modes.md explains every code that the library can give, and none that it cannot. */

import { expect, it } from 'vitest';
import { filesUnder, read } from './fences.ts';

const sorted = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();
const page = read('docs/failure-modes.md');
const source = filesUnder('src', '.ts').map(read).join('\n');

/** Codes in the first cells of the page's tables, those that begin with `letter`. */
const documented = (letter: string): string[] => {
  const cells = [...page.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell!).join();
  return sorted([...cells.matchAll(new RegExp(`\`(${letter}_[A-Z_]+)\``, 'g'))].map(([, code]) => code!));
};

it.each([
  ['error', 'E'],
  ['finding', 'W'],
])('every %s', (_, letter) => {
  const text = letter === 'E' ? /export type ErrorCode =([\s\S]*?);/.exec(read('src/errors.ts'))![1]! : source;
  const codes = sorted([...text.matchAll(new RegExp(`'(${letter}_[A-Z_]+)'`, 'g'))].map(([, code]) => code!));
  expect(codes.length).toBeGreaterThan(0);
  expect(documented(letter)).toEqual(codes);
});

it('every status', () => {
  const union = /export type FitStatus =([\s\S]*?);\n\n/.exec(read('src/judge/status.ts'))![1]!;
  const kinds = sorted([...union.matchAll(/kind: '([a-z-]+)'/g)].map(([, kind]) => kind!));
  const table = /^## Status\n([\s\S]*?)^## /m.exec(page)![1]!;
  expect(sorted([...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, kind]) => kind!))).toEqual(kinds);
});
