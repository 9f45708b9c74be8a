/** The code in README.md, docs/ and the docstrings of src/ runs and gives the values it promises. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { doorsOf } from './doors.ts';
import { documents, examplesOf, type Fence, fencesOf, filesUnder, matches, read, runFence } from './fences.ts';

const load = async (path: string): Promise<Readonly<Record<string, unknown>>> =>
  existsSync(path) ? await import(resolve(path)) : {};
const doors = doorsOf(manifest).map(({ specifier, path }) => ({ specifier, module: load(path) }));
const run = async (fence: Fence, given = {}): Promise<void> => {
  const modules: Record<string, unknown> = {};
  for (const { specifier, module } of doors) modules[specifier] = await module;
  await runFence(fence, modules, given);
};

const fences = documents.map((path) => fencesOf(path, read(path)));
const examples = filesUnder('src', '.ts').flatMap((path) =>
  examplesOf(path, read(path)).map((fence) => ({ path, fence })),
);

const scripts = fences.flat().filter(({ language }) => ['ts', 'js', 'typescript', 'javascript'].includes(language));

describe.skipIf(scripts.length === 0)('code fences', () => {
  for (const fence of scripts) {
    const reason = /^no-run: *(\S.*)/.exec(fence.info)?.[1];
    it.skipIf(reason !== undefined)(reason ? `${fence.where} is not run: ${reason}` : fence.where, async () => {
      expect(['', 'continue'], `${fence.where} must be marked continue or "no-run: reason"`).toContain(fence.info);
      await run(fence);
    });
  }
});

/** Examples use what users import, so they wait for the entry; an internal function's may use its own file's exports. */
describe.skipIf(!existsSync('src/index.ts') || examples.length === 0)('examples of docstrings', () => {
  for (const { path, fence } of examples) {
    it(fence.where, async () => {
      const entries = await Promise.all(doors.map(({ module }) => module));
      await run(fence, Object.assign({}, ...entries, await load(path)));
    });
  }
});

describe('the checker itself', () => {
  const fence = (code: string): Fence => ({ where: 'here', language: 'ts', info: '', code });
  it.each([
    'import { two } from "m";\nconst x: number = two * 2; // => 4',
    'import { two } from "m";\nconsole.log({\n  a: two,\n  b: "s",\n}); // => { a: 2, b: "s" }',
    'await Promise.resolve([1 / 3, -2e9]) // => [0.333, -2.0e9]',
    'const given = 3;\ngiven // => 3',
    '24.18e9 // => 2.42e10 parameters',
    '"converged" // => converged',
  ])('accepts %j', (code) => expect(runFence(fence(code), { m: { two: 2 } }, { given: 1 })).resolves.toBeUndefined());

  it.each([
    ['1 / 3 // => 0.334', 'here must give 0.334, got 0.3333333333333333'],
    ['({ a: 1, b: 2 }) // => { a: 1 }', 'here must give { a: 1 }, got {"a":1,"b":2}'],
    ['const x = [1, 2]; // => [1]', 'here must give [1], got [1,2]'],
    ['{\n  1; // => 1\n}', 'a "// =>" must end a top-level statement'],
    ['nowhere()', 'nowhere is not defined'],
  ])('refuses %j', (code, message) => expect(runFence(fence(code), {})).rejects.toThrow(message));

  it('compares numbers to the digits printed', () => {
    expect([matches(1.8168, '1.817'), matches(1.8162, '1.817'), matches(2.4184e10, '2.418e10')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([matches(2, '"2"'), matches(null, 'null'), matches(0.5, 'true'), matches(true, 'true')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('finds fences and examples, with their lines', () => {
    const text = 'a\n\n```ts\nlet x = 1;\n```\n\n- b\n  ```ts continue\n  x // => 1\n  ```\n';
    expect(fencesOf('a.md', text)).toEqual([
      { where: 'a.md:3', language: 'ts', info: '', code: 'let x = 1;\n' },
      { where: 'a.md:8', language: 'ts', info: 'continue', code: 'let x = 1;\nx // => 1\n' },
    ]);
    const source = '/** No example. */\n/**\n * Two.\n * @example\n * f(1) // => 2\n * @see somewhere\n */\n';
    expect(examplesOf('a.ts', source)).toEqual([{ where: 'a.ts:4', language: 'ts', info: '', code: 'f(1) // => 2' }]);
  });
});
