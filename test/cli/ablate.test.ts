import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWithData } from '../shared-data.ts';
import { cli, expectFailure, json, SIMULATED } from './run-cli.ts';

const COLUMNS = ['--N', 'Parameters', '--D', 'Tokens', '--loss', 'Smoothed Loss'];
const CUTS = ['--max-tokens-per-param', '100,250,500,1000,inf'];

describeWithData('ablate on the 47 runs of Sardana et al.', ['sardana2024/trainingresults.csv'], (path) => {
  it('gives the golden fits, and what each leaves out', async () => {
    const { rows } = await json(['ablate', path, ...COLUMNS, ...CUTS]);
    expect(rows.map((row: Row) => row.fit.runs.kept)).toEqual([34, 39, 43, 45, 47]);
    expect(rows.map((row: Row) => row.heldOut.rows)).toEqual([13, 8, 4, 2, 0]);
    const goldens = [2.19206192e-4, 3.06670133e-4, 3.91801912e-4, 4.61325699e-4, 6.19984336e-4];
    rows.forEach((row: Row, i: number) => {
      expect(row.fit.objective.value / goldens[i]!).toBeLessThanOrEqual(1 + 1e-6);
    });
    expect(rows[0].filters).toEqual([{ kind: 'range', of: 'tokensPerParam', max: 100 }]);
    expect(rows[4].filters).toEqual([]);
    // A scipy fit to Sardana et al.'s 47 runs: signed -5.76 / -5.91 / -6.19%, worst 15.0 / 11.7 / 8.9%, to 0.1 point.
    [
      [-0.0576, 0.15],
      [-0.0591, 0.117],
      [-0.0619, 0.089],
    ].forEach(([mean, worst], i) => {
      expect(Math.abs(rows[i].heldOut.meanSignedError - mean!)).toBeLessThan(1e-3);
      expect(Math.abs(rows[i].heldOut.maxAbsoluteRelativeError - worst!)).toBeLessThan(1e-3);
      expect(rows[i].heldOut.meanAbsoluteRelativeError).toBeGreaterThan(Math.abs(mean!) - 1e-3);
    });
  });

  it('says what it shows', async () => {
    const { code, out, err } = await cli(['ablate', path, ...COLUMNS, ...CUTS]);
    expect(code).toBe(0);
    expect(err).toContain('warning: at any tokens per parameter: A minimum was found, but the best size');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^max tokens\/param +rows +E +A +B +alpha +beta +left out +mean error +worst$/);
    expect(lines[1]).toMatch(/^ +100 +34 .* 13 +-5\.8% +15%$/);
    expect(lines[5]).toMatch(/^ +none +47 .* 0 +- +-$/);
    expect(lines[7]).toBe(
      'The fit at <= 100 tokens per parameter predicts the 13 rows it left out 5.8% too low on average (worst 15%): ' +
        'it overstates what extra tokens bring.',
    );
  });
});

interface Point {
  readonly N: number;
  readonly D: number;
  readonly extrapolation: boolean;
}

interface Judged extends Row {
  readonly choice: { readonly penalty: { readonly kind: string; readonly delta?: number }; readonly space: string };
  readonly fit: Row['fit'] & { readonly coefficients: Readonly<Record<string, number>> };
  readonly fixedHoldOut: { readonly rows: number };
}

interface Row {
  readonly fit: { readonly objective: { readonly value: number }; readonly runs: { readonly kept: number } };
  readonly heldOut: { readonly rows: number };
}

