/** One command line in this process, with what it wrote. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';

/** What a command line came to. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `argv`; `stdin` is its standard input, and `io` replaces any other part of its surroundings. */
export async function cli(argv: readonly string[], stdin = '', io: Partial<Io> = {}): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await run(argv, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    stdin: async () => stdin,
    isTerminal: false,
    onInterrupt: () => () => {},
    ...io,
  });
  return { code, out, err };
}

/** The JSON that `argv --json` prints; nothing may be on stderr, and the exit code is 0. */
// biome-ignore lint/suspicious/noExplicitAny: a program reads any JSON.
export async function json(argv: readonly string[], stdin = ''): Promise<any> {
  const { code, out, err } = await cli([...argv, '--json'], stdin);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

/** Expects `argv` to fail with `code`, one line on stderr that matches `message`, and nothing on stdout. */
export async function expectFailure(argv: readonly string[], code: 1 | 2, message: string | RegExp): Promise<void> {
  const outcome = await cli(argv);
  expect(outcome.err).toMatch(/^scaling-laws: [^\n]+\n$/);
  expect(outcome.err).toMatch(message);
  expect([outcome.code, outcome.out]).toEqual([code, '']);
}

/** A folder that is gone after the tests of the file, and a way to put files into it. */
export function temporaryFolder(): { path: (name: string) => string; file: (name: string, text: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'scaling-laws-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    file(name, text) {
      writeFileSync(path(name), text);
      return path(name);
    },
  };
}

/** The bundled runs: 47 simulated ones, 20 checkpoints each. */
export const SIMULATED = 'examples/data/simulated-runs.csv';
