import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitFromJson } from '../../src/fit/fit.ts';
import { describeWithData } from '../shared-data.ts';
import { cli, expectFailure, json, SIMULATED, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const NAMES = ['E', 'A', 'B', 'alpha', 'beta'];
const FIT = ['fit', SIMULATED, '--final-only'];
/** Enough to look at; not to quote. */
const QUICK = [...FIT, '--bootstrap', '30'];

describeWithData("fit --bootstrap on Chinchilla's 240 rows", ['epoch2024/svg_extracted_data.csv'], (path) => {
  const columns = ['--N', 'Model Size', '--C', 'Training FLOP', '--loss', 'loss', '--drop-top-loss', '5'];
  const flags = ['fit', path, ...columns, '--bootstrap', '200', '--resample', 'rows', '--seed', '1'];

  it('gives the standard errors of Besiroglu et al., the same for any number of workers', async () => {
    const one = await json([...flags, '--workers', '1']);
    expect(await json([...flags, '--workers', '2'])).toEqual(one);
    const { bootstrap } = one;
    expect(bootstrap).toMatchObject({ replicates: 200, resample: 'rows', seed: 1, units: 240, level: 0.95 });
    // 4,000 replicates: A 124.5, B 1293, E 0.0257, alpha 0.0154, beta 0.0206; 200 of them leave a standard error of 5%.
    const known = { A: 124.5, B: 1293, E: 0.0257, alpha: 0.0154, beta: 0.0206 };
    for (const [name, error] of Object.entries(known)) {
      expect(Math.abs(bootstrap.standardErrors[name] / error - 1), name).toBeLessThan(0.2);
    }
    expect(bootstrap.frontier.a).toBeCloseTo(0.513, 2);
    expect(bootstrap.frontier.standardError).toBeCloseTo(0.019, 2);
  });
});

describe('fit --bootstrap', () => {
  it('keeps the replicates in the saved fit, and sums them up in the printed one', async () => {
    const path = folder.path('fit.json');
    const { bootstrap, ...saved } = await json([...QUICK, '--out', path]);
    expect(fitFromJson(readFileSync(path, 'utf8'))).toEqual(saved);
    const { uncertainty, ...fit } = saved;
    const { uncertainty: curvature, ...alone } = await json(FIT);
    expect(fit).toEqual(alone);
    expect([uncertainty.kind, curvature.kind]).toEqual(['bootstrap', 'curvature']);
    expect(uncertainty).toMatchObject({ replicates: 30, resample: 'rows', units: 47 });
    expect(uncertainty.draws.alpha).toHaveLength(30);
    expect(bootstrap).toMatchObject({ replicates: 30, resample: 'rows', seed: 1, units: 47 });
    expect(Object.keys(bootstrap)).toEqual(expect.arrayContaining(['jumped', 'failed']));
    expect([bootstrap.standardErrors, bootstrap.intervals].map((one) => Object.keys(one))).toEqual([NAMES, NAMES]);
    for (const name of NAMES) {
      const [lower, upper] = bootstrap.intervals[name];
      expect(lower).toBeLessThan(fit.coefficients[name]);
      expect(upper).toBeGreaterThan(fit.coefficients[name]);
    }
  });

  it('is the same for the same seed, another for another; narrower at a lower level', async () => {
    const [one, two, three, narrow] = await Promise.all(
      [['--seed', '1'], [], ['--seed', '-2'], ['--level', '0.5']].map((flags) => json([...QUICK, ...flags])),
    );
    expect(two).toEqual(one);
    expect(three.bootstrap.standardErrors.E).not.toBe(one.bootstrap.standardErrors.E);
    const width = ([lower, upper]: [number, number]): number => upper - lower;
    expect(width(narrow.bootstrap.intervals.E)).toBeLessThan(width(one.bootstrap.intervals.E) / 2);
  });

  it('draws whole runs by default, and what it is told', async () => {
    const few = ['fit', SIMULATED, '--every-kth', '10', '--bootstrap', '8'];
    expect((await json(few)).bootstrap).toMatchObject({ resample: 'runs', units: 47 });
    expect((await json([...few, '--resample', 'sizes'])).bootstrap).toMatchObject({ resample: 'sizes', units: 6 });
  });

  it('is read as a fit by the other commands', async () => {
    const { out } = await cli([...QUICK, '--json']);
    expect((await json(['predict', '-', '--N', '1B', '--D', '20B'], out)).loss).toBeGreaterThan(2);
  });

  it('gives predictions and optima intervals, from the saved fit alone', async () => {
    const path = folder.path('known.json');
    await cli([...FIT, '--bootstrap', '100', '--out', path]);
    const at = await json(['predict', path, '--N', '7B', '--D', '1T']);
    const [low, high] = at.meanInterval;
    expect(low < at.loss && at.loss < high).toBe(true);
    // A new run lies off the law by noise of its own.
    expect(at.runInterval[0] < low && high < at.runInterval[1]).toBe(true);
    const best = await json(['optimal', path, '--flops', '1e22']);
    for (const name of ['N', 'D', 'loss']) {
      const [lower, upper] = best.intervals[name];
      expect(lower < best[name] && best[name] < upper, name).toBe(true);
    }
    expect((await cli(['predict', path, '--N', '7B', '--D', '1T'])).out).toMatch(
      /\n95% interval: 2\.\d+ .*for the law's own loss and 2\.\d+ .*for one new run\n/,
    );
    expect((await cli(['optimal', path, '--flops', '1e22'])).out).toMatch(
      /\n95% intervals: .* parameters, .* tokens and loss /,
    );
  });

  it('says it in words', async () => {
    const { code, out, err } = await cli([...QUICK, '--fix', 'E=1.69']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /\n +std\. error +95% interval\nE +1\.69 +nats per token +given\nA +\d+(\.\d+)? +0\.\d+ of ln A +\d+(\.\d+)? to \d+(\.\d+)? /,
    );
    expect(out).toMatch(/\n +95% interval of the exponent of N: 0\.\d+ to 0\.\d+\n/);
    expect(out).toContain('intervals  bootstrap: 30 re-fits, each to 47 rows drawn with replacement, seed 1');
    expect(out).not.toContain('poorly');
  });

  it('says which coefficients are poorly constrained, and of no amplitude that its interval reaches 0', async () => {
    const { out } = await cli(['fit', 'examples/data/cerebras-gpt.csv', '--bootstrap', '20']);
    expect(out).toMatch(/\nThese rows constrain E, .* poorly \(95% intervals: E = 0, 0 to \d\.\d+; /);
    expect(out).not.toMatch(/[AB] = [^;]*, 0 to /);
    expect(out).toContain('one by one: predictions near the rows are better known.');
  });

  it('shows progress on a terminal, and leaves nothing of it', async () => {
    const plain = await cli(QUICK);
    const { code, out, err } = await cli(QUICK, '', { isTerminal: true });
    expect([code, out, plain.err]).toEqual([0, plain.out, '']);
    expect(err).toMatch(/bootstrap \[-+\] 0%/);
    expect(err).toMatch(/bootstrap \[=+\] 100%/);
    const [showCursor, eraseLine] = ['\u001b[?25h', '\u001b[2K'];
    expect(err).toContain(showCursor);
    expect(err.endsWith(eraseLine)).toBe(true);
  });

  it('stops on Ctrl-C in one line, saves nothing, and no longer listens', async () => {
    const path = folder.path('stopped.json');
    let listening = false;
    const interrupted = await cli([...FIT, '--bootstrap', '100000', '--workers', '1', '--out', path], '', {
      onInterrupt(stop) {
        listening = true;
        setTimeout(stop, 50);
        return () => {
          listening = false;
        };
      },
    });
    expect(interrupted).toEqual({ code: 130, out: '', err: 'scaling-laws: stopped; nothing was printed or saved\n' });
    expect(listening).toBe(false);
    await expectFailure(['predict', path, '--N', '1B', '--D', '1B'], 1, /LAW must be/);
  });

  it.each([
    [['--seed', '3'], 2, /--seed must come with --bootstrap, got --seed alone/],
    [['--level', '0.9'], 2, /--level must come with --bootstrap/],
    [['--workers', '2'], 2, /--workers must come with --bootstrap/],
    [['--resample', 'rows'], 2, /--resample must come with --bootstrap/],
    [['--bootstrap', '1'], 2, /--bootstrap must be an integer >= 2, got 1/],
    [['--bootstrap', '9', '--seed', '1.5'], 2, /--seed must be an integer, got 1.5/],
    [['--bootstrap', '9', '--level', '95'], 2, /--level must be a number above 0 and below 1, got 95/],
    [['--bootstrap', '9', '--workers', '0'], 2, /--workers must be an integer >= 1/],
    [
      ['--bootstrap', '9', '--resample', 'models'],
      2,
      /--resample must be one of rows, runs, sizes, residuals, got models/,
    ],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure([...FIT, ...args], code, message));

  it('refuses to draw runs where there are none', () =>
    expectFailure(
      ['fit', 'examples/data/cerebras-gpt.csv', '--bootstrap', '9', '--resample', 'runs'],
      2,
      /: (--)?resample must be 'rows' or 'sizes' where no column names the run of a row/,
    ));
});
