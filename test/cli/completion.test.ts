import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { publishedLaws } from '../../src/laws/published.ts';
import { cli, expectFailure, temporaryFolder } from './run-cli.ts';

const { file } = temporaryFolder();
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const script = async (shell: string): Promise<string> => (await cli(['completion', shell])).out;

describe('the words that may stand at the end of a line', () => {
  const offered = async (...line: string[]): Promise<string[]> => {
    const { out, err, code } = await cli(['--complete', ...line]);
    expect([err, code]).toEqual(['', 0]);
    return out.split('\n').flatMap((text) => (text === '' ? [] : [text.split('\t')[0]!]));
  };

  it('are commands', async () => {
    expect(await offered('pl')).toEqual(['plan', 'plot']);
    expect(await offered('')).toEqual(expect.arrayContaining(['fit', 'predict', 'completion', 'help']));
    expect(await offered('--')).toEqual(['--version', '--config', '--no-config', '--help']);
  });

  it('are flags of the command', async () => {
    expect(await offered('fit', 'runs.csv', '--final')).toEqual(['--final-only']);
    expect(await offered('laws', '--')).toEqual(['--json', '--help']);
  });

  it('are values: choices, laws, GPUs', async () => {
    expect(await offered('fit', '--penalty', '')).toEqual(['huber', 'squared', 'absolute']);
    expect(await offered('fit', '--input-format', 'wandb-h')).toEqual(['wandb-history']);
    const hoffmann = Object.values(publishedLaws)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('hoffmann'));
    expect(await offered('predict', 'hoffmann')).toEqual(hoffmann);
    expect(await offered('fit', '--fix-to', 'hoffmann')).toEqual(hoffmann);
    expect(await offered('plan', 'sardana-2024', '--train-gpu', 'H1')).toEqual(['H100']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('plot', '--kind', 'res')).toEqual(['residuals']);
    expect(await offered('plot', 'sard')).toEqual(['sardana-2024']);
    expect(await offered('ablate', '--weights', 'given,sq')).toEqual(['given,sqrt-flops']);
  });

  it('are not taken from the value of a global flag', async () => {
    expect(await offered('--config', 'fit', 'pre')).toEqual(['predict', 'predict-run-end']);
    expect(await offered('--no-config', 'pre')).toEqual(['predict', 'predict-run-end']);
    expect(await offered('--config', 'my.jsonc', 'fit', '--penalty', 'hub')).toEqual(['huber']);
    expect(await offered('--config', '')).toEqual([]);
    expect(await offered('--conf')).toEqual(['--config']);
  });

  it('are what help may be asked for', async () => {
    expect(await offered('hel')).toEqual(['help']);
    expect(await offered('help', 'f')).toEqual(['fit', 'fit-families']);
  });

  it('are none where files are meant', async () => {
    expect(await offered('fit', 'run')).toEqual([]);
    expect(await offered('fit', '--N', '')).toEqual([]);
    expect(await offered('no-such-command', '')).toEqual([]);
  });
});

describe('a script', () => {
  // It stands for the program, and says what it was asked.
  const ECHO = `printf '%s\\thelp: %s\\n' "asked:$*" 'with a colon' other ''`;

  it.skipIf(!has('bash'))('asks in bash', async () => {
    const place = file('completion.bash', await script('bash'));
    const program = `scaling-laws() { local IFS=' '; ${ECHO}; }; source '${place}'; COMP_WORDS=(scaling-laws fit 'a b' ''); COMP_CWORD=3; _scaling_laws; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p scaling-laws`;
    const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
    expect([stderr, stdout]).toEqual([
      '',
      'asked:--complete fit a b \nother\ncomplete -o bashdefault -o default -F _scaling_laws scaling-laws\n',
    ]);
  });

  it.skipIf(!has('zsh'))('asks in zsh', async () => {
    const place = file('_scaling-laws', await script('zsh'));
    const program = `compdef() { :; }; _describe() { printf '%s\\n' "\${(@P)2}"; }; source '${place}'; scaling-laws() { ${ECHO}; }; words=(scaling-laws fit --law ''); CURRENT=4; _scaling_laws`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', program], { encoding: 'utf8' });
    expect([stderr, stdout]).toEqual(['', 'asked\\:--complete fit --law :help\\: with a colon\nother:help\\: \n']);
  });

  it.skipIf(!has('fish'))('asks in fish', async () => {
    const place = file('completion.fish', await script('fish'));
    const program = `function scaling-laws; printf '%s\\thelp\\n' "$argv[-1]ish" "$argv[1]"; end; source '${place}'; complete -C 'scaling-laws fit --penalty hub'`;
    const { stdout, stderr } = spawnSync('fish', ['-N', '-c', program], { encoding: 'utf8' });
    expect([stderr, stdout]).toEqual(['', 'hubish\thelp\n']);
  });
});

it('refuses another shell', () =>
  expectFailure(['completion', 'csh'], 2, 'scaling-laws: SHELL must be one of bash, zsh, fish, got csh\n'));