describe('ablate', () => {
  it('takes lists in several flags: every combination', async () => {
    const flags = [
      '--exclude-early-fraction',
      '0.3',
      '--final-only',
      '--min-params',
      '0,300M',
      '--max-params',
      '2B,inf',
    ];
    const { rows } = await json(['ablate', SIMULATED, ...flags]);
    expect(rows.map(({ filters }: { filters: object[] }) => filters.at(-1))).toEqual([
      { kind: 'range', of: 'N', min: 0, max: 2e9 },
      { kind: 'range', of: 'N', min: 0 },
      { kind: 'range', of: 'N', min: 3e8, max: 2e9 },
      { kind: 'range', of: 'N', min: 3e8 },
    ]);
    const { out } = await cli(['ablate', SIMULATED, ...flags]);
    expect(out).toMatch(/^min params +max params +rows/);
  });

  it('speaks of early checkpoints as what they are', async () => {
    const { out } = await cli(['ablate', SIMULATED, '--exclude-early-fraction', '0,0.1']);
    expect(out).toMatch(/\n +10% +846 /);
    expect(out).toMatch(
      /The fit without the first 10% of each run .* too low on average .*: early checkpoints lie above the law\.\n$/,
    );
  });

  it('says so where the cut hardly matters', async () => {
    const flags = ['--exclude-early-fraction', '0.3', '--every-kth', '4', '--max-tokens-per-param', '200,inf'];
    const { out } = await cli(['ablate', SIMULATED, ...flags]);
    expect(out).toMatch(
      /Every fit predicts the rows it left out within 1% on average \(worst .*%\): the cut hardly matters\.\n$/,
    );
  });

  it('goes on where one cut leaves too few rows, and says which', async () => {
    const flags = ['--final-only', '--max-params', '1M,inf'];
    const { code, out, err } = await cli(['ablate', SIMULATED, ...flags]);
    expect(code).toBe(0);
    expect(out).toMatch(/\n +1M +- .*\n +none +47 /);
    expect(err).toContain('warning: at <= 1M parameters: There is no fit: 0 of 940 rows left, a fit needs at least 6');
    const { rows } = await json(['ablate', SIMULATED, ...flags]);
    expect(rows[0]).toMatchObject({ fit: null, heldOut: null, error: { code: 'E_TOO_FEW_RUNS' } });
  });

  it('varies the choices of the fit, and judges all on one hold-out', async () => {
    const flags = ['--penalty', 'huber,squared', '--delta', '1e-3,1e-2', '--space', 'log,linear'];
    const { holdOut, rows } = await json(['ablate', SIMULATED, '--final-only', ...flags, '--hold-out', 'largest-N:2']);
    expect(holdOut).toEqual({ kind: 'largest-N', sizes: 2 });
    expect(rows.map(({ choice }: Judged) => [choice.penalty.kind, choice.penalty.delta, choice.space])).toEqual(
      [
        ['huber', 1e-3],
        ['huber', 1e-2],
        ['squared', undefined],
      ].flatMap((one) => [
        [...one, 'log'],
        [...one, 'linear'],
      ]),
    );
    // The two largest of six sizes: 8 of the 47 runs, 20 rows each.
    expect(rows.map(({ fixedHoldOut }: Judged) => fixedHoldOut.rows)).toEqual(Array(6).fill(160));
    expect(rows.map(({ fit }: Judged) => fit.runs.kept)).toEqual(Array(6).fill(39));
    const { out } = await cli(['ablate', SIMULATED, '--final-only', ...flags, '--hold-out', 'largest-N:2']);
    expect(out).toMatch(/^ *penalty +space +rows +E +A +B +alpha +beta +hold-out error +worst\n/);
    expect(out).toMatch(
      /\nOn the hold-out \(the largest 2 sizes: 160 rows that no fit saw\), the mean absolute error is .*%/,
    );
  });

  it('weighs rows as told', async () => {
    const flags = ['--final-only', '--weights', 'given,equal,sqrt-flops'];
    const { rows } = await json(['ablate', SIMULATED, ...flags]);
    const [given, equal, byFlops] = rows.map(({ fit }: Judged) => fit.coefficients.E);
    expect(equal).toBe(given);
    expect(byFlops).not.toBe(given);
    expect((await cli(['ablate', SIMULATED, ...flags])).out).toMatch(/\n *sqrt-flops +47 .*\n\nNo fit left out rows/);
  });

  it('predicts where asked, with intervals where it bootstraps', async () => {
    const flags = ['--final-only', '--max-params', '2B,inf', '--predict-at', '1B,20B', '--predict-at', '70B,1.4T'];
    const { rows } = await json(['ablate', SIMULATED, ...flags, '--bootstrap', '10', '--seed', '2']);
    for (const { predictions, intervals } of rows) {
      expect(predictions.map(({ N, D, extrapolation }: Point) => [N, D, extrapolation])).toEqual([
        [1e9, 2e10, false],
        [7e10, 1.4e12, true],
      ]);
      expect(predictions[0].interval.lower).toBeLessThan(predictions[0].interval.upper);
      expect(intervals.alpha.standardError).toBeGreaterThan(0);
    }
    const { out, err } = await cli(['ablate', SIMULATED, ...flags, '--bootstrap', '10', '--seed', '2']);
    expect(out).toMatch(/ loss at 1B, 20B +loss at 70B, 1\.4T\n/);
    expect(out).toMatch(/ 0\.3\d+ \+- 0\.0\d+ .* 2\.\d+ \(2\.\d+ to 2\.\d+\)/);
    expect(out).toMatch(
      /\nThe loss of 70B parameters on 1\.4T tokens depends on the choice of the fit: 1\.\d+ to [12]\.\d+, /,
    );
    expect(err).toContain('The point 70B parameters on 1.4T tokens lies outside the runs');
  });

  it('finds the optimum where asked, which is that of each fit, and plot has a panel for it', async () => {
    const flags = ['--final-only', '--max-params', '2B,inf', '--flops', '1e22,1e24'];
    const asked = [...flags, '--target-loss', '2.2', '--inference-tokens', '1T'];
    const ablation = await json(['ablate', SIMULATED, ...asked]);
    for (const { fit, optima } of ablation.rows) {
      expect(optima.map(({ target }: { target: object }) => target)).toEqual([
        { C: 1e22 },
        { C: 1e24 },
        { loss: 2.2, Dinf: 1e12 },
      ]);
      const { E, A, B, alpha, beta } = fit.coefficients;
      // Hoffmann et al. 2022, equation 4.
      const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
      const N = (C: number): number => G * (C / 6) ** (beta / (alpha + beta));
      expect(optima[0].optimum.N / N(1e22)).toBeCloseTo(1, 6);
      expect(optima[1].optimum.N / N(1e24)).toBeCloseTo(1, 6);
      const served = optima[2].optimum;
      expect(E + A / served.N ** alpha + B / served.D ** beta).toBeCloseTo(2.2, 9);
    }
    const { out, err } = await cli(['ablate', SIMULATED, ...asked]);
    expect(out).toMatch(/ best N for 1e22 FLOPs +best D for 1e22 FLOPs .* best D for loss 2\.2, 1T served\n/);
    expect(out).toMatch(
      /\nThe best size for 1e24 FLOPs depends on the choice of the fit: [\d.]+B to [\d.]+B, [\d.]+% apart/,
    );
    expect(err).toMatch(/The optimum for 1e22 FLOPs lies outside the runs behind the law/);
    const drawn = await cli(['plot', '-', '--kind', 'ablation'], JSON.stringify(ablation));
    expect(drawn.out).toContain('best size for 10²² FLOPs');
  });

  it('says so where a fit has no optimum', async () => {
    const { code, err } = await cli([
      'ablate',
      SIMULATED,
      '--final-only',
      '--max-params',
      '2B,inf',
      '--target-loss',
      '1',
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: .*There is no optimum for loss 1: /m);
  });

  it('holds out rows of the same experiment only', async () => {
    const table = readFileSync(SIMULATED, 'utf8').trimEnd().split('\n');
    const other = table.slice(1).map((line) => line.replace('simulated', 'other').replace(/^[^,]+/, '9e9'));
    const flags = ['--equals', 'family=simulated', '--hold-out', 'largest-N'];
    const [both, alone] = await Promise.all(
      [[...table, ...other], table].map((lines) => json(['ablate', '-', ...flags], lines.join('\n'))),
    );
    expect(both.rows[0].fixedHoldOut).toEqual(alone.rows[0].fixedHoldOut);
  });

  it.each([
    ['csv', /^filters,law,penalty,space,weights,rows,E,A,B,alpha,beta,/],
    ['markdown', /^\| filters \| rows \| E \|/],
    ['table', /^max params +rows/],
  ] as const)('writes %s', async (format, head) => {
    const flags = ['ablate', SIMULATED, '--final-only', '--max-params', '1B,inf'];
    const { code, out } = await cli([...flags, '--format', format]);
    expect(code).toBe(0);
    expect(out).toMatch(head);
    expect((await cli([...flags, '--format', 'json'])).out).toBe((await cli([...flags, '--json'])).out);
  });

  it('shows progress on a terminal', async () => {
    const flags = ['ablate', SIMULATED, '--final-only', '--max-params', '1B,inf'];
    const { out, err } = await cli([...flags, '--workers', '1'], '', { isTerminal: true });
    expect(err).toMatch(/ablation \[=+\] 100%/);
    expect(out).toBe((await cli(flags)).out);
  });

  it.each([
    [[SIMULATED], 2, /ablate must have a list in a bound, an early cut, --penalty, .* or a --hold-out/],
    [[SIMULATED, '--max-params', '1e9'], 2, /ablate must have a list/],
    [[SIMULATED, '--max-params', '1e9,,2e9'], 2, /--max-params must be a number, or inf for none, got ""/],
    [['absent.csv', '--max-params', '1e9,inf'], 1, /absent\.csv/],
    [[SIMULATED, '--penalty', 'huber,cubic'], 2, /--penalty must be one of huber, squared, absolute, got cubic/],
    [[SIMULATED, '--space', 'log,linear', '--delta', '1', '--penalty', 'squared'], 2, /--delta must come with/],
    [[SIMULATED, '--weights', 'given,fair'], 2, /--weights must be one of given, equal, sqrt-flops, per-run/],
    [
      [SIMULATED, '--hold-out', 'largest-C'],
      2,
      '--hold-out must be largest-N:sizes, largest-D:fraction or last-of-largest:share, got largest-C\n',
    ],
    [
      [SIMULATED, '--hold-out', 'largest-N:half'],
      2,
      'scaling-laws: --hold-out sizes must be an integer >= 1, got half\n',
    ],
    [
      [SIMULATED, '--hold-out', 'largest-D:2'],
      2,
      'scaling-laws: --hold-out fraction must be a number above 0 and below 1, got 2\n',
    ],
    [[SIMULATED, '--hold-out', 'largest-N:7'], 2, /must leave rows on both sides/],
    [
      [SIMULATED, '--space', 'log,linear', '--predict-at', '70B'],
      2,
      '--predict-at must be numbers for N and D, with a comma between them, got 70B\n',
    ],
    [
      [SIMULATED, '--space', 'log,linear', '--predict-at', '70B,0'],
      2,
      '--predict-at D must be a positive finite number of tokens, got 0\n',
    ],
    [[SIMULATED, '--flops', '1e24'], 2, /ablate must have a list/],
    [
      [SIMULATED, '--space', 'log,linear', '--flops', '0,1e9'],
      2,
      /--flops must be a positive finite number of FLOPs, got 0/,
    ],
    [
      [SIMULATED, '--space', 'log,linear', '--inference-tokens', '1T'],
      2,
      /--inference-tokens must come with --target-loss, got --inference-tokens alone/,
    ],
    [
      [SIMULATED, '--space', 'log,linear', '--json', '--format', 'csv'],
      2,
      /--json must come without --format, got both/,
    ],
    [[SIMULATED, '--space', 'log,linear', '--resample', 'rows'], 2, /--resample must come with --bootstrap/],
  ] as const)('refuses %j with code %i', (args, code, message) => expectFailure(['ablate', ...args], code, message));
});

describe('ablate of another law', () => {
  it('has a column for each coefficient of that law, and no others', async () => {
    const { code, out } = await cli(['ablate', SIMULATED, '--law', 'power-law-n', '--max-tokens-per-param', '100,inf']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^max tokens\/param +rows +E +A +alpha +left out/);
  });
});
