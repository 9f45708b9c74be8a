/** What only a real process shows: exit codes, pipes, standard input. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SIMULATED } from './run-cli.ts';

const COMMAND = [process.execPath, '--import', 'tsx', 'src/cli/main.ts'];

const start = (args: readonly string[], input = ''): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(COMMAND[0]!, [...COMMAND.slice(1), ...args], {
    input,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
};

describe('as a process', () => {
  it('exits with 0, 1 and 2', () => {
    expect(start(['laws', '--json'])).toMatchObject({ code: 0, err: '' });
    expect(start(['fit', 'absent.csv'])).toMatchObject({ code: 1, out: '' });
    expect(start(['predict'])).toEqual({
      code: 2,
      out: '',
      err: 'scaling-laws: LAW must be given, got none; give its name, its file or --coefficients\n',
    });
  });

  it('reads standard input', () => {
    const { code, out } = start(['fit', '-', '--final-only', '--json'], readFileSync(SIMULATED, 'utf8'));
    expect(code).toBe(0);
    expect(JSON.parse(out).runs).toMatchObject({ read: 940, kept: 47 });
  });

  it('takes a reader that leaves early as no failure', () => {
    const line = `${COMMAND.map((word) => `'${word}'`).join(' ')} laws --json; echo "code $?" >&2`;
    const { stderr } = spawnSync('sh', ['-c', `{ ${line}; } | true`], { encoding: 'utf8' });
    expect(stderr).toBe('code 0\n');
  });
});
