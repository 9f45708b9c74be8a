/** One route, one direction: who may import whom, and what the core may not touch. */

import { describe, expect, it } from 'vitest';
import { breaches, circles, TIERS, vagueFolders } from './architecture.ts';
import { filesUnder, read } from './fences.ts';

describe('src/', () => {
  it('keeps to the architecture', () => {
    const sources = filesUnder('src', '.ts').map((path) => ({ path, text: read(path) }));
    expect(sources.length).toBeGreaterThan(0);
    expect(breaches(sources)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(circles(filesUnder('src', '.ts').map((path) => ({ path, text: read(path) })))).toEqual([]);
  });

  it('has its stations in CONTRIBUTING in the same order', () => {
    const table = read('CONTRIBUTING.md').split('| station | what it holds |')[1]!.split('\n\n')[0]!;
    const rows = [...table.matchAll(/^\| (`.+?) \|/gm)].map(([, names]) => names!.replaceAll('`', '').split(', '));
    expect(rows).toEqual(TIERS);
  });

  it('has no folder named for nothing, nor have test, docs and examples', () => {
    expect(vagueFolders(['src', 'test', 'docs', 'examples'].flatMap((folder) => filesUnder(folder, '')))).toEqual([]);
  });
});

describe('the checker itself', () => {
  it.each([
    ['src/fit/fit.ts', "import { applyFilters } from '../filters/apply.ts'; export { a } from './start.ts';"],
    ['src/fit/fit.ts', '// console, Date and Math.random in words\nconst o = { Date: 1 }; o.Date; Math.max(1);'],
    ['src/node.ts', "import { readFile } from 'node:fs/promises'; process.env.X;"],
    ['src/cli/main.ts', "import { readRunsFile } from '../node.ts'; console.log(new Date());"],
    ['src/fit/fit.worker.ts', "import { parentPort } from 'node:worker_threads';"],
    ['src/index.ts', "export { fit } from './fit/fit.ts'; export type { Fit } from './fit/fit.ts';"],
  ])('accepts %s: %s', (path, text) => expect(breaches([{ path, text }])).toEqual([]));

  it.each([
    ['src/runs/a.ts', "import type { Fit } from '../fit/fit.ts';", 'must not import src/fit/fit.ts'],
    ['src/runs/a.ts', "import { x } from '../laws/x.ts';", 'must not import src/laws/x.ts'],
    ['src/runs/a.ts', "export { x } from '../fit/x.ts';", 'must not import src/fit/x.ts'],
    ['src/runs/a.ts', "await import('../fit/x.ts');", 'must not import src/fit/x.ts'],
    ['src/runs/a.ts', "new URL('../fit/x.worker.ts', import.meta.url);", 'must not import src/fit/x.worker.ts'],
    ['src/runs/a.ts', "import { x } from '../../test/x.ts';", 'must not import test/x.ts'],
    ['src/fit/fit.worker.ts', "import { x } from '../plot/x.ts';", 'must not import src/plot/x.ts'],
    ['src/fit/a.ts', "import { readFileSync } from 'node:fs';", 'must not import node:fs'],
    ['src/fit/a.ts', 'const r = Math.random();', 'must not use Math.random'],
    ['src/fit/a.ts', 'const now = new Date();', 'must not use Date'],
    ['src/fit/a.ts', 'globalThis.console.log(1);', 'must not use console'],
    ['src/fit/a.ts', 'process.env.SEED;', 'must not use process'],
    ['src/fit/a.ts', "export * from './b.ts';", 'must not export *'],
    ['src/fit/a.ts', "export * as b from './b.ts';", 'must not export *'],
    ['src/fit/a.ts', 'export default 1;', 'must not export a default'],
    ['src/fit/a.ts', 'export default function f() {}', 'must not export a default'],
    ['src/fit/a.ts', "export { a as default } from './b.ts';", 'must not export a default'],
    ['src/cli/a.ts', 'export enum Kind { A }', 'must not declare an enum'],
    ['src/fit/utils/a.ts', '', 'folder utils/ says nothing of its content'],
    ['src/misc/a.ts', '', 'has no tier in test/architecture.ts'],
  ])('refuses %s: %s', (path, text, what) => expect(breaches([{ path, text }])).toEqual([`${path}: ${what}`]));

  it('finds a circle, and no more than one for each', () => {
    const files = {
      'src/a.ts': "import './b.ts'",
      'src/b.ts': "import { type A, a } from './a.ts'",
      'src/c.ts': "import './a.ts'; import type { D } from './d.ts'",
      'src/d.ts': "import './c.ts'",
    };
    const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
    expect(circles(sources)).toEqual(['src/a.ts -> src/b.ts -> src/a.ts']);
  });
});
