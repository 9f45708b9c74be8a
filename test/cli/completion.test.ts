import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { cli, expectFailure, temporaryFolder } from './run-cli.ts';

const { file } = temporaryFolder();
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const script = async (shell: string): Promise<string> => (await cli(['completion', shell])).out;

describe.skipIf(!has('bash'))('in bash', () => {
  /** What Tab offers after `line`, whose last word is begun. */
  const offered = async (...line: string[]): Promise<string[]> => {
    const place = file('completion.bash', await script('bash'));
    const words = ['scaling-laws', ...line].map((word) => `'${word}'`).join(' ');
    const program = `source '${place}'; COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _scaling_laws; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((word) => word !== '');
  };

  it('is registered', async () => {
    const place = file('completion.bash', await script('bash'));
    const { stdout } = spawnSync('bash', ['-c', `source '${place}'; complete -p scaling-laws`], { encoding: 'utf8' });
    expect(stdout).toMatch(/-F _scaling_laws scaling-laws/);
  });

  it('completes commands', async () => {
    expect(await offered('pl')).toEqual(expect.arrayContaining(['plan']));
    expect(await offered('')).toEqual(expect.arrayContaining(['fit', 'predict', 'completion', 'help']));
    expect(await offered('--')).toEqual(['--version', '--config', '--no-config', '--help']);
  });

  it('completes flags of the command', async () => {
    expect(await offered('fit', 'runs.csv', '--final')).toEqual(['--final-only']);
    expect(await offered('laws', '--')).toEqual(['--json', '--help']);
  });

  it('completes values: choices, laws, GPUs', async () => {
    expect(await offered('fit', '--penalty', '')).toEqual(['huber', 'squared', 'absolute']);
    expect(await offered('fit', '--input-format', 'wandb-h')).toEqual(['wandb-history']);
    const hoffmann = Object.values(publishedLaws)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('hoffmann'));
    expect(await offered('predict', 'hoffmann')).toEqual(hoffmann);
    expect(await offered('plan', 'sardana-2024', '--train-gpu', 'H1')).toEqual(expect.arrayContaining(['H100']));
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('plot', '--kind', 'res')).toEqual(['residuals']);
    expect(await offered('plot', 'sard')).toEqual(['sardana-2024']);
    expect(await offered('ablate', '--weights', 'sq')).toEqual(['sqrt-flops']);
  });

  it('does not take the value of a global flag for the command', async () => {
    expect(await offered('--config', 'fit', 'pre')).toEqual(['predict', 'predict-run-end']);
    expect(await offered('--no-config', 'pre')).toEqual(['predict', 'predict-run-end']);
    expect(await offered('--config', 'my.jsonc', 'fit', '--penalty', 'hub')).toEqual(['huber']);
    expect(await offered('--config', '')).toEqual([]);
    expect(await offered('--conf')).toEqual(['--config']);
  });

  it('completes what help is asked for', async () => {
    expect(await offered('hel')).toEqual(['help']);
    expect(await offered('help', 'f')).toEqual(['fit', 'fit-families']);
  });

  it('leaves files to the shell', async () => {
    expect(await offered('fit', 'run')).toEqual([]);
    expect(await offered('fit', '--N', '')).toEqual([]);
  });
});

describe.each(['zsh', 'fish'])('in %s', (shell) => {
  it.skipIf(!has(shell))('is a script that the shell can read', async () => {
    const { status, stderr } = spawnSync(shell, ['-n', file(`completion.${shell}`, await script(shell))], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('knows every command and flag', async () => {
    const text = await script(shell);
    for (const word of ['ablate', 'final-only', 'levenberg-marquardt', 'sardana-2024']) expect(text).toContain(word);
  });

  it('has its quotes closed', async () => {
    // Outside quotes a quote may only follow a backslash; so without those, they come in pairs.
    const lines = (await script(shell)).replaceAll(/\\['\\]/g, '').split('\n');
    for (const line of lines) expect(line.split("'").length % 2, line).toBe(1);
  });
});

describe.skipIf(!has('fish'))('in fish, asked itself,', () => {
  it.each([
    ['plot --kind res', ['residuals']],
    ['plot sard', ['sardana-2024']],
    ['--config fit pre', ['predict', 'predict-run-end']],
    ['--config my.jsonc fit --penalty hub', ['huber']],
    ['help dia', ['diagnose']],
    ['laws --js', ['--json']],
  ])('completes %s', async (line, words) => {
    const place = file('completion.fish', await script('fish'));
    const { stdout } = spawnSync('fish', ['-c', `source '${place}'; complete -C 'scaling-laws ${line}'`], {
      encoding: 'utf8',
    });
    // Word, tab, description.
    expect(stdout.match(/^[^\t\n]+/gm)).toEqual(words);
  });
});

it('refuses another shell', () =>
  expectFailure(['completion', 'csh'], 2, /SHELL must be one of bash, zsh, fish, got csh/));
