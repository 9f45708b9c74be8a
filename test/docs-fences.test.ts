/** The code in README.md, docs/ and the docstrings of src/ runs and gives the values it promises. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { examplesOf, type Fence, fencesOf, filesUnder, matches, read, runFence } from './fences.ts';

const load = async (path: string): Promise<Readonly<Record<string, unknown>>> =>
  existsSync(path) ? await import(resolve(path)) : {};
const run = async (fence: Fence, given = {}): Promise<void> =>
  runFence(
    fence,
    {
      'scaling-laws': await load('src/index.ts'),
      'scaling-laws/node': await load('src/node.ts'),
      'scaling-laws/plot': await load('src/plot.ts'),
      'scaling-laws/report': await load('src/report.ts'),
    },
    given,
  );

/** Pages of docs/api are made from the docstrings, whose examples run below. */
const pages = filesUnder('docs', '.md').filter((path) => !path.startsWith('docs/api/'));
const documents = ['README.md', 'CONTRIBUTING.md', ...pages].filter((path) => existsSync(path));
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
    it(fence.where, async () => run(fence, { ...(await load('src/index.ts')), ...(await load(path)) }));
  }
});

/** The command line in one file, built once: to start it through a TypeScript loader takes ten times as long. */
const bundle = (() => {
  let path: string | undefined;
  return (): string => {
    if (!path) {
      path = join(mkdtempSync(join(resolve('node_modules'), '.docs-cli-')), 'cli.mjs');
      buildSync({
        entryPoints: ['src/cli/main.ts'],
        outfile: path,
        bundle: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
      });
    }
    return path;
  };
})();

/** One folder a document, with what the project's root shows a reader, and `scaling-laws` on the path. */
function shell(): (line: string) => void {
  const folder = mkdtempSync(join(tmpdir(), 'scaling-laws-docs-'));
  for (const name of readdirSync('.').filter((name) => /^(examples|docs|package\.json)$/.test(name))) {
    symlinkSync(resolve(name), join(folder, name));
  }
  mkdirSync(join(folder, 'bin'));
  const command = join(folder, 'bin', 'scaling-laws');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${bundle()}" "$@"\n`);
  chmodSync(command, 0o755);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
  return (line) => void execFileSync('sh', ['-c', line], { cwd: folder, env, stdio: 'pipe' });
}

/** Commands of a document's `sh` fences; `$ ` before and a backslash at the end of a line are understood. */
function commandsOf(document: readonly Fence[]): { where: string; line: string }[] {
  const shells = document.filter(
    ({ language, info }) => /^(sh|bash|shell)$/.test(language) && !/^no-run: *\S/.test(info),
  );
  return shells.flatMap(({ where, code }) =>
    code
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/^\$ /, ''))
      .filter((line) => /^(npx )?scaling-laws /.test(line))
      .map((line) => ({ where, line: line.replace(/^npx /, '') })),
  );
}

const sessions = fences.map(commandsOf).filter((commands) => commands.length > 0);

describe.skipIf(!existsSync('src/cli/main.ts') || sessions.length === 0)('commands in sh fences', () => {
  afterAll(() => rmSync(dirname(bundle()), { recursive: true }));
  for (const commands of sessions) {
    it(`${commands[0]!.where} and on`, { timeout: 120_000 }, () => {
      const runLine = shell();
      for (const { line } of commands) runLine(line);
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

  it('finds commands', () => {
    const code = '$ npx scaling-laws fit \\\n  a.csv\nnpm i\nscaling-laws --help\n';
    const commands = commandsOf([{ where: 'here', language: 'sh', info: '', code }]);
    expect(commands.map(({ line }) => line)).toEqual(['scaling-laws fit a.csv', 'scaling-laws --help']);
  });
});
