import { describe, expect, it } from 'vitest';
import { cli, expectFailure, json, SIMULATED } from './run-cli.ts';

const ASK = ['choose', SIMULATED, '--final-only', '--replicates', '30', '--hold-out', 'largest-N:2', '--laws'];

describe('choose', () => {
  it('ranks laws, and lists those that cannot be judged', async () => {
    const choice = await json([...ASK, 'chinchilla,power-law-n,muennighoff']);
    expect(choice.ranked.map(({ name }: { name: string }) => name)).toEqual(['chinchilla', 'power-law-n']);
    expect(choice.ranked[1].difference.lower).toBeGreaterThan(0);
    expect(choice.unfit).toMatchObject([{ name: 'muennighoff', code: 'E_LAW_VARIABLE' }]);
  });

  it('says it in words', async () => {
    const { out, code } = await cli([...ASK, 'chinchilla,power-law-n', '--method', 'paired-t']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Held out: /);
    expect(out).toContain('chinchilla predicts these rows best.');
  });

  it.each([
    [['choose', SIMULATED], 2, 'choose must have --laws'],
    [['choose', SIMULATED, '--laws', 'chinchila'], 2, '--laws must be one of chinchilla'],
    [['choose', SIMULATED, '--laws', 'chinchilla', '--law', 'kaplan'], 2, 'choose must have its laws in --laws'],
  ] as const)('%j', async (argv, code, message) => expectFailure(argv, code, message));
});
