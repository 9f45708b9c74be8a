/** The commands in the `sh` fences of README.md and docs/ run, in the order in which a reader meets them. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { cli } from './cli/run-cli.ts';
import { documents, type Fence, fencesOf, read } from './fences.ts';

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
        // As tsup.config.ts builds it: with its libraries inside it starts in a third of the time.
        external: ['tinypool', '@resvg/resvg-js', 'canvas'],
        banner: {
          js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
        },
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

const sessions = documents
  .map((path) => commandsOf(fencesOf(path, read(path))))
  .filter((commands) => commands.length > 0);

describe('commands in sh fences', () => {
  afterAll(() => rmSync(dirname(bundle()), { recursive: true }));
  for (const commands of sessions) {
    it(`${commands[0]!.where} and on`, { timeout: 120_000 }, () => {
      const runLine = shell();
      for (const { line } of commands) runLine(line);
    });
  }
});

it('docs/command-line.md has a row for every command', async () => {
  const { out } = await cli(['--help']);
  const commands = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}(?!scaling-laws )([a-z-]+) /gm)].map(
    ([, name]) => name!,
  );
  const table = /^## Commands$.*?^```/ms.exec(read('docs/command-line.md'))![0];
  const rows = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell]) => cell!.replaceAll('`', '').split(', '));
  expect(commands.filter((name) => name !== 'help').sort()).toEqual(rows.sort());
});

it('finds commands', () => {
  const code = '$ npx scaling-laws fit \\\n  a.csv\nnpm i\nscaling-laws --help\n';
  const commands = commandsOf([{ where: 'here', language: 'sh', info: '', code }]);
  expect(commands.map(({ line }) => line)).toEqual(['scaling-laws fit a.csv', 'scaling-laws --help']);
});
