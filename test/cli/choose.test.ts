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

  it('takes power-law for the law of compute, lists a law that has not what is tied, and takes a level', async () => {
    const flags = ['--method', 'paired-t', '--tie', 'alpha=beta', '--level', '0.8'];
    const choice = await json([...ASK, 'chinchilla,skaling,power-law', ...flags]);
    expect(choice.ranked.map(({ name }: { name: string }) => name).toSorted()).toEqual(['chinchilla', 'skaling']);
    expect(choice.ranked[1].difference.level).toBe(0.8);
    expect(choice.unfit).toMatchObject([{ name: 'power-law-c', code: 'E_ARGUMENT' }]);
  });

  it('holds out the largest sizes that have five runs, where it is not told', async () => {
    const { how, ranked } = await json(['choose', SIMULATED, '--final-only', '--laws', 'chinchilla']);
    // The 47 runs have one of the largest size, as those of Sardana et al. do.
    expect(how).toEqual({ kind: 'largest-N', sizes: 2 });
    expect(ranked[0].heldOut.rows).toBeGreaterThanOrEqual(5);
  });

  it.each([
    [['choose', SIMULATED], 2, 'choose must have --laws'],
    [['choose', SIMULATED, '--laws', 'chinchila'], 2, '--laws must be one of chinchilla'],
    [
      ['choose', SIMULATED, '--laws', 'chinchilla', '--law', 'kaplan'],
      2,
      '--law must be given by its new name, got --law; it is --laws now',
    ],
  ] as const)('%j', async (argv, code, message) => expectFailure(argv, code, message));
});
